"""Pieces: what of a text, and of an event's envelope, is looked up to tell in which blocks it occurs.

A piece is two to four bytes that follow each other in a text, a joint of words, or a name in a column. It stands as a
number of 24 bits, which two pieces seldom share; when they do, a block too many is read and nothing is missed. The 24
bits are the upper ones of 32, so that the number of a block can stand in the lowest eight.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

FACETS: Final = ("branch", "type", "actor", "subject", "classification", "session")
MOST_PIECES: Final = 12
"""Of a long text so many pieces are looked up; more tell hardly anything new."""

_FACTOR: Final = np.uint32(2_654_435_761)
_UPPER: Final = np.uint32(0xFFFFFF00)
_BYTE: Final = np.uint32(8)
_MIXED: Final = np.uint32(15)
_PAIR: Final = np.uint32(0xA5_0000)
_TRIPLE: Final = np.uint32(0x5B00_0000)
_SPACE: Final = np.uint32(ord(" "))
_BEFORE: Final = np.uint32(2_246_822_519)
_AFTER: Final = np.uint32(3_266_489_917)


def _numbered(keys: NDArray[np.uint32]) -> NDArray[np.uint32]:
    return ((keys ^ keys >> _MIXED) * _FACTOR) & _UPPER


def text_pieces(text: bytes) -> tuple[NDArray[np.uint32], ...]:
    """All pairs, triples and quadruples of bytes that follow each other, and joints of words; as often as they occur.

    A joint is a space with the three bytes before and after it: words may be everywhere, and seldom beside each other.
    """
    signs = np.frombuffer(text, np.uint8).astype(np.uint32)
    pairs = signs[:-1] << _BYTE | signs[1:]
    triples = pairs[:-1] << _BYTE | signs[2:]
    fours = triples[:-1] << _BYTE | signs[3:]
    spaces = np.flatnonzero(signs[3:-3] == _SPACE)
    joints = triples[spaces] * _BEFORE ^ triples[spaces + 4] * _AFTER
    return _numbered(pairs ^ _PAIR), _numbered(triples ^ _TRIPLE), _numbered(fours), _numbered(joints)


def name_pieces(names: Sequence[tuple[str, int]]) -> NDArray[np.uint32]:
    """One piece for each (column, number of a name in it)."""
    keys = [(FACETS.index(facet) + 1) * 40_503_001 + number * 97 & 0xFFFFFFFF for facet, number in names]
    return _numbered(np.array(keys, np.uint32))


def needle_pieces(needle: bytes) -> list[int]:
    """What occurs wherever the needle does, what tells most first; none of a single byte, which tells too little."""
    *usual, joints = text_pieces(needle)
    longest = next((pieces for pieces in reversed(usual) if len(pieces)), None)
    if longest is None:
        return []
    spread = longest[:: max(1, -(-len(longest) // MOST_PIECES))]
    return list(dict.fromkeys([*joints[:MOST_PIECES].tolist(), *spread.tolist()]))
