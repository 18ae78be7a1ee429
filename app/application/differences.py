"""What lies between any two states of a session, without rebuilding what they share."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from app.application.ports import no_progress
from app.domain.branches import clip, shared_length
from app.domain.diff import PartOfList, changes
from app.domain.fold import entries
from app.domain.fold.generation import run_json
from app.domain.fold.state_json import bounded_json, with_lists
from app.domain.fold.touches import BORN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from app.application.ports import DerivedCache, EventStore, ItemRow, Progress
    from app.application.time_machine import TimeMachine
    from app.domain.branches import Segment
    from app.domain.diff import Change
    from app.domain.events import Event

_NO_END: Final = 2**62
_READ_AT_ONCE: Final = 1_000


@dataclass(frozen=True, slots=True)
class Difference:
    """What leads from the state at one place to that at another.

    Attributes:
        shared: events that both places have in common, from the first on.
        changes: RFC 6902 operations with old values, in the order of the state's JSON form.
    """

    shared: int
    changes: tuple[Change, ...]

    @property
    def patch(self) -> list[dict[str, Any]]:
        """RFC 6902: equal to ``diff`` of the two whole states."""
        return [change.to_json() for change in self.changes]


@dataclass(frozen=True, slots=True)
class _Item:
    ord: int
    key: str
    events: tuple[Event, ...]

    @property
    def born(self) -> int:
        return self.events[0].position


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two places, and its items that the other may not have or has otherwise."""

    branch: str
    at: int
    segments: tuple[Segment, ...]


class Differences:
    """Compares states; any thread may call."""

    def __init__(self, store: EventStore, cache: DerivedCache, time_machine: TimeMachine) -> None:
        self._store, self._cache, self._time_machine = store, cache, time_machine

    def difference(
        self, branch_a: str, at_a: int, branch_b: str, at_b: int, progress: Progress = no_progress
    ) -> Difference:
        """From state ``a`` to state ``b``, each a position of a branch of one session. Raises OutOfRange, Cancelled."""
        bounded = [self._time_machine.bounded(branch, at) for branch, at in ((branch_a, at_a), (branch_b, at_b))]
        sides = []
        for branch, at in ((branch_a, at_a), (branch_b, at_b)):
            self._time_machine.prepare(branch, progress)
            sides.append(_Side(branch, at, clip(self._store.lineage(branch), 1, at)))
        shared = shared_length(sides[0].segments, sides[1].segments)
        touched = {name: self._touched(sides, shared, name) for name in ("transcript", "feedback", "runs", "problems")}
        states = []
        for side, plain in zip(sides, bounded, strict=True):
            lists = self._lists(side, shared, touched, progress)
            states.append(with_lists(bounded_json(plain), **lists))
        return Difference(shared, changes(*states))

    def _touched(self, sides: Sequence[_Side], shared: int, name: str) -> frozenset[int]:
        """The ords of a list that events after the shared ones brought or revised, on either side."""
        return frozenset(
            row.ord
            for side in sides
            for row in self._cache.rows(clip(side.segments, shared + 1, side.at), name, 1, _NO_END)
        )

    def _lists(
        self, side: _Side, shared: int, touched: Mapping[str, frozenset[int]], progress: Progress
    ) -> dict[str, PartOfList]:
        items = {name: tuple(self._items(side, name, ords, progress)) for name, ords in touched.items()}
        born = partial(self._births, clip(side.segments, 1, shared))
        spoken = items["transcript"]
        messages = [one for one in spoken if one.events[0].type == "conversation.message-posted"]
        calls = [one for one in spoken if one.events[0].type == "conversation.tool-called"]
        return {
            "messages": _part(messages, shared, born("messages"), _message),
            "calls": _part(calls, shared, born("calls"), _call),
            "feedback": _part(items["feedback"], shared, born("feedback"), _feedback),
            "runs": _part(items["runs"], shared, born("runs"), _run),
            "problems": _part(items["problems"], shared, born("problems"), _problem),
        }

    def _births(self, parts: Sequence[Segment], field: str) -> Sequence[int]:
        """Positions at which the members of a list were born, rising."""
        return [at for part in parts for at in self._cache.touched(part.owner, field, BORN, part.first, part.last)]

    def _items(self, side: _Side, name: str, ords: frozenset[int], progress: Progress) -> Iterator[_Item]:
        """The items as they are at the side's place; those it does not have are left out."""
        rows = [row for first, last in _runs(ords) for row in self._cache.rows(side.segments, name, first, last)]
        wanted = sorted({row.position for row in rows})
        events: dict[int, Event] = {}
        for start in range(0, len(wanted), _READ_AT_ONCE):
            progress(start, len(wanted), "comparing")
            positions = wanted[start : start + _READ_AT_ONCE]
            events.update(zip(positions, self._store.events_at(side.branch, positions), strict=True))
        by_ord: dict[int, list[ItemRow]] = {}
        for row in rows:
            by_ord.setdefault(row.ord, []).append(row)
        for number, touches in sorted(by_ord.items()):
            ordered = sorted(touches, key=lambda row: row.position)
            yield _Item(number, ordered[0].key, tuple(events[row.position] for row in ordered))


def _runs(ords: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Numbers as ranges (first, last) without gaps."""
    first = last = None
    for number in sorted(ords):
        if first is None or last is None:
            first = last = number
        elif number == last + 1:
            last = number
        else:
            yield first, last
            first = last = number
    if first is not None and last is not None:
        yield first, last


def _part(items: Sequence[_Item], shared: int, births: Sequence[int], to_json: Callable[[_Item], Any]) -> PartOfList:
    return PartOfList(
        elements={bisect_left(births, one.born): to_json(one) for one in items if one.born <= shared},
        start=len(births),
        tail=[to_json(one) for one in items if one.born > shared],
    )


def _message(one: _Item) -> Any:
    return entries.message_json(entries.entry(one.ord, one.key, one.events))


def _call(one: _Item) -> Any:
    return entries.call_json(entries.entry(one.ord, one.key, one.events))


def _feedback(one: _Item) -> Any:
    return entries.feedback_json(one.events[0])


def _run(one: _Item) -> Any:
    return run_json(one.events)


def _problem(one: _Item) -> Any:
    return entries.problem_json(one.events[0], one.key)
