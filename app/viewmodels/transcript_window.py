"""Which entries of the transcript are at hand, which of them still hold, and what to ask for."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.domain.transcript import Entry

_AHEAD = 16
_KEPT = 1_200


@dataclass(frozen=True, slots=True)
class _Held:
    """An entry and the last position it is known to hold for (its ``changed_at`` is the first)."""

    entry: Entry
    holds_to: int


@dataclass(frozen=True, slots=True)
class WindowRequest:
    """Entries ``first`` to ``first + count - 1`` (ords) are wanted as they were at ``position``."""

    first: int
    count: int
    position: int


class TranscriptWindow:
    """Entries by row (ord - 1). An entry that may have changed is still shown until its successor arrives."""

    def __init__(self) -> None:
        self.births = array("q")
        self.position = 0
        self.changed: frozenset[int] = frozenset()
        self._held: dict[int, _Held] = {}
        self._asked: WindowRequest | None = None

    def __len__(self) -> int:
        return len(self.births)

    @property
    def born(self) -> int:
        """How many entries were there at the playhead."""
        return bisect_right(self.births, self.position)

    def entry(self, row: int) -> Entry | None:
        held = self._held.get(row)
        return held.entry if held else None

    def is_ghost(self, row: int) -> bool:
        return self.births[row] > self.position

    def is_changed(self, row: int) -> bool:
        return row + 1 in self.changed and not self.is_ghost(row)

    def set_births(self, births: array[int]) -> None:
        """Take the entries of the whole branch; those at hand are asked for again, but shown until then."""
        before, self.births = self.births, births
        self._held = {
            row: _Held(held.entry, -1)
            for row, held in self._held.items()
            if row < len(births) and births[row] == before[row]
        }
        self._asked = None

    def set_playhead(self, position: int, changed: frozenset[int]) -> None:
        """Move. One step on, only ``changed`` may have changed; after a jump, anything may."""
        before, self.position, self.changed = self.position, position, changed
        if position == before + 1:
            self._held = {
                row: _Held(held.entry, position)
                if held.holds_to == before and row + 1 not in changed and held.entry.changed_at <= before
                else held
                for row, held in self._held.items()
            }

    def forget(self) -> None:
        """Ask for everything again and show nothing old: another branch, another session."""
        self._held.clear()
        self._asked = None

    def take(self, first: int, entries: tuple[Entry, ...]) -> None:
        """Accept an answer, however late: what it says holds at least for what was asked."""
        asked = self._asked.position if self._asked else self.position
        holds_to = min(asked, self.position)
        for row, entry in enumerate(entries, first - 1):
            if not 0 <= row < len(self.births) or entry.position != self.births[row]:
                continue
            known = self._held.get(row)
            same = entry if known is None or known.entry != entry else known.entry
            self._held[row] = _Held(same, max(holds_to, entry.changed_at))

    def wanted(self, first_row: int, last_row: int) -> WindowRequest | None:
        """What to ask for when these rows are in view; None when all is at hand or asked for already."""
        lacking = [row for row in range(first_row, last_row + 1) if not self._holds(row)]
        if not lacking:
            return None
        low = max(0, lacking[0] - _AHEAD)
        high = min(len(self.births) - 1, lacking[-1] + _AHEAD)
        request = WindowRequest(low + 1, high - low + 1, self.position)
        if request == self._asked:
            return None
        self._asked = request
        self._drop_far(first_row, last_row)
        return request

    def _holds(self, row: int) -> bool:
        held = self._held.get(row)
        if held is None or held.holds_to < 0:
            return False
        return self.is_ghost(row) or held.entry.changed_at <= self.position <= held.holds_to

    def _drop_far(self, first_row: int, last_row: int) -> None:
        if len(self._held) > _KEPT:
            near = range(first_row - _KEPT // 4, last_row + _KEPT // 4)
            self._held = {row: held for row, held in self._held.items() if row in near}
