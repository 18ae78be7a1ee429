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

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "digest": self.digest,
            "size": self.size,
            "local": self.local,
            "capabilities": list(self.capabilities),
            "context_length": self.context_length,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatRequest:
    """One chat to be generated. ``options`` are Ollama's own names (``seed``, ``temperature``, ``num_ctx`` …)."""

    model: str
    messages: tuple[Mapping[str, Any], ...]
    options: Mapping[str, Any] = field(default_factory=dict)
    keep_alive: str | None = None
    allow_remote: bool = False


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatDone:
    """The end of an answer. Durations in nanoseconds by the server's names (``total_duration`` …)."""

    done_reason: str
    prompt_tokens: int | None
    tokens: int | None
    durations: Mapping[str, int]


ChatPart = PhaseChanged | TextArrived | ChatDone


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
