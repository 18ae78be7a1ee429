"""A model server through Ollama's API: an answer streams in, and what was asked is known byte for byte."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from app.adapters.ollama import catalogue
from app.adapters.ollama.chatting import Chatting
from app.adapters.ollama.wire import PullLine, lines
from app.domain.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping

    from app.adapters.ollama.connection import Connection
    from app.application.ports import ChatPart, ChatRequest, ModelInfo, Outgoing, PullProgress


_FRESH_S: Final = 1.0
_NEVER: Final[tuple[float, str, tuple[Mapping[str, Any], ...]]] = (float("-inf"), "", ())


class OllamaClient:
    """Implements the ports ``ModelClient`` and ``ModelPuller``. Belongs to the loop that first uses it."""

    def __init__(self, host: str) -> None:
        self._host = host
        self._connection: Connection | None = None
        self._asked = _NEVER
        self._shown: dict[tuple[str, str], Mapping[str, Any]] = {}

    @property
    def address(self) -> str:
        return self._host

    async def version(self) -> str:
        answer = await self._connect().get_json("/api/version")
        version = answer.get("version") if isinstance(answer, dict) else None
        if not isinstance(version, str):
            raise ModelError(f"What answers at {self._host} is no Ollama: it tells no version.")
        return version

    async def models(self) -> tuple[ModelInfo, ...]:
        """The server's models; the first is the one to use when none is named."""
        _, tags = await self._ask_server()
        found = [
            catalogue.model_info(entry, await self._show(entry) if catalogue.needs_show(entry) else None)
            for entry in tags
        ]
        return tuple(sorted(found, key=catalogue.preference))

    async def chat(
        self, request: ChatRequest, on_sending: Callable[[Outgoing], Awaitable[None]]
    ) -> AsyncIterator[ChatPart]:
        """Generate. However the iteration ends, the connection is closed when it has ended."""
        parts: asyncio.Queue[ChatPart | None] = asyncio.Queue()
        work = asyncio.create_task(self._chat(request, on_sending, parts.put_nowait))
        work.add_done_callback(lambda _: parts.put_nowait(None))
        try:
            while (part := await parts.get()) is not None:
                yield part
            await work
        finally:
            work.cancel()
            await asyncio.wait({work})
            if not work.cancelled():
                work.exception()  # told by ``await work``, or moot because nobody listens any more

    async def pull(self, name: str, *, allow_remote: bool = False) -> AsyncIterator[PullProgress]:
        """Let the server fetch a model; a server that is no longer listened to stops fetching."""
        if catalogue.is_remote(name) and not allow_remote:
            raise ModelError(f"The model {name} would not run on this machine; nothing was fetched.")
        async with self._connect().stream("/api/pull", {"model": name, "stream": True}) as chunks:
            async for line in lines(chunks, PullLine):
                yield line.progress()
                if line.status == "success":
                    return
        raise ModelError("The model server ended without saying that the model is there.")

    async def close(self) -> None:
        if self._connection is not None:
            await self._connection.close()
            self._connection = None

    async def _chat(
        self,
        request: ChatRequest,
        on_sending: Callable[[Outgoing], Awaitable[None]],
        emit: Callable[[ChatPart], None],
    ) -> None:
        connection = self._connect()
        chatting = Chatting(connection, request, on_sending, emit)
        chatting.connecting()
        version, tags = await self._server()
        digest = await self._permitted(request, tags)
        await chatting.run(version, digest)

    async def _server(self) -> tuple[str, tuple[Mapping[str, Any], ...]]:
        """Version and models, asked for unless that was done a moment ago: who continues has just seen the list."""
        asked_at, version, tags = self._asked
        if asyncio.get_running_loop().time() - asked_at < _FRESH_S:
            return version, tags
        return await self._ask_server()

    async def _ask_server(self) -> tuple[str, tuple[Mapping[str, Any], ...]]:
        self._asked = _NEVER
        version, tags = await _together(self.version(), self._tags())
        self._asked = (asyncio.get_running_loop().time(), version, tags)
        return version, tags

    async def _permitted(self, request: ChatRequest, tags: tuple[Mapping[str, Any], ...]) -> str:
        """The digest of the model asked for, once it is sure that it may be asked."""
        entry = catalogue.find(tags, request.model) or {"name": request.model}
        shown = None
        if request.allow_remote or not catalogue.is_remote(request.model, entry):
            shown = await self._show(entry)
        if not request.allow_remote and catalogue.is_remote(request.model, entry, shown):
            raise ModelError(f"The model {request.model} does not run on this machine; nothing was sent to it.")
        return str(entry.get("digest") or "")

    async def _tags(self) -> tuple[Mapping[str, Any], ...]:
        return catalogue.entries(await self._connect().get_json("/api/tags"))

    async def _show(self, entry: Mapping[str, Any]) -> Mapping[str, Any]:
        """What the server says about a model; asked once for each digest, for a digest fixes all of it."""
        name, digest = catalogue.name_of(entry), str(entry.get("digest") or "")
        if digest and (known := self._shown.get((name, digest))) is not None:
            return known
        shown = await self._connect().post_json("/api/show", {"model": name})
        if not isinstance(shown, dict):
            raise ModelError(f"What the model server says about {name} cannot be read.")
        self._shown[name, digest] = shown
        return shown

    def _connect(self) -> Connection:
        if self._connection is None:
            from app.adapters.ollama.connection import Connection  # noqa: PLC0415 - imports httpx: slow

            self._connection = Connection(self._host)
        return self._connection


async def _together(*questions: Coroutine[Any, Any, Any]) -> list[Any]:
    """Ask at once, so that none waits for another; the first of them that fails, in their order, is what failed."""
    asked = [asyncio.create_task(question) for question in questions]
    try:
        return [await one for one in asked]
    finally:
        for one in asked:
            one.cancel()
        await asyncio.gather(*asked, return_exceptions=True)
