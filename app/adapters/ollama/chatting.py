"""One chat with the server, from the request's body to the last line of the answer."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any, Final

from app.adapters.ollama import catalogue
from app.adapters.ollama.wire import chat_lines
from app.application.ports import Outgoing, PhaseChanged, TextArrived
from app.domain.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from app.adapters.ollama.connection import Connection
    from app.application.ports import ChatDone, ChatPart, ChatRequest

PHASES: Final = ("connecting", "loading", "processing prompt", "generating")
ENDPOINT: Final = "/api/chat"
_KNOWS_TRUNCATE: Final = (0, 12, 6)
_POLL_LOADED_S: Final = 0.25


class Chatting:
    """Tells its phases in order, each once, and the text as it comes."""

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
        is_loaded = await self._is_loaded()

        async def before_sending(body: str) -> None:
            await self._on_sending(
                Outgoing(
                    endpoint=f"{self._connection.address}{ENDPOINT}",
                    body=body,
                    model=self._request.model,
                    digest=digest,
                    server_version=version,
                )
            )
            self._reach("processing prompt" if is_loaded else "loading")

        watcher = asyncio.create_task(self._watch_loading())
        try:
            end = await self._stream(chat_body(self._request, version), before_sending)
        finally:
            watcher.cancel()
            await asyncio.wait({watcher})
        self._emit(end)  # only now: whoever stops listening at the end leaves nothing open

    async def _stream(self, body: dict[str, Any], before_sending: Callable[[str], Awaitable[None]]) -> ChatDone:
        async with self._connection.stream(ENDPOINT, body, before_sending) as chunks:
            async for line in chat_lines(chunks):
                self._reach("processing prompt")
                if line.message is not None and line.message.content:
                    self._reach("generating")
                    self._emit(TextArrived(line.message.content))
                if line.done:
                    return line.end()
        raise ModelError("The model server ended its answer without saying that it is done.")

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
        loaded = catalogue.entries(await self._connection.get_json("/api/ps"))
        return catalogue.find(loaded, self._request.model) is not None


def chat_body(request: ChatRequest, server_version: str) -> dict[str, Any]:
    """What ``/api/chat`` gets. A server that can is told to refuse a prompt that it would have to cut."""
    body: dict[str, Any] = {
        "model": request.model,
        "messages": [dict(message) for message in request.messages],
        "stream": True,
        "options": dict(request.options),
    }
    if request.keep_alive is not None:
        body["keep_alive"] = request.keep_alive
    if _knows_truncate(server_version):
        body["truncate"] = False
    return body


def _knows_truncate(version: str) -> bool:
    """Since 0.12.6; a version that cannot be read is taken for a new one, for unknown fields are ignored."""
    numbers = re.match(r"v?(\d+)\.(\d+)\.(\d+)", version)
    return numbers is None or tuple(map(int, numbers.groups())) >= _KNOWS_TRUNCATE
