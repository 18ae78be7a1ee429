"""How an answer was made: what was asked of which model under which instructions, and what it cost."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from app.domain.instructions import text_hash
from app.domain.lab.recipe import Instructions as AskedWith

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.domain.events import Event

Status = Literal["running", "completed", "failed", "cancelled"]

_STATUS: Final[Mapping[str, Status]] = {
    "generation.completed": "completed",
    "generation.failed": "failed",
    "generation.cancelled": "cancelled",
}
_USUAL: Final = frozenset({"model", "messages", "options", "stream", "keep_alive", "truncate", "shift"})
"""Members of a request that are told elsewhere, or change nothing of the answer."""


@dataclass(frozen=True, slots=True)
class Instructions:
    """A system prompt; ``name`` and ``version`` as the events tell them, None where they do not."""

    text: str
    name: str | None = None
    version: str | None = None

    @property
    def digest(self) -> str:
        """The beginning of the text's hash, as the library of instructions has it: the same for the same text."""
        return text_hash(self.text)[:12]

    @property
    def label(self) -> str:
        """``NAME@VERSION`` where that is known, else the first words and a bit of the hash."""
        if self.name is None:
            return AskedWith(text=self.text).label
        return f"{self.name}@{self.version}" if self.version is not None else self.name

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Instructions:
        """From the payload of ``conversation.instructions-changed``."""
        return cls(str(data.get("text", "")), _told(data.get("name")), _told(data.get("version")))


def _told(value: Any) -> str | None:
    return str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) and value != "" else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Under which conditions a model was asked; None and empty where the events do not tell.

    Attributes:
        digest: of the model's file.
        seed, temperature: of ``options``.
        options: as sent, by Ollama's names, without seed and temperature.
        request: what else of what was sent changes an answer: ``format``, ``think``, ``tools``, and which earlier
            messages went along (``context``) or what was added to the instructions (``addition``).
        instructions: the system message as it was sent; what the branch holds where the request is not known.
    """

    model: str
    digest: str | None = None
    server_version: str | None = None
    seed: int | None = None
    temperature: float | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    request: Mapping[str, Any] = field(default_factory=dict)
    instructions: Instructions | None = None

    def to_json(self) -> dict[str, Any]:
        told = self.instructions
        return {
            "model": self.model,
            "digest": self.digest,
            "server_version": self.server_version,
            "seed": self.seed,
            "temperature": self.temperature,
            "options": dict(self.options),
            "request": dict(self.request),
            "instructions": None
            if told is None
            else {"digest": told.digest, "name": told.name, "version": told.version, "text": told.text},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One request to a model and how it ended.

    Attributes:
        position: of the request's event; ``ended_at`` of the event that ended it, None while there is none.
        durations: nanoseconds by the server's names (``total_duration``, ``eval_duration`` …).
        truncated: whether the server cut the prompt; None when the events do not tell, or nobody can be sure.
        first_token_s, tokens_per_second: as the client saw it, who also waits for the connection.
        elapsed_us: between the two events, microseconds; None when a time is missing.
        reason, partial: of a run that broke off: why, and what it had written.
    """

    position: int
    ended_at: int | None
    setting: Setting
    status: Status
    prompt_tokens: int | None = None
    tokens: int | None = None
    durations: Mapping[str, int] = field(default_factory=dict)
    done_reason: str | None = None
    truncated: bool | None = None
    first_token_s: float | None = None
    tokens_per_second: float | None = None
    elapsed_us: int | None = None
    reason: str | None = None
    partial: str = ""

    def seconds(self, *names: str) -> float | None:
        """The sum of durations in seconds; None when the first of them is not known."""
        if names[0] not in self.durations:
            return None
        return sum(self.durations.get(name, 0) for name in names) / 1e9


def run_of(events: Sequence[Event], instructions: Instructions | None) -> Run:
    """A run from its request and, where it ended, the event that says so; ``instructions`` are the branch's then."""
    request, ending = events[0], events[-1] if len(events) > 1 else None
    told: Mapping[str, Any] = ending.data if ending is not None else {}
    durations = told.get("durations")
    elapsed = None
    if ending is not None and ending.time is not None and request.time is not None:
        elapsed = ending.time - request.time
    return Run(
        position=request.position,
        ended_at=ending.position if ending is not None else None,
        setting=_setting(request.data, instructions),
        status=_STATUS.get(ending.type, "running") if ending is not None else "running",
        prompt_tokens=_count(told.get("prompt_tokens")),
        tokens=_count(told.get("tokens")),
        durations={
            str(name): value
            for name, value in (durations.items() if isinstance(durations, dict) else ())
            if _count(value) is not None
        },
        done_reason=_told(told.get("done_reason")),
        truncated=_truncated(told),
        first_token_s=_number(told.get("first_token_s")),
        tokens_per_second=_number(told.get("tokens_per_second")),
        elapsed_us=elapsed if elapsed is not None and elapsed >= 0 else None,
        reason=_told(told.get("reason")),
        partial=str(told.get("text") or ""),
    )


def _truncated(told: Mapping[str, Any]) -> bool | None:
    cut, finding = told.get("truncated"), told.get("truncation")
    if isinstance(finding, dict) and finding.get("finding") == "unknown":
        return None
    return cut if isinstance(cut, bool) else None


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _number(value: Any) -> float | None:
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _setting(data: Mapping[str, Any], instructions: Instructions | None) -> Setting:
    sent = data.get("request")
    sent = sent if isinstance(sent, dict) else {}
    found = sent.get("options")
    options = dict(found) if isinstance(found, dict) else {}
    seed, temperature = _count(options.get("seed")), _number(options.get("temperature"))
    options = {
        name: value
        for name, value in options.items()
        if not (name == "seed" and seed is not None) and not (name == "temperature" and temperature is not None)
    }
    return Setting(
        model=str(data.get("model")),
        digest=_told(data.get("digest")),
        server_version=_told(data.get("server_version")),
        seed=seed,
        temperature=temperature,
        options=options,
        request={**{name: value for name, value in sent.items() if name not in _USUAL}, **_circumstances(data)},
        instructions=_sent_instructions(sent.get("messages"), data.get("instructions"), instructions),
    )


def _circumstances(data: Mapping[str, Any]) -> dict[str, Any]:
    """What is told beside the request and differs by setting, not by turn."""
    told: dict[str, Any] = {}
    context, addition = data.get("context"), data.get("addition")
    if isinstance(context, dict) and context.get("kind") not in (None, "all"):
        told["context"] = {name: context[name] for name in ("kind", "turns") if name in context}
    if isinstance(addition, dict):
        told["addition"] = {name: value for name, value in addition.items() if name != "text"}
    return told


def _sent_instructions(messages: Any, named: Any, known: Instructions | None) -> Instructions | None:
    """What the model was really told, which a template may have filled in, before what the branch holds.

    ``named`` is the version that the request itself names.
    """
    if not isinstance(messages, list):
        return known
    first = messages[0] if messages and isinstance(messages[0], dict) else {}
    if first.get("role") != "system" or not isinstance(first.get("content"), str):
        return None
    text = first["content"]
    if isinstance(named, dict) and named.get("name") and named.get("hash") == text_hash(text):
        return Instructions(text, _told(named["name"]), _told(named.get("version")))
    return known if known is not None and known.text == text else Instructions(text)
