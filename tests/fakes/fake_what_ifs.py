"""Where made-up branches leave, and plans that only say what would be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.application.ports import no_progress
from app.application.what_if.plans import Dependent, Plan
from app.domain.edits import MessageEdit
from app.domain.errors import BadInput
from app.domain.forks import Fork, Holding

if TYPE_CHECKING:
    from fakes.window_services import FakeHistory

    from app.application.ports import Progress
    from app.domain.branches import Branch
    from app.domain.edits import Edit


class FakeWhatIfs:
    """Event 3 of every turn is a call that the next event answers; a message that says "no" makes no sense."""

    def __init__(self, history: FakeHistory) -> None:
        self._history = history
        self.made: list[tuple[Plan, str]] = []
        self.planned: list[Any] = []

    def allowed_fork(self, branch: str, at: int, /) -> Fork:
        if at > 1 and (at - 2) % 7 == 2:
            return Fork(asked=at, position=at + 1, call="find", called_at=at, returned_at=at + 1)
        return Fork(asked=at, position=at)

    def holding(self, branch: str, at: int, /) -> Holding:
        origin = self._history.branch_of(branch)
        return Holding(turns=at // 7, position=at, later=origin.head - at, parent=origin.name)

    def plan_edit(self, branch: str, at: int, edit: Edit, /, *, reapply: bool = False, onto: bool = False) -> Plan:
        self.planned.append((at, edit, reapply, onto))
        if isinstance(edit, MessageEdit) and edit.text == "no":
            raise BadInput("that is what the event says already")
        fork = self.allowed_fork(branch, at)
        head = self._history.branch_of(branch).head
        after = range(at + 1, head + 1) if reapply else ()
        holding = self.holding(branch, fork.position)
        return Plan(branch=branch, head=head, fork=fork, holding=holding, onto=onto, after=after)

    def plan_leave_out(
        self, branch: str, at: int, /, *, keep_dependents: bool = False, progress: Progress = no_progress
    ) -> Plan:
        self.planned.append((at, None, keep_dependents, False))
        head = self._history.branch_of(branch).head
        chosen = Dependent(at, f"e{at}", "conversation.tool-called", "chosen")
        other = Dependent(at + 1, f"e{at + 1}", "conversation.tool-returned", "caused", at, keep_dependents)
        return Plan(
            branch=branch,
            head=head,
            fork=Fork(asked=at - 1, position=at - 1),
            holding=self.holding(branch, at - 1),
            after=range(at + 1, head + 1),
            left_out=(chosen,) if keep_dependents else (chosen, other),
            kept=(other,) if keep_dependents else (),
            skipped=frozenset() if keep_dependents else frozenset({at + 1}),
        )

    def make(self, plan: Plan, name: str, progress: Progress = no_progress, /) -> Branch:
        self.made.append((plan, name))
        if plan.onto:
            self._history.grow(plan.branch, 1)
            return self._history.branch_of(plan.branch)
        made = self._history.branch(plan.branch, plan.fork.position, name)
        self._history.grow(made.id, max(1, plan.reapplied))
        return self._history.branch_of(made.id)
