"""Work out what a what-if will do; nothing is written here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, assert_never

from app.application.ports import no_progress
from app.application.what_if.plans import Dependent, Plan
from app.domain import edits
from app.domain.dependents import Dependents
from app.domain.edits import InstructionsEdit, MessageEdit, ShownEdit, SlotEdit, ToolResultEdit
from app.domain.errors import BadInput, OutOfRange
from app.domain.events import SIDE_STREAMS

if TYPE_CHECKING:
    from app.application.forking import Forking
    from app.application.ports import EventStore, Ids, Progress
    from app.application.time_machine import TimeMachine
    from app.application.what_if.targets import Call, Targets
    from app.domain.branches import Branch
    from app.domain.edits import Draft, Edit
    from app.domain.events import Event
    from app.domain.fold.bounded import Bounded

REPORT_EVERY: Final = 1_024


@dataclass(frozen=True, slots=True)
class _Change:
    """An edit with its place: ``place`` is the position that it replaces, None: it comes after ``at``."""

    draft: Draft
    at: int
    replaced: Event | None
    place: int | None = None


class Planner:
    """Plans edits and what is left out. Any thread may ask."""

    def __init__(
        self, store: EventStore, time_machine: TimeMachine, forking: Forking, targets: Targets, ids: Ids
    ) -> None:
        self._store, self._time_machine, self._forking = store, time_machine, forking
        self._targets, self._ids = targets, ids

    def edit(self, branch: str, at: int, edit: Edit, *, reapply: bool = False, onto: bool = False) -> Plan:
        """Plan to change one thing, seen from a position.

        What stands at ``at`` itself is replaced; else the next message, the next call's result, or what is in force
        there. ``reapply``: the later events are applied again; ``onto``: on this what-if itself, at its end.
        Raises OutOfRange, and BadInput with one sentence for what makes no sense.
        """
        origin = self._origin(branch, at)
        if onto:
            return self._appended(origin, at, edit, reapply=reapply)
        change = self._change(branch, at, edit)
        if change.place is None:
            return self._superseding(origin, change, at, reapply=reapply)
        return self._replacing(origin, change, change.place, reapply=reapply)

    def leave_out(
        self, branch: str, at: int, *, keep_dependents: bool = False, progress: Progress = no_progress
    ) -> Plan:
        """Plan to leave one event out and to apply the later ones again.

        What depends on it goes too, or stays with ``keep_dependents``. Raises OutOfRange, BadInput, Cancelled.
        """
        origin = self._origin(branch, at)
        if not at:
            raise BadInput("position 0 is before the first event; there is nothing to leave out")
        fork = replace(self._forking.fork_before(branch, at - 1), asked=at - 1)
        chosen = self._targets.event(branch, at)
        if chosen is None:
            raise OutOfRange(f"there is no event {at}")
        dependents = Dependents(chosen, keep=keep_dependents)
        found = []
        later = range(at + 1, origin.head + 1)
        for number, fact in enumerate(self._store.facts_at(branch, later)):
            if number % REPORT_EVERY == 0:
                progress(number, len(later), "looking for what depends on it")
            if (why := dependents.look(fact)) is not None:
                is_problem = keep_dependents and why.is_needed
                found.append(Dependent(fact.position, fact.id, fact.type, why.why, why.on, is_problem))
        gone = (Dependent(at, chosen.id, chosen.type, "chosen"), *(() if keep_dependents else found))
        return Plan(
            branch=branch,
            head=origin.head,
            fork=fork,
            holding=self._forking.holding(branch, fork.position),
            before=range(fork.position + 1, at),
            after=later,
            left_out=gone,
            kept=tuple(found) if keep_dependents else (),
            skipped=frozenset(one.position for one in gone[1:]),
            unanswered=self._names(branch, at, dependents.unanswered),
        )

    # --- edits

    def _appended(self, origin: Branch, at: int, edit: Edit, *, reapply: bool) -> Plan:
        """On the what-if itself, which ends here."""
        if origin.parent is None:
            raise BadInput(f"{origin.name} holds what was recorded; a change needs a branch of its own, with a name")
        if at != origin.head:
            raise BadInput(f"{origin.name} goes on after event {at:,}; a change there needs a branch of its own")
        change = self._change(origin.id, at, edit)
        if reapply or (change.place is not None and change.replaced is not None):
            raise BadInput("what is on a branch stays on it; to put something in its place takes a branch of its own")
        holding = self._forking.holding(origin.id, at)
        fork = replace(self._forking.allowed_fork(origin.id, at), asked=at, position=at)
        return Plan(
            branch=origin.id,
            head=at,
            fork=fork,
            holding=holding,
            onto=True,
            edit=change.draft,
            replaced=change.replaced,
        )

    def _superseding(self, origin: Branch, change: _Change, at: int, *, reapply: bool) -> Plan:
        """After what is there; nothing recorded stands in this place."""
        fork = replace(self._forking.allowed_fork(origin.id, change.at), asked=at)
        return Plan(
            branch=origin.id,
            head=origin.head,
            fork=fork,
            holding=self._forking.holding(origin.id, fork.position),
            edit=change.draft,
            replaced=change.replaced,
            after=range(fork.position + 1, origin.head + 1) if reapply else (),
        )

    def _replacing(self, origin: Branch, change: _Change, place: int, *, reapply: bool) -> Plan:
        """In place of a recorded event; calls that were open there are made and answered again."""
        fork = replace(self._forking.fork_before(origin.id, place - 1), asked=place - 1)
        returns = {
            call.returned_at
            for call in self._forking.pending(origin.id, place - 1)
            if call.returned_at is not None and call.returned_at > place
        }
        return Plan(
            branch=origin.id,
            head=origin.head,
            fork=fork,
            holding=self._forking.holding(origin.id, fork.position),
            before=range(fork.position + 1, place),
            edit=change.draft,
            replaced=change.replaced,
            after=range(place + 1, origin.head + 1) if reapply else tuple(sorted(returns)),
        )

    def _change(self, branch: str, at: int, edit: Edit) -> _Change:
        match edit:
            case MessageEdit():
                return self._message(branch, at, edit)
            case InstructionsEdit():
                return self._instructions(branch, at, edit)
            case SlotEdit():
                return self._slot(branch, at, edit)
            case ToolResultEdit():
                return self._tool_result(branch, at, edit)
            case ShownEdit():
                return self._shown(branch, at, edit)
            case _:
                assert_never(edit)

    def _message(self, branch: str, at: int, edit: MessageEdit) -> _Change:
        replaced = self._targets.message(branch, at, edit.role)
        if replaced is None and edit.role != "user":
            raise BadInput(f"no answer of the assistant stands at or after event {at:,}, so there is none to change")
        draft = edits.message(edit, replaced, self._ids.new())
        return _Change(draft, at, replaced, replaced.position if replaced is not None else None)

    def _instructions(self, branch: str, at: int, edit: InstructionsEdit) -> _Change:
        replaced = self._targets.last_touch(branch, at, "instructions")
        draft = edits.instructions(edit, self._state(branch, at))
        return _Change(draft, at, replaced, at if replaced is not None and replaced.position == at else None)

    def _slot(self, branch: str, at: int, edit: SlotEdit) -> _Change:
        replaced = self._targets.slot_change(branch, at, edit.service, edit.slot)
        if replaced is not None and replaced.position == at:
            return _Change(edits.slot(edit, replaced, self._state(branch, at - 1)), at, replaced, at)
        return _Change(edits.slot(edit, None, self._state(branch, at)), at, replaced)

    def _shown(self, branch: str, at: int, edit: ShownEdit) -> _Change:
        state = self._state(branch, at)
        replaced = self._targets.event(branch, state.recommendation.shown_at)
        if replaced is not None and replaced.position == at:
            return _Change(edits.shown(edit, replaced, self._state(branch, at - 1)), at, replaced, at)
        return _Change(edits.shown(edit, None, state), at, replaced)

    def _tool_result(self, branch: str, at: int, edit: ToolResultEdit) -> _Change:
        call = self._targets.call(branch, at, edit.call)
        replaced = self._targets.event(branch, call.returned_at) if call.returned_at is not None else None
        draft = edits.tool_result(edit, call.call_id, call.name, replaced)
        if replaced is not None:
            return _Change(draft, at, replaced, replaced.position)
        return self._answered(branch, at, call, draft)

    def _answered(self, branch: str, at: int, call: Call, draft: Draft) -> _Change:
        """A call that never returned can be answered at the end of what is there, while it is open."""
        head = self._store.branch(branch).head
        if call.call_id not in self._state(branch, head).conversation.open_calls:
            raise BadInput(f"the call {call.call_id} was never open, so it can return nothing")
        return _Change(draft, at, None, head + 1)

    # --- what is there

    def _origin(self, branch: str, at: int) -> Branch:
        origin = self._store.branch(branch)
        if origin.kind in SIDE_STREAMS:
            raise BadInput(f"{origin.name} is a side stream; only what is on a branch can be changed or left out")
        if not 0 <= at <= origin.head:
            raise OutOfRange(
                f"there is no position {at}: {origin.name} has {origin.head} events, positions 0 to {origin.head}"
            )
        return origin

    def _state(self, branch: str, at: int) -> Bounded:
        return self._time_machine.bounded(branch, at)

    def _names(self, branch: str, at: int, calls: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for call_id in calls if (name := self._targets.tool(branch, at, call_id)) is not None)
