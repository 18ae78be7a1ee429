"""The configured Ollama where it answers, else the built-in model in a child process."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

from app.adapters.ollama.client import OllamaClient
from app.domain.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable

    from app.application.ports import ChatPart, ChatRequest, ModelInfo, Outgoing, PullProgress


class Engine(Protocol):
    """The built-in model's process, as much of it as is needed here."""

    @property
    def address(self) -> str: ...

    @property
    def is_running(self) -> bool: ...

    def close(self) -> None: ...


class FallbackModels:
    """Implements the ports ``ModelClient`` and ``ModelPuller``.

    Decides at first use and, once the built-in model runs, stays with it; where its process has died, the next
    request starts another.

    Args:
        configured: address of the configured Ollama.
        start: makes the built-in model ready and starts it, in a worker thread; raises ``ModelError``.
        say: told, in one sentence, that the built-in model stands in, and when it had to be started again.
    """

    def __init__(self, configured: str, start: Callable[[], Engine], say: Callable[[str], None]) -> None:
        self._configured, self._start, self._say = configured, start, say
        self._client: OllamaClient | None = None
        self._engine: Engine | None = None
        self._deciding = asyncio.Lock()
        self._is_doubtful = False

    @property
    def address(self) -> str:
        return self._client.address if self._client else self._configured

    async def version(self) -> str:
        return await (await self._decided()).version()

    async def models(self) -> tuple[ModelInfo, ...]:
        return await (await self._decided()).models()

    async def chat(
        self, request: ChatRequest, on_sending: Callable[[Outgoing], Awaitable[None]]
    ) -> AsyncIterator[ChatPart]:
        client = await self._decided()
        parts: AsyncGenerator[ChatPart, None] = client.chat(request, on_sending)  # type: ignore[assignment]  # is one
        try:
            async for part in parts:
                yield part
        except ModelError:
            self._is_doubtful = True
            raise
        finally:
            await parts.aclose()

    async def pull(self, name: str, *, allow_remote: bool = False) -> AsyncIterator[PullProgress]:
        client = await self._decided()
        steps: AsyncGenerator[PullProgress, None] = client.pull(  # type: ignore[assignment]  # is one
            name, allow_remote=allow_remote
        )
        try:
            async for step in steps:
                yield step
        finally:
            await steps.aclose()

    async def close(self) -> None:
        if self._client is not None:
            await self._client.close()
        if self._engine is not None:
            await asyncio.to_thread(self._engine.close)

    async def _decided(self) -> OllamaClient:
        async with self._deciding:
            if self._engine is not None and not await self._is_alive(self._engine):
                self._client = await self._again(self._engine)
            if self._client is None:
                self._client = await self._choose()
            return self._client

    async def _is_alive(self, engine: Engine) -> bool:
        """Its process; after an answer that failed also whether it speaks, for a process takes a while to die."""
        doubtful, self._is_doubtful = self._is_doubtful, False
        if not engine.is_running or self._client is None:
            return False
        try:
            return not doubtful or bool(await self._client.version())
        except ModelError:
            return False

    async def _choose(self) -> OllamaClient:
        client = OllamaClient(self._configured)
        try:
            await client.version()
        except ModelError as silent:
            await client.close()
            try:
                started = await self._started()
            except ModelError as error:
                raise ModelError(f"{silent} The built-in model cannot stand in: {error}") from error
            self._say(f"no Ollama answers at {self._configured}: the built-in model is used")
            return started
        return client

    async def _again(self, dead: Engine) -> OllamaClient:
        self._say("the built-in model had ended and is started again")
        if self._client is not None:
            await self._client.close()
        await asyncio.to_thread(dead.close)
        self._engine = self._client = None
        return await self._started()

    async def _started(self) -> OllamaClient:
        self._engine = await asyncio.to_thread(self._start)
        return OllamaClient(self._engine.address)
