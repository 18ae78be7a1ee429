"""Which checks an answer passed, as the events of the derived stream tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.domain.lab.checks import KINDS, CheckOutcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.events import Event

CHECKED: Final = "derived.turn-checked"


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcomes of the last checks of one answer."""

    outcomes: tuple[CheckOutcome, ...]

    @property
    def passed(self) -> int:
        return sum(one.passed is True for one in self.outcomes)

    @property
    def failed(self) -> int:
        return sum(one.passed is False for one in self.outcomes)


def checks_by_answer(derived: Iterable[Event]) -> dict[str, Checked]:
    """Id of an answer's event -> its last checks, from the events of a session's derived stream in order."""
    found: dict[str, Checked] = {}
    for event in derived:
        answer, told = event.data.get("event"), event.data.get("checks")
        if event.type == CHECKED and isinstance(answer, str) and isinstance(told, list):
            found[answer] = Checked(tuple(_outcome(one) for one in told if _is_outcome(one)))
    return found


def _is_outcome(told: Any) -> bool:
    return (
        isinstance(told, dict)
        and isinstance(told.get("name"), str)
        and told.get("kind") in KINDS
        and (told.get("passed") is None or isinstance(told["passed"], bool))
    )


def _outcome(told: dict[str, Any]) -> CheckOutcome:
    return CheckOutcome(check=told["name"], kind=told["kind"], passed=told["passed"], why=str(told.get("why") or ""))
