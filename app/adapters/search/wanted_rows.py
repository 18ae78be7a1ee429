"""What is wanted, in the numbers of the index: which rows pass, and in which blocks any can."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from app.adapters.search.block import NO_TIME
from app.adapters.search.signature import PAGE, PARTS, bits_of, facet_slots, needle_slots, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from app.application.ports import Wanted

_MOST_NAMES: Final = 64
"""Of a facet with more names no signature is asked: it would let nearly every block through."""


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

    def blocks(self, connection: Any, count: int) -> NDArray[np.bool_]:
        """Which of the blocks 0 to ``count`` - 1 can hold a hit; all that are in no signature yet."""
        possible = np.ones(count * PARTS, np.bool_)
        for needle in self.needles:
            for slot in needle_slots(needle):
                _narrow(possible, connection, [slot])
        facets = {**self.facets, "session": self.sessions}
        if self.line is not None:
            facets["branch"] = tuple(part[0] for part in self.line)
        for facet, numbers in facets.items():
            if 0 < len(numbers) <= _MOST_NAMES:
                _narrow(possible, connection, facet_slots(facet, np.array(numbers)).tolist())
        found: NDArray[np.bool_] = np.any(possible.reshape(count, PARTS), axis=1)
        return found


def _narrow(possible: NDArray[np.bool_], connection: Any, slots: Sequence[int]) -> None:
    """Keep the parts that have any of the slots."""
    kept: dict[int, NDArray[np.uint8]] = {}
    for slot in slots:
        for segment, stored in connection.execute(
            "SELECT segment, bits FROM signature WHERE page = ?", (slot // PAGE,)
        ):
            bits = bits_of(stored, slot)
            kept[segment] = bits if segment not in kept else kept[segment] | bits
    for segment, bits in kept.items():
        size = len(bits) * 8
        possible[segment * size : (segment + 1) * size] &= parts_of(bits)


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
