"""A block of the search index: the folded texts of some events in a row, and what their envelopes say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

BYTES: Final = 8 * 1024
"""A block with so many bytes of text is full, however few its events."""
NO_TIME: Final = -(2**63)
NOTHING: Final = -1
"""The number of a subject that is not there."""

ROW: Final = np.dtype(
    [
        ("position", "<i8"), ("time", "<i8"), ("branch", "<i4"), ("type", "<i4"), ("actor", "<i4"),
        ("subject", "<i4"), ("classification", "<i4"), ("end", "<i4"),
    ]
)  # fmt: skip
"""One event: numbers stand for names; ``end`` is where its texts end in the block's."""

# Neither byte occurs in UTF-8, so nothing that is looked for can reach over the end of a text.
TEXT_END: Final = b"\xfe"
EVENT_END: Final = b"\xff"


class Damaged(Exception):
    """What the file holds is not what was written."""


@dataclass(frozen=True, slots=True)
class Shape:
    """``events`` are the most of a block, ``segment`` the blocks that share postings, at most 256.

    With so many blocks as ``learned`` a dictionary is made for packing the others.
    """

    events: int = 128
    segment: int = 256
    learned: int = 256


USUAL: Final = Shape()


@dataclass(frozen=True, slots=True)
class Block:
    """``rows`` has one ``ROW`` an event; ``texts`` all their texts."""

    rows: NDArray[Any]
    texts: bytes


def empty_block() -> Block:
    return Block(np.empty(0, ROW), b"")


def rows_of(content: bytes) -> NDArray[Any]:
    """Unpacked bytes -> rows. Raises ``Damaged``."""
    if len(content) % ROW.itemsize:
        raise Damaged
    return np.frombuffer(content, ROW)


def extended(
    block: Block, rows: Sequence[tuple[int, ...]], texts: Sequence[bytes], most: int
) -> tuple[list[Block], int]:
    """The block with more events, and as many full ones after it as it takes; the number of those that are full.

    ``rows`` have all columns of ``ROW`` but the last; a block is full with ``most`` events.
    """
    blocks: list[Block] = []
    size, first, parts, ends = len(block.texts), 0, [block.texts], []
    begun = len(block.rows)
    for index, text in enumerate(texts):
        size += len(text)
        parts.append(text)
        ends.append(size)
        if begun + len(ends) >= most or size >= BYTES:
            blocks.append(_joined(block, rows[first : index + 1], ends, parts))
            block, size, first, parts, ends, begun = empty_block(), 0, index + 1, [], [], 0
    full = len(blocks)
    if ends:
        blocks.append(_joined(block, rows[first:], ends, parts))
    return blocks, full


def _joined(block: Block, rows: Sequence[tuple[int, ...]], ends: Sequence[int], parts: Sequence[bytes]) -> Block:
    added = np.array([(*row, end) for row, end in zip(rows, ends, strict=True)], ROW)
    return Block(np.concatenate((block.rows, added)), b"".join(parts))


def events_holding(texts: bytes, needles: Sequence[bytes]) -> list[int]:
    """Where in a block's texts those of its events end that hold all needles, each in one of its texts; rising."""
    first, *others = needles
    ends: list[int] = []
    place = texts.find(first)
    while place >= 0:
        end = texts.find(EVENT_END, place) + 1
        if not end:
            raise Damaged
        begin = texts.rfind(EVENT_END, 0, place) + 1 if others else 0
        if all(texts.find(needle, begin, end) >= 0 for needle in others):
            ends.append(end)
        place = texts.find(first, end)
    return ends
