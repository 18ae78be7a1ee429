"""A block of the search index: the folded texts of some events in a row, and what their envelopes say."""

from __future__ import annotations

import threading
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import zstandard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

BYTES: Final = 16 * 1024
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

_LEVEL: Final = 1


class Damaged(Exception):
    """What the file holds is not what was written."""


@dataclass(frozen=True, slots=True)
class Shape:
    """``events`` are the most of a block, ``segment`` the blocks (an even number) that share a signature."""

    events: int = 128
    segment: int = 256


USUAL: Final = Shape()


@dataclass(frozen=True, slots=True)
class Block:
    """``rows`` has one ``ROW`` an event; ``texts`` all their texts."""

    rows: NDArray[Any]
    texts: bytes

    def packed(self) -> tuple[bytes, bytes]:
        pack = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True).compress
        return pack(self.rows.tobytes()), pack(self.texts)


def empty_block() -> Block:
    return Block(np.empty(0, ROW), b"")


_own: Final = threading.local()  # a decompressor may serve one thread only, and is dear to make


def unpacked(stored: bytes) -> bytes:
    """Raises ``Damaged``; the checksum of every frame is checked."""
    if not hasattr(_own, "unpack"):
        _own.unpack = zstandard.ZstdDecompressor().decompress
    try:
        content: bytes = _own.unpack(stored)
    except (zstandard.ZstdError, TypeError) as error:
        raise Damaged from error
    return content


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


def events_holding(texts: bytes, ends: list[int], needle: bytes) -> list[int]:
    """Indexes of the block's events with a text that holds the needle, rising."""
    found: list[int] = []
    place = texts.find(needle)
    while place >= 0:
        index = bisect_right(ends, place)
        if index == len(ends):
            raise Damaged
        found.append(index)
        place = texts.find(needle, ends[index])
    return found
