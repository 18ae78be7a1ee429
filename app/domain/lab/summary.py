"""The table of a re-run over sessions: how many answers passed, failed and changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryRow:
    """One trial, or all of them.

    Attributes:
        outcome: ``completed``, ``failed`` or ``not begun``; ``reason`` why it is not completed.
        answers: turns that were answered.
        passed, failed: outcomes of checks; skipped: checks that did not apply.
        changed: answers with other words than the recorded ones.
    """

    session: str
    title: str
    branch: str
    outcome: str
    answers: int = 0
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    changed: int = 0
    reason: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "session": self.session,
            "title": self.title,
            "branch": self.branch,
            "outcome": self.outcome,
            "reason": self.reason,
            **self.counts(),
        }

    def counts(self) -> dict[str, int]:
        return {
            "answers": self.answers,
            "passed": self.passed,
            "failed": self.failed,
            "skipped": self.skipped,
            "changed": self.changed,
        }


def total(rows: Iterable[SummaryRow]) -> dict[str, int]:
    """The counts of all rows together, and how many trials came to their end."""
    listed = list(rows)
    names = ("answers", "passed", "failed", "skipped", "changed")
    return {
        "trials": len(listed),
        "completed": sum(row.outcome == "completed" for row in listed),
        **{name: sum(row.counts()[name] for row in listed) for name in names},
    }
