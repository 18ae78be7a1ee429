"""Signatures: for every piece of two to four bytes, and every name, in which parts of a segment it can occur.

A piece falls into one of ``SLOTS`` slots; a slot has one bit for each part of a block. Parts whose bits are set in all
slots of a text may hold it, all others cannot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

import numpy as np

from app.adapters.search.block import Damaged

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from app.adapters.search.block import Block

PARTS: Final = 4
"""Runs of events that a block is divided into: the smaller they are, the more a signature tells."""
_SLOT_BITS: Final = 14
SLOTS: Final = 1 << _SLOT_BITS
PAGE: Final = 8
"""Slots that are stored in one row."""
_MOST_PIECES: Final = 8
_SHIFT: Final = np.uint32(32 - _SLOT_BITS)
_FACTOR: Final = np.uint32(2_654_435_761)
_BYTE: Final = tuple(np.uint32(8 * place) for place in range(4))
_PAIR: Final = np.uint32(0xA5_0000)
_TRIPLE: Final = np.uint32(0x5B00_0000)

FACETS: Final = ("branch", "type", "actor", "subject", "classification", "session")


def _slots(keys: NDArray[np.uint32]) -> NDArray[np.uint32]:
    mixed = keys ^ keys >> np.uint32(15)
    return (mixed * _FACTOR) >> _SHIFT


def _pieces(text: bytes) -> tuple[NDArray[np.uint32], ...]:
    """The slots of all pairs, triples and quadruples of bytes that follow each other."""
    signs = np.frombuffer(text, np.uint8).astype(np.uint32)
    pairs = signs[:-1] << _BYTE[1] | signs[1:]
    triples = pairs[:-1] << _BYTE[1] | signs[2:]
    fours = triples[:-1] << _BYTE[1] | signs[3:]
    return _slots(pairs ^ _PAIR), _slots(triples ^ _TRIPLE), _slots(fours)


def facet_slots(facet: str, numbers: NDArray[Any]) -> NDArray[np.uint32]:
    """One slot for each name in this column."""
    base = np.uint32((FACETS.index(facet) + 1) * 40_503_001 & 0xFFFFFFFF)
    return _slots(numbers.astype(np.uint32) * np.uint32(97) + base)


def needle_slots(needle: bytes) -> tuple[int, ...]:
    """The slots that are all set where the needle occurs; none for a single byte, which tells too little."""
    pairs, triples, fours = _pieces(needle)
    chosen = [_spread(pieces) for pieces in ((triples, fours) if len(triples) else (pairs,))]
    return tuple(sorted({slot for slots in chosen for slot in slots}))


def _spread(slots: NDArray[np.uint32]) -> list[int]:
    return [int(slot) for slot in slots[:: max(1, len(slots) // _MOST_PIECES)]]


def segment_pages(blocks: Sequence[Block], sessions: NDArray[np.int64]) -> Iterator[tuple[int, bytes]]:
    """(page, row to be stored) of a whole segment. ``sessions``: branch number -> session number."""
    bits = np.zeros((len(blocks) * PARTS, SLOTS), np.uint8)
    for index, block in enumerate(blocks):
        for part, (rows, text) in enumerate(_parts(block)):
            line = bits[index * PARTS + part]
            for slots in _pieces(text):
                line[slots] = 1
            for facet in FACETS[:-1]:
                line[facet_slots(facet, rows[facet])] = 1
            line[facet_slots("session", sessions[rows["branch"]])] = 1
    packed = np.packbits(bits, axis=0, bitorder="little").T.copy()
    for page in range(SLOTS // PAGE):
        content = packed[page * PAGE : (page + 1) * PAGE].tobytes()
        yield page, content + crc32(content).to_bytes(4, "little")


def _parts(block: Block) -> Iterator[tuple[NDArray[Any], bytes]]:
    ends, count = block.rows["end"], len(block.rows)
    for part in range(PARTS):
        first, last = count * part // PARTS, count * (part + 1) // PARTS
        if last > first:
            start = int(ends[first - 1]) if first else 0
            yield block.rows[first:last], block.texts[start : int(ends[last - 1])]


def bits_of(stored: bytes, slot: int) -> NDArray[np.uint8]:
    """The packed bits of one slot out of its page. Raises ``Damaged``."""
    content = bytes(stored[:-4])
    if crc32(content).to_bytes(4, "little") != stored[-4:]:
        raise Damaged
    size = len(content) // PAGE
    return np.frombuffer(content, np.uint8, size, slot % PAGE * size)


def parts_of(bits: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Packed bits -> one truth value for each part of each block."""
    return np.unpackbits(bits, bitorder="little").astype(np.bool_)
