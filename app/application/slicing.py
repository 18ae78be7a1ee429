"""Rebuild single fields of the state over a range of positions from the events that touched them."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from heapq import merge
from itertools import groupby, repeat
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from app.domain import branches
from app.domain.fold.computed_parts import WholePart
from app.domain.fold.fields import FIELDS, field_path
from app.domain.fold.growing import ALL_OF_IT, CountPart, Glance
from app.domain.fold.parts import Bounded, part_of
from app.domain.fold.touches import BORN, REVISED
from app.domain.pointers import index_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from app.application.ports import DerivedCache, EventStore, ItemRow, Progress
    from app.application.time_machine import TimeMachine
    from app.domain.conditions import Use
    from app.domain.fold.facts import LateFact
    from app.domain.fold.parts import Part

Step = tuple[int, "LateFact", "Sequence[int]"]
REPORT_EVERY: Final = 1_024
"""Events between two reports of progress, which are the points where work can be cancelled."""


@dataclass(slots=True)
class Strand:
    """A part, where its field stands in the state, and the rising positions of the events that it takes."""

    path: tuple[str, ...]
    part: Part
    positions: Sequence[int]


class Slice:
    """Some fields of one branch's state, rolled forward event by event.

    ``state`` is the state's JSON form with these fields only. It goes on changing; the values of fields that were
    given stay as they were, save growing lists and other live views.
    """

    def __init__(self, store: EventStore, branch: str, strands: Sequence[Strand], head: int) -> None:
        self._store, self._branch, self._strands, self._head = store, branch, strands, head
        self._values: list[Any] = [None] * len(strands)
        self._root: dict[str, Any] = {}
        self._varying = [(number, strand.part) for number, strand in enumerate(strands) if strand.part.varies]
        self._bounded = [(number, part) for number, part in self._varying if isinstance(part, Bounded)]
        paths = [strand.path for strand in strands]
        self._shared = [paths.count(path) > 1 for path in paths]
        self._places = [self._place(path) for path in paths]
        for number, strand in enumerate(strands):
            self._show(number, strand.part.value(0))

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
        facts = self._store.facts_at(self._branch, self._strands[taking[0]].positions)
        return ((fact.position, fact, taking) for fact in facts)

    def _together(self, read: Sequence[int]) -> Iterator[Step]:
        streams = [zip(self._strands[number].positions, repeat(number)) for number in read]
        wanted = set[int]().union(*(self._strands[number].positions for number in read))
        facts = self._store.facts_at(self._branch, array("q", sorted(wanted)))
        for (position, taking), fact in zip(groupby(merge(*streams), key=itemgetter(0)), facts, strict=False):
            yield position, fact, [number for _, number in taking]

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

    def slice(self, branch: str, asked: Iterable[Use], first: int, last: int, progress: Progress) -> Slice:
        """A slice of all that ``asked`` looks at, to be rolled from the start to ``last``.

        Fields that no index knows begin just before ``first`` and take every event from there.
        """
        self._time_machine.prepare(branch, progress)
        plan = _Plan(self, branch, first, last)
        for path, of_field in _by_field(asked).items():
            plan.add(path, of_field)
        return Slice(self._store, branch, plan.strands, last)

    def touched(self, branch: str, field: str, member: str | None, last: int) -> array[int]:
        """Positions up to ``last`` of the branch that touched a member of a field (None: any)."""
        found = array("q")
        for part in branches.clip(self._store.lineage(branch), 1, last):
            found.extend(self._cache.touched(part.owner, field, member, part.first, part.last))
        return found

    def whole(self, name: str, branch: str, before: int) -> WholePart:
        return WholePart(name, self._time_machine.bounded(branch, before).copy())

    def born_at(self, branch: str, key: str, before: int) -> int | None:
        """Position of the newest transcript entry with a key, of those born before a position."""
        found: ItemRow | None = None
        for part in reversed(branches.clip(self._store.lineage(branch), 1, before - 1)):
            row = self._cache.find(part.owner, "transcript", key, part.last)
            if row is not None and (found is None or row.ord == found.ord):
                found = row  # what one owner has first of an item may be a revision of what an earlier one bore
        return None if found is None else found.position

    def reason(self, branch: str, position: int) -> str:
        """Why the event at a position could not be applied."""
        parts = branches.clip(self._store.lineage(branch), position, position)
        rows = self._cache.rows(parts, "problems", position, position)
        return rows[0].key if rows else ""


class _Plan:
    """Turns what is asked of each field into strands, as narrow as they can be."""

    def __init__(self, slicer: Slicer, branch: str, first: int, last: int) -> None:
        self._slicer, self._branch, self._first, self._last = slicer, branch, first, last
        self._reasons: dict[int, str] = {}
        self.strands: list[Strand] = []

    def add(self, path: tuple[str, ...], asked: Sequence[Use]) -> None:
        field = FIELDS[path]
        members = _members(path, asked) if field.named else None
        if field.form == "whole" or (field.form == "interests" and members is None):
            part = self._slicer.whole(path[-1], self._branch, self._first - 1)
            self.strands.append(Strand(path, part, range(self._first, self._last + 1)))
        elif field.form == "interests":
            for member in members or ():
                self._add(path, member, self._positions(field.touch, [member]))
        elif field.form == "list":
            self._add_list(path, field.touch, asked)
        else:
            self._add(path, None, self._positions(field.touch, members))

    def _add(
        self, path: tuple[str, ...], member: str | None, positions: Sequence[int], glance: Glance = ALL_OF_IT
    ) -> None:
        self.strands.append(Strand(path, part_of(path, member, self, glance), positions))

    def _add_list(self, path: tuple[str, ...], touch: str, asked: Sequence[Use]) -> None:
        born = self._positions(touch, [BORN])
        items = [use for use in asked if not (use.counted and len(use.steps) == len(path))]
        if not items:
            self.strands.append(Strand(path, CountPart(born), ()))
            return
        glance = _glance(path, items)
        revised = self._positions(touch, [REVISED])
        if glance.only is not None:
            born = born[glance.only : glance.only + 1]
            revised = array("q", [one for one in revised if born and one > born[0]])
        self._add(path, None, array("q", sorted({*born, *revised})), glance)

    def _positions(self, touch: str, members: Sequence[str] | None) -> Sequence[int]:
        if members is None:
            return self._slicer.touched(self._branch, touch, None, self._last)
        if len(members) == 1:
            return self._slicer.touched(self._branch, touch, members[0], self._last)
        found: set[int] = set()
        for member in members:
            found.update(self._slicer.touched(self._branch, touch, member, self._last))
        return array("q", sorted(found))

    def born_at(self, key: str, before: int) -> int | None:
        return self._slicer.born_at(self._branch, key, before)

    def reason(self, position: int) -> str:
        if position not in self._reasons:
            self._reasons[position] = self._slicer.reason(self._branch, position)
        return self._reasons[position]


def _by_field(asked: Iterable[Use]) -> dict[tuple[str, ...], list[Use]]:
    fields: dict[tuple[str, ...], list[Use]] = {}
    for use in asked:
        if (path := field_path(use.steps)) is not None:
            fields.setdefault(path, []).append(use)
    return fields


def _members(path: tuple[str, ...], asked: Sequence[Use]) -> list[str] | None:
    """The members of a field that are looked at, by name; None when all are."""
    names = [use.steps[len(path)] if len(use.steps) > len(path) else None for use in asked]
    texts = [name for name in names if isinstance(name, str)]
    return list(dict.fromkeys(texts)) if len(texts) == len(names) else None


def _glance(path: tuple[str, ...], asked: Sequence[Use]) -> Glance:
    """What of the items of a list has to be known."""
    looked_into = all(len(use.steps) > len(path) + 1 for use in asked)
    steps = {use.steps[len(path)] if len(use.steps) > len(path) else None for use in asked}
    from_end = [-step for step in steps if isinstance(step, int) and step < 0]
    if len(from_end) == len(steps):
        return Glance(kept=max(from_end), is_looked_into=looked_into)
    index = index_of(steps.pop()) if len(steps) == 1 else None
    return Glance(only=index, is_looked_into=looked_into)
