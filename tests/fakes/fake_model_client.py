"""A model client that says what it was told to say, or fails, or hangs, where it was told to."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from app.application.ports import ChatDone, ModelInfo, Outgoing, PhaseChanged, PullProgress, TextArrived
from app.domain.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from app.application.ports import ChatPart, ChatRequest

LOCAL = ModelInfo(
    name="fake:1b", digest="f" * 64, size=1_000, local=True, capabilities=("completion",), context_length=4_096
)
REMOTE = ModelInfo(
    name="far:120b-cloud", digest="c" * 64, size=0, local=False, capabilities=("completion",), context_length=None
)


class FakeModelClient:
    """Answers every chat with ``answer``, piece by piece.

    Attributes:
        requests, sent: what was asked and what was about to be sent, in order.
        stall_after: hang for ever after this many pieces; ``stalled`` is set once it hangs.
        fail_after: raise ``error`` after this many pieces.
        cancelled: how many chats were ended from outside while they ran.
    """

    def __init__(
        self,
        answer: tuple[str, ...] = ("Hello", ", ", "world", "."),
        *,
        models: tuple[ModelInfo, ...] = (LOCAL, REMOTE),
        stall_after: int | None = None,
        fail_after: int | None = None,
        error: str = "the model fell over",
        prompt_tokens: int = 7,
        done_reason: str = "stop",
    ) -> None:
        self.answer, self.error = answer, error
        self.stall_after, self.fail_after = stall_after, fail_after
        self.prompt_tokens, self.done_reason = prompt_tokens, done_reason
        self.requests: list[ChatRequest] = []
        self.sent: list[Outgoing] = []
        self.stalled = asyncio.Event()
        self.cancelled = 0
        self.closed = False
        self._models = models

    @property
    def address(self) -> str:
        return "http://fake"

    async def version(self) -> str:
        return "0.0.0-fake"

    async def models(self) -> tuple[ModelInfo, ...]:
        return self._models

    async def chat(
        self, request: ChatRequest, on_sending: Callable[[Outgoing], Awaitable[None]]
    ) -> AsyncIterator[ChatPart]:
        self.requests.append(request)
        yield PhaseChanged("connecting")
        model = self._permitted(request)
        outgoing = Outgoing(
            endpoint=f"{self.address}/api/chat",
            body=_body(request),
            model=model.name,
            digest=model.digest,
            server_version=await self.version(),
        )
        await on_sending(outgoing)
        self.sent.append(outgoing)
        yield PhaseChanged("processing prompt")
        try:
            async for text in self._pieces():
                yield text
        except (asyncio.CancelledError, GeneratorExit):
            self.cancelled += 1
            raise
        yield ChatDone(
            done_reason=self.done_reason,
            prompt_tokens=self.prompt_tokens,
            tokens=len(self.answer),
            durations={"total_duration": 3_000_000, "eval_duration": 2_000_000},
        )

    async def pull(self, name: str, *, allow_remote: bool = False) -> AsyncIterator[PullProgress]:
        if name not in {model.name for model in self._models}:
            raise ModelError(f"pull model manifest: there is no {name}")
        yield PullProgress(status="success")

    async def close(self) -> None:
        self.closed = True

    def _permitted(self, request: ChatRequest) -> ModelInfo:
        model = next((model for model in self._models if model.name == request.model), None)
        if model is None:
            raise ModelError(f"model '{request.model}' not found")
        if not model.local and not request.allow_remote:
            raise ModelError(f"The model {model.name} does not run on this machine; nothing was sent to it.")
        return model

    async def _pieces(self) -> AsyncIterator[ChatPart]:
        for number, text in enumerate((*self.answer, "")):
            if number == self.fail_after:
                raise ModelError(self.error)
            if number == self.stall_after:
                self.stalled.set()
                await asyncio.Event().wait()
            if number == 0:
                yield PhaseChanged("generating")
            if text:
                yield TextArrived(text)
            await asyncio.sleep(0)


def _body(request: ChatRequest) -> str:
    messages = [dict(message) for message in request.messages]
    asked = {"format": request.format, "think": request.think, "keep_alive": request.keep_alive}
    body = {"model": request.model, "messages": messages, "stream": True, "options": dict(request.options)}
    body |= {name: value for name, value in asked.items() if value is not None}
    return json.dumps(body, separators=(",", ":"))
