"""Where the results of a model's tool calls come from: nothing is ever executed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping

ToolPolicy = Literal["recorded", "ask", "stub"]
POLICIES: Final = ("recorded", "ask", "stub")
STUB: Final = {"note": "This tool is not connected here; go on without its result."}


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolQuestion:
    """A call that somebody has to answer."""

    call_id: str
    name: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolAnswer:
    """A result that was typed; ``error`` says that the tool failed."""

    result: Any
    error: bool = False


AskTool = Callable[[ToolQuestion], Awaitable[ToolAnswer]]
"""Awaited on the I/O thread; cancelling the run cancels it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolAnswers:
    """What answers a call.

    Attributes:
        policy: ``recorded`` reuses what the session recorded for the same name and arguments, ``ask`` asks a person,
            ``stub`` gives ``stub``.
        otherwise: what answers when nothing was recorded: ``ask`` or ``stub``.
        stub: any JSON value.
        ask: whom to ask; needed for ``ask``.
        most_calls: the run ends when the model has called so many tools.
    """

    policy: ToolPolicy = "recorded"
    otherwise: Literal["ask", "stub"] = "stub"
    stub: Any = field(default_factory=lambda: dict(STUB))
    ask: AskTool | None = None
    most_calls: int = 8

    def to_json(self) -> dict[str, Any]:
        """For the record; whom to ask is not part of it."""
        told: dict[str, Any] = {"policy": self.policy, "most_calls": self.most_calls}
        if self.policy == "recorded":
            told["otherwise"] = self.otherwise
        if "stub" in (self.policy, self.otherwise):
            told["stub"] = self.stub
        return told

    def __post_init__(self) -> None:
        if self.policy not in POLICIES:
            raise BadInput(f"tools are answered by one of {', '.join(POLICIES)}, not {self.policy!r}")
        asks = self.policy == "ask" or (self.policy == "recorded" and self.otherwise == "ask")
        if asks and self.ask is None:
            raise BadInput("somebody has to be there to answer tools that are asked for")
        if self.most_calls < 1:
            raise BadInput(f"a run may call at least 1 tool, not {self.most_calls}")
