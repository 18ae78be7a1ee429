"""Carry a plan out: fork, apply again what has to be, write the change. Nothing recorded is touched."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from app.application.branch_labels import LOCAL_SOURCE
from app.application.ports import no_progress
from app.domain.errors import Cancelled, WrongPosition
from app.domain.events import NewEvent
from app.domain.marks import REPLACES
from app.domain.reapplying import Reapplying, place_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.application.branch_labels import BranchLabels
    from app.application.branching import Branching
    from app.application.ports import Clock, EventStore, Ids, Progress
    from app.application.what_if.plans import Plan
    from app.domain.branches import Branch
    from app.domain.edits import Draft
    from app.domain.events import Event

PER_COMMIT: Final = 20_000
"""Events written in one commit; up to so many a what-if is made entirely or not at all."""
_READ_AT_ONCE: Final = 1_000


class Making:
    """Writes what-ifs. Any thread may call; the store orders what is written."""

    def __init__(self, store: EventStore, clock: Clock, ids: Ids, branching: Branching, labels: BranchLabels) -> None:
        self._store, self._clock, self._ids = store, clock, ids
        self._branching, self._labels = branching, labels

    def make(self, plan: Plan, name: str, progress: Progress = no_progress) -> Branch:
        """Make the branch that was planned, or append the change where it was planned ``onto``.

        Returns the branch as it is then. Raises BadInput for a name that is empty or taken, WrongPosition when the
        what-if has grown since it was planned. Cancelled: what was written till then is archived.
        """
        if plan.onto:
            return self._append(plan)
        events = self._events(plan)
        first = list(islice(events, PER_COMMIT))
        progress(0, plan.reapplied or None, "applying again")
        made = self._branching.branch(plan.branch, plan.fork.position, name, what_if=_told(plan))
        head, done = made.head, 0
        try:
            while first:
                head = self._store.append(made.id, first, expected=head).head
                done += len(first)
                progress(done, plan.reapplied or None, "applying again")
                first = list(islice(events, PER_COMMIT))
        except Cancelled:
            if done >= plan.reapplied:
                return self._store.branch(made.id)
            self._labels.archive([made.id])
            raise Cancelled(
                f"stopped: {made.name} holds {done:,} of {plan.reapplied:,} events again, and was archived"
            ) from None
        return self._store.branch(made.id)

    def _append(self, plan: Plan) -> Branch:
        branch = self._store.branch(plan.branch)
        if branch.head != plan.head:
            raise WrongPosition(branch.name, plan.head, branch.head)
        if plan.edit is not None:
            event = self._edited(branch, plan.edit, plan.replaced)
            self._store.append(branch.id, [event], expected=plan.head)
        return self._store.branch(branch.id)

    def _events(self, plan: Plan) -> Iterator[NewEvent]:
        """What is written on the new branch, in order."""
        origin = self._store.branch(plan.branch)
        again = Reapplying(self._ids.new, LOCAL_SOURCE)
        left_out = {one.event for one in plan.left_out}
        for event in self._read(plan.branch, plan.before, plan.skipped):
            yield from again.repeat([event], time=None, left_out=left_out)
        if plan.edit is not None:
            edited = self._edited(origin, plan.edit, plan.replaced)
            if plan.replaced is not None:
                again.stands_for(plan.replaced.id, edited.id)
            yield edited
        for event in self._read(plan.branch, plan.after, plan.skipped):
            yield from again.repeat([event], time=None, left_out=left_out)

    def _read(self, branch: str, positions: Sequence[int], skipped: frozenset[int]) -> Iterator[Event]:
        for first in range(0, len(positions), _READ_AT_ONCE):
            part = [one for one in positions[first : first + _READ_AT_ONCE] if one not in skipped]
            if part:
                yield from self._store.events_at(branch, part)

    def _edited(self, origin: Branch, draft: Draft, replaced: Event | None) -> NewEvent:
        data: dict[str, Any] = dict(draft.data)
        if replaced is not None:
            data[REPLACES] = place_of(replaced)
        return NewEvent(
            id=self._ids.new(),
            source=LOCAL_SOURCE,
            type=draft.type,
            data=data,
            actor=draft.actor,
            subject=self._store.header(origin.session).subject,
            time=self._clock.now(),
            causation_id=replaced.id if replaced is not None else None,
            classification=draft.classification,
        )


def _told(plan: Plan) -> dict[str, Any]:
    """What the analyst's stream keeps of it; an event that is left out leaves no trace on the branch itself."""
    told: dict[str, Any] = {"reapplied": plan.reapplied}
    if plan.edit is not None:
        told["edit"] = plan.edit.type
    if plan.replaced is not None:
        told["replaces"] = place_of(plan.replaced)
    if plan.left_out:
        chosen, *others = plan.left_out
        told["left_out"] = {"event": chosen.event, "position": chosen.position, "dependents": len(others)}
    return told
