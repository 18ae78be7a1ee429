"""One chat with the server, from the request's body to the last line of the answer."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from app.adapters.ollama import catalogue
from app.adapters.ollama.chat_body import chat_body
from app.adapters.ollama.wire import ChatLine, lines
from app.application.ports import Outgoing, PhaseChanged, TextArrived, ThinkingArrived
from app.domain.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from app.adapters.ollama.connection import Connection
    from app.adapters.ollama.wire import Message
    from app.application.ports import ChatDone, ChatPart, ChatRequest

PHASES: Final = ("connecting", "loading", "processing prompt", "thinking", "generating")
ENDPOINT: Final = "/api/chat"
_POLL_LOADED_S: Final = 0.25


class Chatting:
    """Tells its phases in order, each once, and thinking, text and calls of tools as they come."""

    def __init__(
        self,
        connection: Connection,
        request: ChatRequest,
        on_sending: Callable[[Outgoing], Awaitable[None]],
        emit: Callable[[ChatPart], None],
    ) -> None:
        self._connection = connection
        self._request = request
        self._on_sending = on_sending
        self._emit = emit
        self._reached = -1

    def connecting(self) -> None:
        self._reach("connecting")

    async def run(self, version: str, digest: str) -> None:
        async def before_sending(body: str) -> None:
            loaded = asyncio.create_task(self._is_loaded())  # while the disk is waited for
            try:
                await told(body)
                self._reach("processing prompt" if await loaded else "loading")
            finally:
                loaded.cancel()
                await asyncio.gather(loaded, return_exceptions=True)

        async def told(body: str) -> None:
            await self._on_sending(
                Outgoing(
                    endpoint=f"{self._connection.address}{ENDPOINT}",
                    body=body,
                    model=self._request.model,
                    digest=digest,
                    server_version=version,
                )
            )

        watcher = asyncio.create_task(self._watch_loading())
        try:
            end = await self._stream(chat_body(self._request, version), before_sending)
        finally:
            watcher.cancel()
            await asyncio.wait({watcher})
        if self._is_beyond(end):
            loaded = await self._loaded() or {}
            end = replace(end, window=loaded.get("context_length"))
        self._emit(end)  # only now: whoever stops listening at the end leaves nothing open

    async def _stream(self, body: dict[str, Any], before_sending: Callable[[str], Awaitable[None]]) -> ChatDone:
        async with self._connection.stream(ENDPOINT, body, before_sending) as chunks:
            async for line in lines(chunks, ChatLine):
                self._reach("processing prompt")
                if line.message is not None:
                    self._tell(line.message)
                if line.done:
                    return line.end()
        raise ModelError("The model server ended its answer without saying that it is done.")

    def _is_beyond(self, end: ChatDone) -> bool:
        """Whether there was more than the window that was asked for, which a server may round up."""
        room = self._request.options.get("num_ctx")
        return isinstance(room, int) and (end.prompt_tokens or 0) + (end.tokens or 0) > room

    def _tell(self, message: Message) -> None:
        if message.thinking:
            self._reach("thinking")
            self._emit(ThinkingArrived(message.thinking))
        if message.content:
            self._reach("generating")
            self._emit(TextArrived(message.content))
        for call in message.tool_calls or ():
            self._reach("generating")
            self._emit(call.part())

    def _reach(self, phase: str) -> None:
        number = PHASES.index(phase)
        if number > self._reached:
            self._reached = number
            self._emit(PhaseChanged(phase))

    async def _watch_loading(self) -> None:
        """The answer begins only after the prompt was read, so another question tells when loading ended."""
        try:
            while self._reached < PHASES.index("processing prompt"):
                await asyncio.sleep(_POLL_LOADED_S)
                if self._reached == PHASES.index("loading") and await self._is_loaded():
                    self._reach("processing prompt")
        except ModelError:
            return  # the chat itself will tell

    async def _is_loaded(self) -> bool:
        return await self._loaded() is not None

    async def _loaded(self) -> Mapping[str, Any] | None:
        """What the server tells of the model while it is in memory."""
        models = catalogue.entries(await self._connection.get_json("/api/ps"))
        return catalogue.find(models, self._request.model)
