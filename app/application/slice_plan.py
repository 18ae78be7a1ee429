"""Which events fields of the state are rebuilt from over a stretch of a branch, and what is looked at of them."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.conditions.last_text import LIST
from app.domain.fold.computed_parts import InterestsPart, NamesPart, PredictedPart
from app.domain.fold.fields import FIELDS, field_path
from app.domain.fold.growing import CountPart, Glance
from app.domain.fold.interests import KEPT
from app.domain.fold.parts import part_of
from app.domain.fold.touches import BORN, REVISED
from app.domain.pointers import index_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from app.application.touch_lookups import Lookups
    from app.domain.conditions import Use
    from app.domain.fold.bounded import Bounded
    from app.domain.fold.computed_parts import WholePart
    from app.domain.fold.parts import Part


@dataclass(slots=True)
class Strand:
    """A part, where its field stands in the state, and the rising positions of the events that it takes.

    Events at positions in ``unread`` are births of messages of which nothing matters but that they are there.
    """

    path: tuple[str, ...]
    part: Part
    positions: Sequence[int]
    unread: frozenset[int] = frozenset()


class Plan:
    """Turns what is asked of each field into strands, as narrow as they can be.

    Nothing before ``first - 1`` will be looked at. ``texts`` are the positions of messages and edits that may hold the
    texts that a condition asks for in the last message, where an index knows them.
    """

    def __init__(
        self,
        lookups: Lookups,
        bounded: Callable[[int], Bounded],
        first: int,
        last: int,
        texts: Sequence[int] | None = None,
    ) -> None:
        self._lookups, self._bounded, self._first, self._last, self._texts = lookups, bounded, first, last, texts

    def strands(self, asked: Iterable[Use]) -> list[Strand]:
        fields: dict[tuple[str, ...], list[Use]] = {}
        for use in asked:
            if (path := field_path(use.steps)) is not None:
                fields.setdefault(path, []).append(use)
        return [strand for path, of_field in fields.items() for strand in self._of_field(path, of_field)]

    def _of_field(self, path: tuple[str, ...], asked: Sequence[Use]) -> Iterator[Strand]:
        field = FIELDS[path]
        members = _members(path, asked) if field.named else None
        if field.form == "whole" or (field.form == "interests" and members is None):
            yield Strand(path, self._whole(path, asked), range(self._first, self._last + 1))
        elif field.form == "interests":
            for member in members or ():
                touched = self._lookups.touched(field.touch, [member])
                yield self._strand(path, self._newest(touched, KEPT), member)
        elif field.form == "list":
            yield self._of_list(path, field.touch, asked)
        else:
            touched = self._lookups.touched(field.touch, members)
            yield self._strand(path, self._newest(touched, 1) if field.last_counts else touched)

    def _whole(self, path: tuple[str, ...], asked: Sequence[Use]) -> WholePart:
        start = self._bounded(self._first - 1).copy()
        if path[-1] == "predicted":
            looked_into = all(len(use.steps) > len(path) + 1 or (use.counted and use.steps == path) for use in asked)
            return PredictedPart(start, is_looked_into=looked_into)
        return InterestsPart(start) if path[-1] == "interests" else NamesPart(start)

    def _strand(self, path: tuple[str, ...], positions: Sequence[int], member: str | None = None) -> Strand:
        return Strand(path, part_of(path, member, self._lookups), positions)

    def _newest(self, positions: Sequence[int], count: int) -> Sequence[int]:
        """Without those that more than ``count`` later ones make forgotten before anything is looked at."""
        return positions[max(0, bisect_left(positions, self._first) - count) :]

    def _of_list(self, path: tuple[str, ...], touch: str, asked: Sequence[Use]) -> Strand:
        born: Sequence[int] = self._lookups.touched(touch, [BORN])
        items = [use for use in asked if not (use.counted and len(use.steps) == len(path))]
        if not items:
            return Strand(path, CountPart(born), ())
        glance = self._glance(path, items, born)
        born = born[glance.skipped :] if glance.kept is not None else born[glance.skipped :][: glance.most]
        start = born[0] if born else self._last + 1
        revised = [one for one in self._lookups.touched(touch, [REVISED]) if one > start]
        part, unread = part_of(path, None, self._lookups, glance), frozenset[int]()
        if self._texts is not None and path == LIST and len(items) == len(asked):
            born, unread = _may_hold(born, revised, self._texts)
        return Strand(path, part, array("q", sorted({*born, *revised})), unread)

    def _glance(self, path: tuple[str, ...], asked: Sequence[Use], born: Sequence[int]) -> Glance:
        """What of the items of a list has to be known."""
        looked_into = all(len(use.steps) > len(path) + 1 for use in asked)
        steps = {use.steps[len(path)] if len(use.steps) > len(path) else None for use in asked}
        from_end = [-step for step in steps if isinstance(step, int) and step < 0]
        if len(from_end) == len(steps):
            kept = max(from_end)
            return Glance(max(0, bisect_left(born, self._first) - kept), kept=kept, is_looked_into=looked_into)
        index = index_of(steps.pop()) if len(steps) == 1 else None
        return Glance(index or 0, None if index is None else 1, is_looked_into=looked_into)


def _may_hold(
    born: Sequence[int], revised: Sequence[int], texts: Sequence[int]
) -> tuple[Sequence[int], frozenset[int]]:
    """The births to be taken, and which of them need not be read.

    Read are those that may hold the texts, and all revisions are. Of the others so many are taken that the last message
    is there at each of those, and that one follows it: until then all are alike.
    """
    read = set(texts).intersection(born)
    taken = {*read, *born[:1]}
    for position in (*read, *revised):
        at = bisect_left(born, position)
        taken.update(born[max(0, at - 1) : at])
        after = bisect_right(born, position)
        taken.update(born[after : after + 1])
    return sorted(taken), frozenset(taken - read)


def _members(path: tuple[str, ...], asked: Sequence[Use]) -> list[str] | None:
    """The members of a field that are looked at, by name; None when all are."""
    names = [use.steps[len(path)] if len(use.steps) > len(path) else None for use in asked]
    texts = [name for name in names if isinstance(name, str)]
    return list(dict.fromkeys(texts)) if len(texts) == len(names) else None
