"""A session, a branch of it, and a model that says what a test tells it to; for tests of continuing."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from fakes.fixed_clock import FixedClock
from fakes.making import new_event, said
from fakes.memory_derived_cache import MemoryDerivedCache
from fakes.memory_event_store import MemoryEventStore
from fakes.sequential_ids import SequentialIds

from app.adapters.checks.schemas import SchemaChecker
from app.application.continuing import ContinueRequest, ContinueResult, ContinueUpdate, Continuing
from app.application.ports import ChatDone, ChatPart, ChatRequest, ModelInfo, Outgoing, SessionDraft
from app.application.time_machine import TimeMachine
from app.domain.sessions import SessionHeader

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

    from app.domain.events import NewEvent


DONE = ChatDone(done_reason="stop", prompt_tokens=40, tokens=2, durations={"total_duration": 5})


class ScriptedModel:
    """A model that says what it is told to; an exception in the script is raised, ``None`` waits for ever.

    Attributes:
        script: what it says to every request; ``scripts``: to the first, the second …, and then ``script``.
        requests: what it was asked, after a first one that was never made.
        before_sending: called when everything is decided and nothing was recorded.
    """

    def __init__(self, *script: ChatPart | Exception | None) -> None:
        self.script, self.requests = script, [ChatRequest(model="none", messages=())]
        self.scripts: list[tuple[ChatPart | Exception | None, ...]] = []
        self.server_version = "1.2.3"
        self.capabilities = ("completion", "tools", "thinking", "vision")
        self.before_sending: Callable[[], object] = bool
        self.waiting = asyncio.Event()

    @property
    def address(self) -> str:
        return "http://127.0.0.1:1"

    async def version(self) -> str:
        return self.server_version

    async def models(self) -> tuple[ModelInfo, ...]:
        return (
            ModelInfo(
                name="tiny", digest="d1", size=1, local=True, capabilities=self.capabilities, context_length=8192
            ),
        )

    async def chat(
        self, request: ChatRequest, on_sending: Callable[[Outgoing], Awaitable[None]]
    ) -> AsyncIterator[ChatPart]:
        self.requests.append(request)
        script = self.scripts.pop(0) if self.scripts else self.script
        body = {"model": request.model, "messages": list(request.messages), "options": dict(request.options)}
        asked = {"tools": list(request.tools) or None, "format": request.format, "think": request.think}
        body |= {name: value for name, value in asked.items() if value is not None}
        self.before_sending()
        await on_sending(
            Outgoing(
                endpoint="/api/chat",
                body=json.dumps(body, separators=(",", ":")),
                model=request.model,
                digest="d1",
                server_version=self.server_version,
            )
        )
        for part in script:
            if isinstance(part, Exception):
                raise part
            if part is None:
                self.waiting.set()
                await asyncio.Event().wait()
            else:
                yield part

    async def close(self) -> None:
        pass


class Scene:
    """A session of two messages, a branch of it, and a model."""

    def __init__(
        self, *script: ChatPart | Exception | None, told: Sequence[NewEvent] = (), fork: int | None = None
    ) -> None:
        self.clock, ids = FixedClock(), SequentialIds()
        self.store = MemoryEventStore(clock=self.clock)
        header = SessionHeader(id="s", title="s", source="urn:test", subject="customer 7")
        told = told or [
            new_event(0, "conversation.instructions-changed", {"text": "Be brief."}),
            *said(["Hello", "Hi"]),
        ]
        self.store.store_session(SessionDraft(header=header, events=[("main", one) for one in told]))
        self.main = self.store.branches("s")[0].id
        self.fork = len(told) if fork is None else fork
        self.branch = self.store.fork(self.main, self.fork, branch_id="b", name="b").id
        self.model = ScriptedModel(*script)
        self.machine = TimeMachine(self.store, MemoryDerivedCache())
        self.continuing = Continuing(self.store, self.machine, self.model, self.clock, ids, checker=SchemaChecker())
        self.updates: list[ContinueUpdate] = []

    def request(self, **wish: Any) -> ContinueRequest:
        return ContinueRequest(branch=self.branch, **wish)

    def recorded(self) -> list[Any]:
        """What came to the branch since it was made."""
        return list(self.store.read(self.branch, self.fork + 1, 999))

    def types(self) -> list[str]:
        return [one.type.removeprefix("conversation.").removeprefix("generation.") for one in self.recorded()]

    def run(self, **wish: Any) -> ContinueResult:
        return asyncio.run(self.continuing.run(self.request(**wish), self.updates.append))
