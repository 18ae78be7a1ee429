"""What is asked of a continuation, and what is told while it runs and when it ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.application.tool_answers import ToolAnswers
from app.domain.context_choice import ContextChoice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.model_options import ModelOptions
    from app.domain.templates import PromptTemplate


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An image that goes with the customer's message; kept in the store as an attachment."""

    content: bytes
    media_type: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptAddition:
    """Text that follows the instructions, made from the state by a template; ``notes`` say by which, for the record."""

    text: str
    notes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnList:
    """What Branchline's own recommender records with a turn.

    Attributes:
        strategy_changed: the strategy from here on; None when it stays as it is.
        shown: the list, as the data of its event; None when there is nothing to show.
        cause: id of the customer's message that it answers; None: of the one that is said now.
    """

    strategy_changed: Mapping[str, Any] | None = None
    shown: Mapping[str, Any] | None = None
    cause: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContinueRequest:
    """A wish to continue a branch at its end.

    Attributes:
        say: the next customer message; None to answer what is there.
        instructions: a new system prompt; None keeps the branch's.
        model: None takes the server's first.
        options: Ollama's own names, such as ``seed``, ``temperature``, ``num_ctx``, ``num_predict``.
        format: ``"json"`` or a JSON schema for the answer, which is held against it afterwards.
        think: whether (or how much) the model thinks first; None leaves it to the model.
        keep_alive: how long the model stays in memory: ``10m``, seconds, or -1 for ever.
        pictures: go with ``say``.
        context: which earlier messages go along.
        addition: more text behind the instructions; ``template`` makes it from the state where none is given.
        recommend: the strategy of Branchline's own recommender from here on, or ``off``; None keeps the branch's.
        own_list: what it shows; worked out from the state by whoever runs the request.
        with_thinking: earlier thinking goes along too (as thinking, never as an answer).
        tools: definitions of tools that the model may call, in Ollama's form.
        tool_answers: where their results come from; nothing is ever executed.
        may_cut: send a prompt that is too long all the same, to be cut by the server and marked as such.
        retry_of: id of the earlier request's event that this one tries again.
        request_notes: further members of what is recorded of the request, such as the version of the instructions.
        answer_notes: likewise of the answer's message, such as the recorded answer that it stands for.
        say_notes, instructions_notes: likewise of the customer's message and of the new system prompt.
    """

    branch: str
    say: str | None = None
    instructions: str | None = None
    model: str | None = None
    options: ModelOptions | Mapping[str, Any] = field(default_factory=dict)
    allow_remote: bool = False
    format: str | Mapping[str, Any] | None = None
    think: bool | str | None = None
    keep_alive: str | float | None = None
    pictures: tuple[Picture, ...] = ()
    context: ContextChoice = field(default_factory=ContextChoice)
    addition: PromptAddition | None = None
    template: PromptTemplate | None = None
    recommend: str | None = None
    own_list: OwnList | None = None
    with_thinking: bool = False
    tools: tuple[Mapping[str, Any], ...] = ()
    tool_answers: ToolAnswers = field(default_factory=ToolAnswers)
    may_cut: bool = False
    retry_of: str | None = None
    request_notes: Mapping[str, Any] = field(default_factory=dict)
    answer_notes: Mapping[str, Any] = field(default_factory=dict)
    say_notes: Mapping[str, Any] = field(default_factory=dict)
    instructions_notes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContinueUpdate:
    """Where a continuation stands.

    Attributes:
        phase: ``connecting``, ``loading``, ``processing prompt``, ``thinking``, ``generating``, ``calling tool``,
            ``done``, ``cancelled``, ``failed``.
        text: the whole answer so far; thinking: what the model thought before it.
        tokens: pieces received so far (the server counts at the end).
        elapsed_s: since the request was made.
        tokens_per_second: since the first piece; None before the second one.
        first_token_s: from the request to the first piece; None before it.
        phases: phase -> seconds after the request when it began.
        recorded: told when it ended early: whether the request, and with it what was said, stands on the branch.
    """

    phase: str
    text: str
    tokens: int
    elapsed_s: float
    tokens_per_second: float | None
    thinking: str = ""
    first_token_s: float | None = None
    phases: Mapping[str, float] = field(default_factory=dict)
    recorded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ContinueResult:
    """How a continuation ended; the JSON form is a design contract.

    Attributes:
        truncated: the model did not see the whole prompt; ``truncation`` says why, with figures.
        request: id of the last request's event.
        format_fault: what is wrong with the answer's form; None when it is right or none was asked for.
        tool_calls: how many calls of tools were answered on the way.
    """

    branch: str
    position: int
    text: str
    model: str
    done_reason: str
    prompt_tokens: int | None
    tokens: int | None
    durations: Mapping[str, int]
    truncated: bool
    truncation: str | None = None
    request: str = ""
    thinking: str = ""
    format_fault: str | None = None
    tool_calls: int = 0
    first_token_s: float | None = None
    tokens_per_second: float | None = None

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
            "truncation": self.truncation,
            "request": self.request,
            "thinking": self.thinking,
            "format_fault": self.format_fault,
            "tool_calls": self.tool_calls,
            "first_token_s": self.first_token_s,
            "tokens_per_second": self.tokens_per_second,
        }
