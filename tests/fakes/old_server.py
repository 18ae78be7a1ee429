"""A model client like an Ollama that cuts silently: it drops the oldest messages and counts what is left, exactly."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from app.application.ports import ChatDone, ModelInfo, Outgoing, TextArrived
from app.domain.errors import PromptTooLong
from app.domain.server_versions import counts_cached, refuses_to_cut

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence

    from app.application.ports import ChatPart, ChatRequest

PER_MESSAGE = 4
OPENING = 2


class CountingServer:
    """One token a word. Refuses where its version can and it is told to; else cuts as Ollama does.

    Attributes:
        warm: the part of a prompt that the last one began with as well is in the cache; old versions leave it out.
        cuts: for every answer, whether it was given to a cut prompt.
    """

    def __init__(self, version: str, *, warm: bool) -> None:
        self.server_version, self.warm = version, warm
        self.cuts: list[bool] = []
        self._last: list[Any] = []

    @property
    def address(self) -> str:
        return "http://old"

    async def version(self) -> str:
        return self.server_version

    async def models(self) -> tuple[ModelInfo, ...]:
        return (ModelInfo(name="o", digest="d", size=1, local=True, capabilities=(), context_length=100_000),)

    async def chat(
        self, request: ChatRequest, on_sending: Callable[[Outgoing], Awaitable[None]]
    ) -> AsyncIterator[ChatPart]:
        body = json.dumps({"messages": list(request.messages), "options": dict(request.options)})
        await on_sending(Outgoing(endpoint="e", body=body, model="o", digest="d", server_version=self.server_version))
        room = int(request.options["num_ctx"])
        kept = list(request.messages)
        if _size(kept) > room and refuses_to_cut(self.server_version) and not request.may_cut:
            raise PromptTooLong("too long", _size(kept), room)
        while _size(kept) > room and len(kept) > 1:
            kept.pop(next(i for i, one in enumerate(kept) if one["role"] != "system"))
        self.cuts.append(len(kept) < len(request.messages))
        yield TextArrived("yes")
        counted = self._counted(kept)
        yield ChatDone(done_reason="stop", prompt_tokens=counted, tokens=0, durations={})

    def _counted(self, kept: Sequence[Mapping[str, Any]]) -> int | None:
        shared = 0
        for before, now in zip(self._last, kept, strict=False):
            if before != now:
                break
            shared += _size([now]) - OPENING
        self._last = list(kept)
        left_out = shared if self.warm and not counts_cached(self.server_version) else 0
        return _size(kept) - left_out or None

    async def close(self) -> None: ...


def _size(messages: Sequence[Mapping[str, Any]]) -> int:
    return OPENING + sum(PER_MESSAGE + len(str(one["content"]).split()) for one in messages)


def size_of(texts: Sequence[str]) -> int:
    return _size([{"content": text} for text in texts])
