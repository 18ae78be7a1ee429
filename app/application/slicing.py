"""Rebuild single fields of the state over a range of positions from the events that touched them."""

from __future__ import annotations

from array import array
from functools import partial
from heapq import merge
from itertools import groupby, repeat
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, Final

from app.application.slice_plan import Plan
from app.application.touch_lookups import Lookups
from app.domain.fold.computed_parts import WholePart
from app.domain.fold.growing import UnreadMessage
from app.domain.fold.parts import HasBounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from app.application.ports import DerivedCache, EventStore, Progress
    from app.application.slice_plan import Strand
    from app.application.time_machine import TimeMachine
    from app.domain.conditions import Use
    from app.domain.fold.facts import LateFact

Step = tuple[int, "LateFact", "Sequence[int]"]
REPORT_EVERY: Final = 1_024
"""Events between two reports of progress, which are the points where work can be cancelled."""


class Slice:
    """Some fields of one branch's state, rolled forward event by event.

    ``state`` is the state's JSON form with these fields only. It goes on changing; the values of fields that were
    given stay as they were, save growing lists and other live views.
    """

    def __init__(self, store: EventStore, branch: str, strands: Sequence[Strand], start: int, head: int) -> None:
        self._store, self._branch, self._strands, self._head = store, branch, strands, head
        self._values: list[Any] = [None] * len(strands)
        self._root: dict[str, Any] = {}
        self._varying = [(number, strand.part) for number, strand in enumerate(strands) if strand.part.varies]
        self._unread = {
            position
            for strand in strands
            for position in strand.unread
            if not any(position in other.positions for other in strands if other is not strand)
        }
        self._bounded = [(number, part) for number, part in self._varying if isinstance(part, HasBounds)]
        paths = [strand.path for strand in strands]
        self._shared = [paths.count(path) > 1 for path in paths]
        self._places = [self._place(path) for path in paths]
        for number, strand in enumerate(strands):
            self._show(number, strand.part.value(start))

    def _place(self, path: tuple[str, ...]) -> tuple[dict[str, Any], str]:
        place = self._root
        for step in path[:-1]:
            place = place.setdefault(step, {})
        return place, path[-1]

    @property
    def varies(self) -> bool:
        """Whether a value may change at a position that no event of the slice stands at."""
        return bool(self._varying)

    @property
    def has_bounds(self) -> bool:
        """Whether ``between`` can be asked."""
        return len(self._bounded) == len(self._varying)

    def steps(self, progress: Progress, what: str) -> Iterator[Step]:
        """(position, the event there, which strands take it), rising; nothing is folded yet."""
        read = [number for number, strand in enumerate(self._strands) if strand.positions]
        for count, step in enumerate(self._alone(read) if len(read) == 1 else self._together(read)):
            if count % REPORT_EVERY == 0:
                progress(step[0], self._head, what)
            yield step

    def _alone(self, taking: Sequence[int]) -> Iterator[Step]:
        facts = self._facts(self._strands[taking[0]].positions)
        return ((fact.position, fact, taking) for fact in facts)

    def _together(self, read: Sequence[int]) -> Iterator[Step]:
        streams = [zip(self._strands[number].positions, repeat(number)) for number in read]
        wanted = set[int]().union(*(self._strands[number].positions for number in read))
        facts = self._facts(array("q", sorted(wanted)))
        for (position, taking), fact in zip(groupby(merge(*streams), key=itemgetter(0)), facts, strict=False):
            yield position, fact, [number for _, number in taking]

    def _facts(self, positions: Sequence[int]) -> Iterator[LateFact]:
        if not self._unread:
            return self._store.facts_at(self._branch, positions)
        read = array("q", (position for position in positions if position not in self._unread))
        unread = (UnreadMessage(position) for position in sorted(self._unread))
        return merge(self._store.facts_at(self._branch, read), unread, key=attrgetter("position"))

    def concerns(self, fact: LateFact, taking: Iterable[int]) -> bool:
        """Whether the event may change a field; parts that take every event know which do not matter."""
        for number in taking:
            part = self._strands[number].part
            if not isinstance(part, WholePart) or part.concerns(fact):
                return True
        return False

    def apply(self, fact: LateFact, taking: Iterable[int]) -> None:
        """Fold an event into the parts that take it."""
        for number in taking:
            part = self._strands[number].part
            part.apply(fact)
            if not part.varies:
                self._show(number, part.value(fact.position))

    def state(self, now: int) -> Mapping[str, Any]:
        """The fields as they are at position ``now``."""
        for number, part in self._varying:
            self._show(number, part.value(now))
        return self._root

    def between(self, first: int, last: int) -> Mapping[str, Any]:
        """The fields as they are from one position to another, no event between them, with bounds for what varies."""
        for number, part in self._bounded:
            self._show(number, part.between(first, last))
        return self._root

    def _show(self, number: int, value: Any) -> None:
        self._values[number] = value
        place, name = self._places[number]
        if self._shared[number]:  # members of one field, each on a strand of its own
            path = self._strands[number].path
            value = {}
            for other, members in zip(self._strands, self._values, strict=True):
                value.update(members if other.path == path and members else {})
        place[name] = value


class Slicer:
    """Makes slices: looks up in the touch index which events the fields that are asked for need."""

    def __init__(self, store: EventStore, cache: DerivedCache, time_machine: TimeMachine) -> None:
        self._store, self._cache, self._time_machine = store, cache, time_machine

    def slice(
        self,
        branch: str,
        asked: Iterable[Use],
        first: int,
        last: int,
        progress: Progress,
        texts: Sequence[int] | None = None,
    ) -> Slice:
        """A slice of all that ``asked`` looks at, to be rolled to ``last`` and looked at from ``first - 1`` on.

        Fields that no index knows take every event from ``first`` on. ``texts``: see ``Plan``.
        """
        self._time_machine.prepare(branch, progress)
        lookups = Lookups(self._store, self._cache, branch, last)
        plan = Plan(lookups, partial(self._time_machine.bounded, branch), first, last, texts)
        return Slice(self._store, branch, plan.strands(asked), first - 1, last)

    def touched(self, branch: str, field: str, member: str | None, last: int) -> Sequence[int]:
        """Positions up to ``last`` of the branch that touched a member of a field (None: any)."""
        return Lookups(self._store, self._cache, branch, last).touched(field, None if member is None else [member])
