"""What is wished for when sessions are played again, as a value that can be kept and found again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.application.trial_desk import AS_IT_IS
from app.domain.errors import BadInput
from app.domain.lab.checks import read_checks

if TYPE_CHECKING:
    from app.domain.lab.checks import Check


@dataclass(frozen=True, slots=True, kw_only=True)
class RerunWish:
    """The same re-run over sessions.

    Attributes:
        sessions: their ids, in the order in which they are played.
        instructions, template: a version of its library (``NAME@2``); ``AS_IT_IS``: those of the branch, no template.
        temperature, seed: None leaves the server's own.
        first_turn: the customer's turn that is played first, 1, 2, 3 …; turns: how many, None for all.
        longest: tokens of an answer at most (Ollama's ``num_predict``); None for the server's default.
    """

    sessions: tuple[str, ...]
    model: str
    instructions: str = AS_IT_IS
    template: str = AS_IT_IS
    temperature: float | None = None
    seed: int | None = None
    first_turn: int = 1
    turns: int | None = None
    longest: int | None = None
    checks: tuple[Check, ...] = ()

    def to_json(self) -> dict[str, Any]:
        told = {name: getattr(self, name) for name in self.__slots__}
        return {**told, "sessions": list(self.sessions), "checks": [one.to_json() for one in self.checks]}


def wish_from(told: Any) -> RerunWish | None:
    """A wish as ``to_json`` tells it; None for what is none, as it was kept by another version perhaps."""
    if not isinstance(told, dict):
        return None
    try:
        checks = read_checks(told["checks"]) if told["checks"] else ()
        wish = RerunWish(**{**told, "sessions": tuple(map(str, told["sessions"])), "checks": checks})
    except (KeyError, TypeError, BadInput):
        return None
    return wish if _is_sound(wish) else None


def _is_sound(wish: RerunWish) -> bool:
    numbers = (wish.turns, wish.longest, wish.seed)
    return (
        all(isinstance(one, str) for one in (wish.model, wish.instructions, wish.template))
        and type(wish.first_turn) is int
        and wish.first_turn > 0
        and all(one is None or type(one) is int for one in numbers)
        and (wish.temperature is None or isinstance(wish.temperature, (int, float)))
    )
