"""Find where a branch may leave: nearest to the position asked for, and never inside an open tool call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.dependents import RETURNED
from app.domain.forks import Fork, Holding

if TYPE_CHECKING:
    from app.application.branch_labels import BranchLabels
    from app.application.ports import EventStore
    from app.application.time_machine import TimeMachine
    from app.domain.fold.conversation import OpenCall
    from app.domain.transcript import Entry


@dataclass(frozen=True, slots=True)
class Pending:
    """A call that is open at a position; ``returned_at`` None: nothing it returned was recorded."""

    call_id: str
    name: str
    called_at: int
    returned_at: int | None


class Forking:
    """Answers from the state and the index of the transcript; any thread may ask.

    A call is open until it returns. One of which nothing was recorded is taken to be given up when the conversation
    goes on with a message; else nobody could branch after it.
    """

    def __init__(self, store: EventStore, time_machine: TimeMachine, labels: BranchLabels | None = None) -> None:
        self._store, self._time_machine, self._labels = store, time_machine, labels

    def allowed_fork(self, branch: str, at: int) -> Fork:
        """The allowed position nearest to ``at``, the later of two that are equally near. Raises OutOfRange."""
        blocking = self.pending(branch, at)
        if not blocking:
            return Fork(asked=at, position=at)
        before, after = self._before(branch, at), self._after(branch, at)
        position = before if after is None or at - before < after - at else after
        first = min(blocking, key=lambda call: call.called_at)
        return Fork(
            asked=at, position=position, call=first.name, called_at=first.called_at, returned_at=first.returned_at
        )

    def fork_before(self, branch: str, at: int) -> Fork:
        """The last allowed position at or before ``at``. Raises OutOfRange."""
        blocking = self.pending(branch, at)
        if not blocking:
            return Fork(asked=at, position=at)
        first = min(blocking, key=lambda call: call.called_at)
        return Fork(
            asked=at,
            position=self._before(branch, at),
            call=first.name,
            called_at=first.called_at,
            returned_at=first.returned_at,
        )

    def holding(self, branch: str, at: int) -> Holding:
        """What a branch that leaves at this position holds. Raises OutOfRange."""
        origin = self._store.branch(branch)
        origin = self._labels.named(origin) if self._labels is not None else origin
        state = self._time_machine.bounded(branch, at)
        return Holding(turns=state.conversation.messages, position=at, later=origin.head - at, parent=origin.name)

    def pending(self, branch: str, at: int) -> tuple[Pending, ...]:
        """The calls that a branch at this position would leave open, oldest first. Raises OutOfRange."""
        state = self._time_machine.bounded(branch, at)
        head = self._store.branch(branch).head
        found = []
        for call_id, call in state.conversation.open_calls.items():
            (entry,) = self._time_machine.entries(branch, call.ord, 1, head)
            returned_at = self.returned_at(branch, entry)
            if returned_at is not None:
                found.append(Pending(call_id, call.name, call.position, returned_at))
            elif not self._is_given_up(branch, call, state.conversation.messages):
                found.append(Pending(call_id, call.name, call.position, None))
        return tuple(found)

    def returned_at(self, branch: str, call: Entry) -> int | None:
        """Position of what a call (as it is at the end of the branch) returned; None when nothing was recorded."""
        if not call.returned:
            return None
        (last,) = self._store.events_at(branch, [call.changed_at])
        if last.type == RETURNED:
            return call.changed_at
        # A message of the same id was edited: that, too, touched the call.
        for fact in self._store.facts_at(branch, range(call.position + 1, call.changed_at)):
            if fact.type == RETURNED and str(fact.data.get("call_id")) == call.key:
                return fact.position
        return None

    def _is_given_up(self, branch: str, call: OpenCall, messages: int) -> bool:
        return self._time_machine.bounded(branch, call.position).conversation.messages < messages

    def _before(self, branch: str, at: int) -> int:
        while blocking := self.pending(branch, at):
            at = min(call.called_at for call in blocking) - 1
        return at

    def _after(self, branch: str, at: int) -> int | None:
        while blocking := self.pending(branch, at):
            ends = [call.returned_at for call in blocking if call.returned_at is not None]
            if len(ends) < len(blocking):
                return None
            at = max(ends)
        return at
