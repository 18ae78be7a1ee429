"""What is wanted, in the numbers of the index: which rows pass, and in which blocks any can."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from app.adapters.search.block import NO_TIME
from app.adapters.search.pieces import name_pieces, needle_pieces
from app.adapters.search.postings import EVERY_BLOCK, MOST_BLOCKS, blocks_with, places_of, segment_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from app.application.ports import Wanted

_MOST_NAMES: Final = 64
"""Of a facet with more names no signature is asked: it would let nearly every block through."""

_FEW: Final = 8


@dataclass(frozen=True, slots=True)
class WantedRows:
    """``facets``: column -> numbers of which one must stand there; ``line``: (branch, first, last position)."""

    needles: tuple[bytes, ...]
    facets: dict[str, tuple[int, ...]] = field(default_factory=dict)
    line: tuple[tuple[int, int, int], ...] | None = None
    sessions: tuple[int, ...] = ()
    since: int | None = None
    until: int | None = None

    @property
    def is_impossible(self) -> bool:
        return any(not numbers for numbers in self.facets.values()) or self.line == ()

    @property
    def takes_every_row(self) -> bool:
        return not self.facets and self.line is None and self.since is None and self.until is None

    def mask(self, rows: NDArray[Any]) -> NDArray[np.bool_]:
        """Which rows pass all but the needles."""
        passing = np.ones(len(rows), np.bool_)
        for facet, numbers in self.facets.items():
            column = rows[facet]
            passing &= column == numbers[0] if len(numbers) == 1 else np.isin(column, numbers)
        if self.line is not None:
            on_line = np.zeros(len(rows), np.bool_)
            for branch, first, last in self.line:
                on_line |= (rows["branch"] == branch) & (rows["position"] >= first) & (rows["position"] <= last)
            passing &= on_line
        if self.since is not None or self.until is not None:
            passing &= rows["time"] != NO_TIME
        if self.since is not None:
            passing &= rows["time"] >= self.since
        if self.until is not None:
            passing &= rows["time"] <= self.until
        return passing

    def blocks(self, connection: Any, count: int, segment: int) -> NDArray[np.bool_]:
        """Which of the blocks 0 to ``count`` - 1 can hold a hit; all of those in a segment without postings yet.

        ``segment``: blocks that share postings.
        """
        possible = _Possible(-(-count // segment))
        facets = {**self.facets, "session": self.sessions}
        if self.line is not None:
            facets["branch"] = tuple(part[0] for part in self.line)
        for facet, numbers in facets.items():
            if 0 < len(numbers) <= _MOST_NAMES:
                possible.narrow(connection, name_pieces([(facet, number) for number in numbers]).tolist())
        for piece in (piece for needle in self.needles for piece in needle_pieces(needle)):
            if possible.are_few:
                break
            possible.narrow(connection, [piece])
        return possible.as_array(count, segment)


class _Possible:
    """The blocks that can hold a hit: of each segment a number with one bit for each block."""

    def __init__(self, segments: int) -> None:
        self._bits = [EVERY_BLOCK] * segments
        self._narrowed: set[int] = set()

    @property
    def are_few(self) -> bool:
        """Whether reading them costs less than narrowing them further."""
        return bool(self._narrowed) and sum(self._bits[one].bit_count() for one in self._narrowed) < _FEW

    def narrow(self, connection: Any, pieces: Sequence[int]) -> None:
        """Keep the blocks that have any of the pieces."""
        found: dict[int, int] = {}
        for piece in pieces:
            rows = connection.execute(
                "SELECT place, content FROM postings WHERE place BETWEEN ? AND ?", places_of(piece)
            )
            for place, stored in rows:
                segment = segment_at(place)
                found[segment] = found.get(segment, 0) | blocks_with(stored, piece)
        for segment, bits in found.items():
            self._bits[segment] &= bits
        self._narrowed.update(found)

    def as_array(self, count: int, segment: int) -> NDArray[np.bool_]:
        packed = b"".join(bits.to_bytes(MOST_BLOCKS // 8, "little") for bits in self._bits)
        bits = np.unpackbits(np.frombuffer(packed, np.uint8), bitorder="little").reshape(-1, MOST_BLOCKS)
        return bits[:, :segment].reshape(-1)[:count].astype(np.bool_)


def translated(connection: Any, wanted: Wanted) -> WantedRows:
    """Names -> numbers; a name that the index does not know lets nothing through."""
    asked = wanted.filter
    facets: dict[str, tuple[int, ...]] = {}
    if asked.types:
        facets["type"] = _types(connection, asked.types)
    for facet, texts in (
        ("actor", asked.actors), ("subject", asked.subjects), ("classification", asked.classifications),
    ):  # fmt: skip
        if texts:
            facets[facet] = _numbers(connection, "SELECT no FROM name WHERE text = ?", texts)
    sessions: tuple[int, ...] = ()
    if wanted.session is not None:
        sessions = _numbers(connection, "SELECT no FROM session WHERE id = ?", (wanted.session,))
        facets["branch"] = tuple(
            int(row[0])
            for session in sessions
            for row in connection.execute("SELECT no FROM branch WHERE session = ?", (session,))
        )
    line = None
    if wanted.line is not None:
        line = tuple(
            (number, part.first, part.last)
            for part in wanted.line
            for number in _numbers(connection, "SELECT no FROM branch WHERE id = ?", (part.owner,))
        )
    needles = tuple(needle.encode("utf-8", "surrogatepass") for needle in wanted.needles)
    return WantedRows(needles, facets, line, sessions, asked.since, asked.until)


def _types(connection: Any, types: Iterable[str]) -> tuple[int, ...]:
    sql = "SELECT no FROM name WHERE text = ? OR (text >= ? AND text < ?)"
    found = {row[0] for one in types for row in connection.execute(sql, (one, f"{one}.", f"{one}/"))}
    return tuple(sorted(found))


def _numbers(connection: Any, sql: str, texts: Iterable[str]) -> tuple[int, ...]:
    return tuple(int(row[0]) for text in texts for row in connection.execute(sql, (text,)))
