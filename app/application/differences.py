"""What lies between any two states of a session, without rebuilding what they share."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from app.application.ports import no_progress
from app.domain.branches import clip, shared_length
from app.domain.diff import PartOfList, changes
from app.domain.fold import entries
from app.domain.fold.generation import run_json
from app.domain.fold.state_json import bounded_json, with_lists
from app.domain.fold.touches import BORN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

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
    """An item of a growing list as it is at a place: what bore it, where, and its JSON form."""

    kind: str
    born: int
    form: Any


@dataclass(slots=True)
class _Side:
    """One of the places; what was read and made of it is kept while it is held against others.

    Attributes:
        state: the bounded part in its JSON form.
        events: by position. ``forms``: by list and ord, the JSON form of the item with the position of its birth.
    """

    branch: str
    at: int
    segments: tuple[Segment, ...]
    state: dict[str, Any]
    events: dict[int, Event] = field(default_factory=dict)
    forms: dict[tuple[str, int], _Item] = field(default_factory=dict)


class Differences:
    """Compares states; any thread may call."""

    def __init__(self, store: EventStore, cache: DerivedCache, time_machine: TimeMachine) -> None:
        self._store, self._cache, self._time_machine = store, cache, time_machine

    def difference(
        self, branch_a: str, at_a: int, branch_b: str, at_b: int, progress: Progress = no_progress
    ) -> Difference:
        """From state ``a`` to state ``b``, each a position of a branch of one session. Raises OutOfRange, Cancelled."""
        (found,) = self.differences((branch_a, at_a), [(branch_b, at_b)], progress)
        return found

    def differences(
        self, base: tuple[str, int], others: Iterable[tuple[str, int]], progress: Progress = no_progress
    ) -> Iterator[Difference]:
        """From one state to each of several, as ``difference``; what is known of the one is read once."""
        one = self._side(*base, progress)
        for other in others:
            yield self._between(one, self._side(*other, progress), progress)

    def _side(self, branch: str, at: int, progress: Progress) -> _Side:
        bounded = self._time_machine.bounded(branch, at)
        self._time_machine.prepare(branch, progress)
        return _Side(branch, at, clip(self._store.lineage(branch), 1, at), bounded_json(bounded))

    def _between(self, one: _Side, other: _Side, progress: Progress) -> Difference:
        shared = shared_length(one.segments, other.segments)
        touched = {name: self._touched((one, other), shared, name) for name in _LISTS}
        states = [with_lists(side.state, **self._lists(side, shared, touched, progress)) for side in (one, other)]
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
        items = {name: self._items(side, name, ords, progress) for name, ords in touched.items()}
        born = partial(self._births, clip(side.segments, 1, shared))
        spoken = items["transcript"]
        messages = [one for one in spoken if one.kind == "conversation.message-posted"]
        calls = [one for one in spoken if one.kind == "conversation.tool-called"]
        return {
            "messages": _part(messages, shared, born("messages")),
            "calls": _part(calls, shared, born("calls")),
            "feedback": _part(items["feedback"], shared, born("feedback")),
            "runs": _part(items["runs"], shared, born("runs")),
            "problems": _part(items["problems"], shared, born("problems")),
        }

    def _births(self, parts: Sequence[Segment], field: str) -> Sequence[int]:
        """Positions at which the members of a list were born, rising."""
        return [at for part in parts for at in self._cache.touched(part.owner, field, BORN, part.first, part.last)]

    def _items(self, side: _Side, name: str, ords: frozenset[int], progress: Progress) -> list[_Item]:
        """The items as they are at the side's place; those it does not have are left out."""
        missing = frozenset(number for number in ords if (name, number) not in side.forms)
        by_ord: dict[int, list[ItemRow]] = {}
        for first, last in _runs(missing):
            for row in self._cache.rows(side.segments, name, first, last):
                by_ord.setdefault(row.ord, []).append(row)
        self._read(side, {row.position for rows in by_ord.values() for row in rows}, progress)
        for number, rows in by_ord.items():
            rows.sort(key=attrgetter("position"))
            events = [side.events[row.position] for row in rows]
            form = _FORMS[name](number, rows[0].key, events)
            side.forms[name, number] = _Item(events[0].type, events[0].position, form)
        return [found for number in sorted(ords) if (found := side.forms.get((name, number))) is not None]

    def _read(self, side: _Side, positions: set[int], progress: Progress) -> None:
        wanted = sorted(positions.difference(side.events))
        for start in range(0, len(wanted), _READ_AT_ONCE):
            progress(start, len(wanted), "comparing states")
            part = wanted[start : start + _READ_AT_ONCE]
            side.events.update(zip(part, self._store.events_at(side.branch, part), strict=True))


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


def _part(items: Sequence[_Item], shared: int, births: Sequence[int]) -> PartOfList:
    return PartOfList(
        elements={bisect_left(births, one.born): one.form for one in items if one.born <= shared},
        start=len(births),
        tail=[one.form for one in items if one.born > shared],
    )


def _spoken(number: int, key: str, events: Sequence[Event]) -> Any:
    """A list that was shown has a form of its own in the state."""
    found = entries.entry(number, key, events)
    match found.kind:
        case "message":
            return entries.message_json(found)
        case "call":
            return entries.call_json(found)
        case _:
            return None


_FORMS: Final[Mapping[str, Callable[[int, str, Sequence[Event]], Any]]] = {
    "transcript": _spoken,
    "feedback": lambda _number, _key, events: entries.feedback_json(events[0]),
    "runs": lambda _number, _key, events: run_json(events),
    "problems": lambda _number, key, events: entries.problem_json(events[0], key),
}
_LISTS: Final = tuple(_FORMS)
