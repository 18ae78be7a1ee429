"""Continue a branch with a model: what is asked, what is reported, what is recorded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class ContinueRequest:
    """A wish to continue a branch at its end.

    Attributes:
        say: the next customer message; None to answer what is there.
        instructions: a new system prompt; None keeps the branch's.
        model: None takes the server's first.
        options: Ollama's own names, such as ``seed``, ``temperature``, ``num_ctx``, ``num_predict``.
    """

    branch: str
    say: str | None = None
    instructions: str | None = None
    model: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    allow_remote: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ContinueUpdate:
    """Where a continuation stands.

    Attributes:
        phase: ``connecting``, ``loading``, ``processing prompt``, ``generating``, ``done``, ``cancelled``, ``failed``.
        text: the whole answer so far.
        tokens: pieces received so far (the server counts at the end).
        elapsed_s: since the request was made.
        tokens_per_second: of the generating phase so far; None before the second piece.
    """

    phase: str
    text: str
    tokens: int
    elapsed_s: float
    tokens_per_second: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContinueResult:
    """How a continuation ended; the JSON form is a design contract."""

    branch: str
    position: int
    text: str
    model: str
    done_reason: str
    prompt_tokens: int | None
    tokens: int | None
    durations: Mapping[str, int]
    truncated: bool

    def to_json(self, branch_name: str) -> dict[str, Any]:
        return {
            "branch": branch_name,
            "position": self.position,
            "text": self.text,
            "model": self.model,
            "done_reason": self.done_reason,
            "prompt_tokens": self.prompt_tokens,
            "tokens": self.tokens,
            "durations": dict(self.durations),
            "truncated": self.truncated,
        }
