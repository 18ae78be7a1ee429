"""The history of a field: every event that changed it; and why it is what it is."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.application.explaining import Explainer
from app.application.finding import require_range
from app.application.ports import no_progress
from app.application.slicing import Slicer
from app.domain.conditions import Use
from app.domain.diff import same
from app.domain.errors import BadInput
from app.domain.fold.fields import FIELDS, SECTIONS, field_path
from app.domain.fold.growing import Growing
from app.domain.fold.live import LiveMapping
from app.domain.pointers import ABSENT, at, steps_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.application.explaining import Explanation
    from app.application.ports import DerivedCache, EventStore, Progress
    from app.application.slicing import Slice
    from app.application.time_machine import TimeMachine

MOST_KEPT: Final = 5_000_000
"""Members of lists and objects that one history may hold; beyond it the machine's memory is at stake."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """The event at ``position`` changed a field; ``ABSENT`` stands where the field was or is not there."""

    position: int
    event: str
    type: str
    before: Any
    after: Any

    def to_json(self) -> dict[str, Any]:
        """The design contract's form; what was absent is null."""
        return {
            "position": self.position,
            "event": self.event,
            "type": self.type,
            "before": None if self.before is ABSENT else self.before,
            "after": None if self.after is ABSENT else self.after,
        }


class Histories:
    """Answers what changed a field, and why it is so; any thread may call."""

    def __init__(self, store: EventStore, cache: DerivedCache, time_machine: TimeMachine) -> None:
        self._store = store
        self._slicer = Slicer(store, cache, time_machine)
        self._explainer = Explainer(store, time_machine)

    def history(
        self,
        branch: str,
        pointer: str,
        *,
        first: int = 1,
        last: int | None = None,
        progress: Progress = no_progress,
    ) -> tuple[FieldChange, ...]:
        """The changes of what a JSON pointer into the state leads to, by events ``first`` to ``last``, rising.

        ``before`` is the value at the position before the event, ``after`` that at the event's. What Branchline
        computed changes when an event brings or takes evidence; decay alone is no change.
        Raises BadInput for a pointer that leads into no field, or to more than can be held; OutOfRange, Cancelled.
        """
        steps = steps_of(pointer)
        require_known(steps, pointer)
        head = self._store.branch(branch).head
        last = head if last is None else last
        require_range(0 if first == 1 else first, last, head)
        changes: list[FieldChange] = []
        kept = 0
        for change in self._changes(branch, steps, max(first, 1), last, progress):
            changes.append(change)
            kept += _size(change.after)
            if kept > MOST_KEPT:
                raise BadInput(
                    f"{pointer} has too many large values to list them all; ask for a part of it "
                    f"or for a shorter range ({first} to {change.position} is the longest that fits)"
                )
        return tuple(changes)

    def explain(self, branch: str, position: int, pointer: str, *, progress: Progress = no_progress) -> Explanation:
        """Why the field is what it is at a position. Raises BadInput, OutOfRange, Cancelled."""
        steps = steps_of(pointer)
        require_known(steps, pointer)
        require_range(position, position, self._store.branch(branch).head)
        path = field_path(steps)
        if path is not None and FIELDS[path].computed:
            return self._explainer.computed(branch, position, pointer, steps)
        newest = deque(self._changes(branch, steps, 1, position, progress), maxlen=1)
        value = newest[0].after if newest else self._start(branch, steps)
        return self._explainer.recorded(branch, position, pointer, value, newest[0] if newest else None)

    def _start(self, branch: str, steps: tuple[str, ...]) -> Any:
        """The value before the first event."""
        return _Latest(self._slicer.slice(branch, _uses(steps), 1, 0, no_progress), steps).after(0)

    def _changes(
        self, branch: str, steps: tuple[str, ...], first: int, last: int, progress: Progress
    ) -> Iterator[FieldChange]:
        rolled = self._slicer.slice(branch, _uses(steps), first, last, progress)
        latest = _Latest(rolled, steps)
        for position, fact, taking in rolled.steps(progress, "reading changes"):
            if position >= first and rolled.concerns(fact, taking):
                before, idle = latest.before(position)
                rolled.apply(fact, taking)
                after = latest.after(position)
                if not _equal(idle, after):
                    yield FieldChange(position, fact.id, fact.type, before, after)
            else:
                rolled.apply(fact, taking)
                latest.forget()


class _Latest:
    """The value that is followed; rebuilt no more often than needed."""

    def __init__(self, rolled: Slice, steps: tuple[str, ...]) -> None:
        self._rolled, self._steps = rolled, steps
        self._known: Any = None
        self._is_known = False

    def before(self, position: int) -> tuple[Any, Any]:
        """The value just before a position, and what it would be there without an event."""
        if self._rolled.varies:
            return self._read(position - 1), self._read(position)
        value = self._known if self._is_known else self._read(position - 1)
        return value, value

    def after(self, position: int) -> Any:
        self._known, self._is_known = self._read(position), True
        return self._known

    def forget(self) -> None:
        self._is_known = False

    def _read(self, now: int) -> Any:
        value = at(self._rolled.state(now), self._steps)
        if len(self._steps) == 1 and isinstance(value, dict):  # a whole section, which goes on changing
            return {name: _kept(one) for name, one in value.items()}
        return _kept(value)


def require_known(steps: tuple[str, ...], pointer: str) -> None:
    """Raise BadInput unless the pointer leads to a field of the state, into one or to all of a section's."""
    if field_path(steps) is not None or (len(steps) == 1 and steps[0] in SECTIONS):
        return
    if steps and steps[0] in SECTIONS:
        names = ", ".join(path[1] for path in FIELDS if path[0] == steps[0] and len(path) > 1)
        raise BadInput(f"the state has no field {pointer!r}; {steps[0]} has {names}")
    sections = ", ".join(f"/{name}" for name in SECTIONS)
    raise BadInput(f"the state has no field {pointer!r}; a pointer begins with one of {sections}")


def _uses(steps: tuple[str, ...]) -> list[Use]:
    if field_path(steps) is not None:
        return [Use(steps)]
    return [Use(path) for path in FIELDS if path[0] == steps[0]]


def _kept(value: Any) -> Any:
    """A value that stays as it is while the slice rolls on."""
    if isinstance(value, LiveMapping):
        return dict(value)
    return list(value) if isinstance(value, Growing) else value


def _size(value: Any) -> int:
    return len(value) + 1 if isinstance(value, (list, dict)) else 1


def _equal(one: Any, other: Any) -> bool:
    """Equality of JSON values; the quick comparison first, for most that are compared differ."""
    if one is ABSENT or other is ABSENT:
        return one is other
    return bool(one == other) and same(one, other)
