"""A step of an application: a call of a model or a tool, a look into an index, or what holds such steps together.

Spans, observations, runs and log records all become steps; from there on it does not matter who wrote them down.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.adapters.files.traces.said import Said

_json: Final = msgspec.json.Encoder()

StepKind = Literal["model", "tool", "retrieval", "other", "log"]
"""``other``: an agent, a chain, a workflow, a guardrail; ``log``: what a program wrote down meanwhile."""
MOST_STEPS: Final = 2_000_000
"""Steps of one file; more than a day of a busy application."""
LONGEST_KEPT: Final = 20_000
"""A longer value beside the conversation is told with its length instead."""
LEFT_OUT: Final = "(left out: "


@dataclass(frozen=True, slots=True)
class Opinion:
    """A score or an evaluation: what it is called, its value, and what else the source tells of it."""

    id: str
    about: str
    """Id of the step, or of the trace, that was judged."""
    data: Mapping[str, Any]
    time: int | None = None
    actor: str = "system"


@dataclass(slots=True)
class Step:
    """Times in microseconds since 1970; None, here as everywhere, when nobody wrote it down.

    Attributes:
        trace, id, parent: by the source; ``trace`` and ``id`` name a step once and for all.
        conversation: what the source calls the conversation, session or thread.
        given: what a model was given, without instructions; None when it was not captured. ``answered``: what came.
        others: further answers to the same question, which nobody went on from.
        arguments, result: of a tool or a look-up; ``call_id`` is that of the call which the model made.
        options: how the model was asked: temperature and the like.
        counts: ``prompt_tokens``, ``tokens`` and others, as ``generation.completed`` names them.
        error: why it failed; "" for one that does not say why.
        beside: everything else the source tells, under its own names.
        written: of a step that only holds others, or a log, its content as the source wrote it down, likewise.
        work: what the source calls this kind of step: ``invoke_agent``, ``CHAIN``.
    """

    trace: str
    id: str
    kind: StepKind = "other"
    parent: str | None = None
    name: str = ""
    start: int | None = None
    end: int | None = None
    conversation: str | None = None
    subject: str | None = None
    given: tuple[Said, ...] | None = None
    answered: tuple[Said, ...] | None = None
    others: tuple[tuple[Said, ...], ...] = ()
    instructions: str | None = None
    model: str | None = None
    options: dict[str, Any] = field(default_factory=dict)
    tools: Any = None
    counts: dict[str, Any] = field(default_factory=dict)
    call_id: str = ""
    arguments: Any = None
    result: Any = None
    error: str | None = None
    beside: dict[str, Any] = field(default_factory=dict)
    written: dict[str, Any] = field(default_factory=dict)
    work: str = ""

    def answer(self, answers: tuple[tuple[Said, ...], ...]) -> None:
        """What a model answered; of several answers the first is the one that counts."""
        self.answered = answers[0] if answers else None
        self.others = answers[1:]

    @property
    def has_words(self) -> bool:
        return self.given is not None or self.answered is not None


def bounded(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values, with those that are too long to be kept beside a conversation told with their length."""
    return {key: _bounded(value) for key, value in values.items()}


def _bounded(value: Any) -> Any:
    if isinstance(value, (dict, list)):
        length = len(_json.encode(value))
    else:
        length = len(value) if isinstance(value, str) else 0
    return f"{LEFT_OUT}{length:,} characters)" if length > LONGEST_KEPT else value
