"""Differences, histories and hits of made-up sessions: all follow from positions."""

from __future__ import annotations

from fakes.window_services import kind_of

from app.application.differences import Difference
from app.application.explaining import Explanation
from app.application.histories import FieldChange
from app.application.ports import Progress, no_progress
from app.domain.conditions import parse
from app.domain.diff import Change


class FakeDifferences:
    """Between two places the instructions differ, by the names of the places."""

    def difference(
        self, branch_a: str, at_a: int, branch_b: str, at_b: int, progress: Progress = no_progress
    ) -> Difference:
        if (branch_a, at_a) == (branch_b, at_b):
            return Difference(at_a, ())
        before, after = f"be kind at {at_a} of {branch_a}", f"be kind at {at_b} of {branch_b}"
        interest = Change("add", "/recommendation/interests/tag:tea", None, 0.5)
        return Difference(0, (Change("replace", "/conversation/instructions", before, after), interest))


class FakeHistories:
    """Every field changes with every tenth event, from one number to the next."""

    def history(
        self, branch: str, pointer: str, *, first: int = 1, last: int | None = None, progress: Progress = no_progress
    ) -> tuple[FieldChange, ...]:
        end = 100 if last is None else last
        return tuple(
            FieldChange(one, f"event-{one}", kind_of(one)[0], one - 10, one)
            for one in range(10, end + 1, 10)
            if one >= first
        )

    def explain(self, branch: str, position: int, pointer: str, *, progress: Progress = no_progress) -> Explanation:
        changes = self.history(branch, pointer, last=position)
        return Explanation(
            pointer=pointer,
            position=position,
            kind="recorded",
            value=changes[-1].after if changes else None,
            change=changes[-1] if changes else None,
        )


class FakeFinding:
    """Reads conditions as the real one does; each becomes true at every twentieth event."""

    def find(
        self,
        branch: str,
        expression: str,
        *,
        first: int = 0,
        last: int | None = None,
        limit: int | None = None,
        progress: Progress = no_progress,
    ) -> tuple[int, ...]:
        parse(expression)
        return tuple(one for one in range(20, (100 if last is None else last) + 1, 20) if one >= first)[:limit]
