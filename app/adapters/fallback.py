"""The configured Ollama where it answers, else the built-in model in a child process."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from app.adapters.ollama.client import OllamaClient
from app.domain.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from app.adapters.engine.process import EngineProcess
    from app.application.ports import ChatPart, ChatRequest, ModelInfo, Outgoing


class FallbackModels:
    """Implements the port ``ModelClient``; decides at first use and, once the built-in model runs, stays with it.

    Args:
        configured: address of the configured Ollama.
        start: makes the built-in model ready and starts it, in a worker thread; raises ``ModelError``.
        say: told once, in one sentence, that the built-in model stands in.
    """

    def __init__(self, configured: str, start: Callable[[], EngineProcess], say: Callable[[str], None]) -> None:
        self._configured, self._start, self._say = configured, start, say
        self._client: OllamaClient | None = None
        self._engine: EngineProcess | None = None
        self._deciding = asyncio.Lock()

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
        parts = client.chat(request, on_sending)
        try:
            async for part in parts:
                yield part
        finally:
            await parts.aclose()  # type: ignore[attr-defined]  # a generator, though the port promises less

    async def close(self) -> None:
        if self._client is not None:
            await self._client.close()
        if self._engine is not None:
            await asyncio.to_thread(self._engine.close)

    async def _decided(self) -> OllamaClient:
        async with self._deciding:
            if self._client is None:
                self._client = await self._choose()
            return self._client

    async def _choose(self) -> OllamaClient:
        client = OllamaClient(self._configured)
        try:
            await client.version()
        except ModelError as silent:
            await client.close()
            self._say(f"no Ollama answers at {self._configured}: the built-in model is used")
            try:
                self._engine = await asyncio.to_thread(self._start)
            except ModelError as error:
                raise ModelError(f"{silent} The built-in model cannot stand in: {error}") from error
            return OllamaClient(self._engine.address)
        return client
