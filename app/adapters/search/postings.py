"""Postings: for every piece of a segment, in which of its blocks it occurs.

A segment's pieces are spread over 256 pages by the upper byte of their numbers. A page holds the other two bytes of
each, rising, and then of each the numbers of its blocks, or one bit for every block where they are many.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

import numpy as np

from app.adapters.search.block import Damaged
from app.adapters.search.pieces import FACETS, name_pieces, text_pieces

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from app.adapters.search.block import Block

MOST_BLOCKS: Final = 256
"""Blocks that a segment may have: the number of one is a byte."""
EVERY_BLOCK: Final = (1 << MOST_BLOCKS) - 1
_BITMAP: Final = MOST_BLOCKS // 8
"""Bytes of a bit for every block; as many numbers of blocks take no less."""
_MOST: Final = MOST_BLOCKS // 2
"""Of a piece in more blocks than these nothing is kept but that it occurs: it would tell too little."""
_COUNT: Final = 4
_CHECK: Final = 4
_PAGES: Final = 256
_AT_ONCE: Final = 16
_SEGMENT_BITS: Final = 32


def places_of(piece: int) -> tuple[int, int]:
    """First and last place at which a piece's page of any segment is stored; the segments follow each other."""
    page = piece >> 24
    return page << _SEGMENT_BITS, (page + 1 << _SEGMENT_BITS) - 1


def segment_at(place: int) -> int:
    return place & (1 << _SEGMENT_BITS) - 1


def stored_pages(blocks: Sequence[Block], sessions: NDArray[np.int64], segment: int) -> Iterator[tuple[int, bytes]]:
    """(place, content) of every page of a whole segment. ``sessions``: branch number -> session number."""
    found = np.concatenate([_pieces_of(block, sessions) | np.uint32(number) for number, block in enumerate(blocks)])
    found.sort()
    bounds = np.searchsorted(found, np.arange(_AT_ONCE, _PAGES, _AT_ONCE, dtype=np.uint32) << np.uint32(24))
    for number, some in enumerate(np.split(found, bounds)):  # as much as fits into a processor's cache
        for page, content in enumerate(_pages(some, number * _AT_ONCE), start=number * _AT_ONCE):
            yield page << _SEGMENT_BITS | segment, content + crc32(content).to_bytes(_CHECK, "little")


def _pieces_of(block: Block, sessions: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Each piece of a block once."""
    rows = block.rows
    named = [(facet, number) for facet in FACETS[:-1] for number in set(rows[facet].tolist())]
    named += [("session", int(sessions[number])) for facet, number in named if facet == "branch"]
    pieces = np.concatenate([*text_pieces(block.texts), name_pieces(named)])
    pieces.sort()
    return pieces[np.concatenate(([True], pieces[1:] != pieces[:-1]))]


def _pages(found: NDArray[np.uint32], first: int) -> Iterator[bytes]:
    """The content of ``_AT_ONCE`` pages out of their pieces and blocks, sorted."""
    numbers, blocks_of = found >> np.uint32(8), found.astype(np.uint8)
    starts = np.flatnonzero(np.concatenate((np.ones(min(1, len(found)), np.bool_), numbers[1:] != numbers[:-1])))
    counts = np.diff(starts, append=len(numbers))
    sizes = np.where(counts > _MOST, 0, np.minimum(counts, _BITMAP))
    ends = np.cumsum(sizes)
    content = _lists(blocks_of, starts, counts, ends - sizes, int(sizes.sum()))
    pieces = numbers[starts]
    bounds = np.searchsorted(pieces, np.arange(first, first + _AT_ONCE + 1, dtype=np.uint32) << np.uint32(16))
    for begin, end in pairwise(bounds.tolist()):
        span = slice(int(ends[begin] - sizes[begin]), int(ends[end - 1])) if end > begin else slice(0)
        low = (pieces[begin:end] & np.uint32(0xFFFF)).astype("<u2").tobytes()
        row = low + sizes[begin:end].astype(np.uint8).tobytes() + content[span].tobytes()
        yield (end - begin).to_bytes(_COUNT, "little") + row


def _lists(
    blocks_of: NDArray[np.uint8], starts: NDArray[Any], counts: NDArray[Any], offsets: NDArray[Any], size: int
) -> NDArray[np.uint8]:
    """The blocks of all pieces, one after the other: as numbers, or as bits where they are many."""
    content = np.empty(size, np.uint8)
    few, many = counts < _BITMAP, (counts >= _BITMAP) & (counts <= _MOST)
    in_few, in_many = np.repeat(few, counts), np.repeat(many, counts)
    content[np.repeat(offsets - starts, counts)[in_few] + np.flatnonzero(in_few)] = blocks_of[in_few]
    bits = np.zeros((int(many.sum()), MOST_BLOCKS), np.uint8)
    bits[np.repeat(np.arange(len(bits)), counts[many]), blocks_of[in_many]] = 1
    content[offsets[many][:, None] + np.arange(_BITMAP)] = np.packbits(bits, axis=1, bitorder="little")
    return content


def blocks_with(stored: bytes, piece: int) -> int:
    """Out of a piece's page one bit for every block of the segment, the first lowest. Raises ``Damaged``."""
    row = memoryview(stored)[:-_CHECK]
    if len(stored) <= _CHECK or crc32(row).to_bytes(_CHECK, "little") != stored[-_CHECK:]:
        raise Damaged
    count = int.from_bytes(row[:_COUNT], "little")
    low = piece >> 8 & 0xFFFF
    numbers = np.frombuffer(row, "<u2", count, _COUNT)
    place = int(numbers.searchsorted(low))
    if place == count or numbers[place] != low:
        return 0
    sizes = row[_COUNT + 2 * count : _COUNT + 3 * count]
    begin = _COUNT + 3 * count + sum(sizes[:place])
    content = row[begin : begin + sizes[place]]
    if not sizes[place]:
        return EVERY_BLOCK
    if sizes[place] == _BITMAP:
        return int.from_bytes(content, "little")
    return sum(1 << number for number in content)
