"""A server of models."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelInfo:
    """A model of the configured server. ``size`` in bytes; ``context_length`` in tokens, None when unsaid."""

    name: str
    digest: str
    size: int
    local: bool
    capabilities: tuple[str, ...]
    context_length: int | None
    remote_host: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "digest": self.digest,
            "size": self.size,
            "local": self.local,
            "capabilities": list(self.capabilities),
            "context_length": self.context_length,
            "remote_host": self.remote_host,
        }

    def can(self, capability: str) -> bool:
        """False only when the server told what the model can, and this is not in it."""
        return not self.capabilities or capability in self.capabilities


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatRequest:
    """One chat to be generated, in the form that Ollama takes.

    Attributes:
        options: Ollama's own names (``seed``, ``temperature``, ``num_ctx`` …).
        keep_alive: how long the model stays in memory: a duration (``10m``), seconds, or -1 for ever.
        format: ``"json"`` or a JSON schema that the answer has to follow.
        think: whether (or how much: ``low``, ``medium``, ``high``, ``max``) the model thinks first; None leaves it
            to the model.
        tools: definitions of the tools the model may call.
        may_cut: the server may cut a prompt that is too long; otherwise it is told to refuse.
    """

    model: str
    messages: tuple[Mapping[str, Any], ...]
    options: Mapping[str, Any] = field(default_factory=dict)
    keep_alive: str | float | None = None
    allow_remote: bool = False
    format: str | Mapping[str, Any] | None = None
    think: bool | str | None = None
    tools: tuple[Mapping[str, Any], ...] = ()
    may_cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """What is about to be sent, byte for byte, and to what."""

    endpoint: str
    body: str
    model: str
    digest: str
    server_version: str


@dataclass(frozen=True, slots=True)
class PhaseChanged:
    """``connecting``, ``loading``, ``processing prompt`` or ``generating``."""

    phase: str


@dataclass(frozen=True, slots=True)
class TextArrived:
    """A piece of the answer, in order."""

    text: str


@dataclass(frozen=True, slots=True)
class ThinkingArrived:
    """A piece of what the model thinks before it answers, in order; no part of the answer."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolCallArrived:
    """The model wants a tool to be called. ``call_id`` is empty when the server gave none."""

    call_id: str
    name: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatDone:
    """The end of an answer.

    Attributes:
        prompt_tokens: of the prompt as the model saw it; whether those in the cache are among them depends on the
            server's version (``server_versions.counts_cached``).
        durations: in nanoseconds by the server's names (``total_duration`` …).
        cached_tokens: how many of them were in the cache already, where the server tells.
        window: the size of the model's window, asked for when prompt and answer are more than ``num_ctx``.
    """

    done_reason: str
    prompt_tokens: int | None
    tokens: int | None
    durations: Mapping[str, int]
    cached_tokens: int | None = None
    window: int | None = None


ChatPart = PhaseChanged | TextArrived | ThinkingArrived | ToolCallArrived | ChatDone


@dataclass(frozen=True, slots=True, kw_only=True)
class PullProgress:
    """Where the fetching of a model stands; ``completed`` and ``total`` in bytes, of the part being fetched."""

    status: str
    digest: str = ""
    completed: int | None = None
    total: int | None = None


class ModelClient(Protocol):
    """A model server. Runs on the I/O loop; cancelling the task that iterates ends generation at once."""

    @property
    def address(self) -> str: ...

    async def version(self) -> str:
        """The server's version. Raises ``ModelError`` when it cannot be reached."""
        ...

    async def models(self) -> tuple[ModelInfo, ...]: ...

    def chat(self, request: ChatRequest, on_sending: Callable[[Outgoing], Awaitable[None]]) -> AsyncIterator[ChatPart]:
        """Generate. ``on_sending`` is awaited after the body is final and before its first byte leaves.

        Raises ``ModelError`` in the server's own words; also for a model that is not local unless allowed.
        """
        ...

    async def close(self) -> None: ...


class ModelPuller(Protocol):
    """A model server that can fetch models from where its own makers keep them."""

    def pull(self, name: str, *, allow_remote: bool = False) -> AsyncIterator[PullProgress]:
        """Fetch a model; cancelling the task that iterates ends it. Raises ``ModelError``."""
        ...


class AnswerChecker(Protocol):
    """Holds an answer against the form that was asked for."""

    def fault(self, answer: str, form: str | Mapping[str, Any]) -> str | None:
        """What is wrong in one sentence, None when it follows ``form`` (``"json"`` or a JSON schema)."""
        ...

    def refuse_bad_schema(self, form: Mapping[str, Any]) -> None:
        """Raises ``BadInput`` for what is no JSON schema."""
        ...
