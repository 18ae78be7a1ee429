"""A recorded session in memory, a model that answers by number, and the lab over both."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from fakes.fixed_clock import FixedClock
from fakes.making import event, message, new_event
from fakes.memory_derived_cache import MemoryDerivedCache
from fakes.memory_event_store import MemoryEventStore
from fakes.sequential_ids import SequentialIds

from app.adapters.checks.late import LateChecks
from app.application.branch_labels import BranchLabels
from app.application.branching import Branching
from app.application.continuing import Continuing
from app.application.forking import Forking
from app.application.lab import Lab
from app.application.ports import ChatDone, ModelInfo, Outgoing, PhaseChanged, SessionDraft, TextArrived
from app.application.time_machine import TimeMachine
from app.domain.errors import ModelError
from app.domain.lab.recipe import Recipe
from app.domain.sessions import SessionHeader

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

    from app.application.ports import ChatPart, ChatRequest
    from app.application.rerunning import TrialResult
    from app.application.variants import Wish
    from app.domain.events import NewEvent
    from app.domain.lab.trials import Trial

__all__ = ["TINY", "CountingModel", "LabScene", "event", "recorded_session"]

TINY = Recipe(model="tiny")


class CountingModel:
    """Answers ``answer 1``, ``answer 2`` …

    Attributes:
        requests: all that was asked.
        fails_on: numbers of requests that fail after half a word.
        stalls_on: numbers of requests that never end; ``stalled`` is set once one hangs.
    """

    def __init__(self, *, names: tuple[str, ...] = ("tiny", "small")) -> None:
        self.requests: list[ChatRequest] = []
        self.fails_on: set[int] = set()
        self.stalls_on: set[int] = set()
        self.stalled: asyncio.Event | None = None
        self.answer = "answer"
        self.durations = {"total_duration": 1_000_000}
        self._names = names

    @property
    def address(self) -> str:
        return "http://fake"

    async def version(self) -> str:
        return "1.2.3"

    async def models(self) -> tuple[ModelInfo, ...]:
        return tuple(
            ModelInfo(name=name, digest=f"d-{name}", size=1, local=True, capabilities=(), context_length=8192)
            for name in self._names
        )

    async def chat(
        self, request: ChatRequest, on_sending: Callable[[Outgoing], Awaitable[None]]
    ) -> AsyncIterator[ChatPart]:
        import json

        self.requests.append(request)
        number = len(self.requests)
        sent = {"messages": [dict(one) for one in request.messages], "options": dict(request.options)}
        body = json.dumps({**sent, **({"tools": list(request.tools)} if request.tools else {})})
        await on_sending(
            Outgoing(endpoint="/api/chat", body=body, model=request.model, digest="d", server_version="1.2.3")
        )
        yield PhaseChanged("generating")
        if number in self.fails_on:
            yield TextArrived("ans")
            raise ModelError("the model fell over")
        if number in self.stalls_on:
            yield TextArrived("ans")
            if self.stalled is not None:
                self.stalled.set()
            await asyncio.Event().wait()
        yield TextArrived(f"{self.answer} ")
        yield TextArrived(str(number))
        yield ChatDone(done_reason="stop", prompt_tokens=9, tokens=2, durations=self.durations)

    async def close(self) -> None:
        pass


def recorded_session() -> list[NewEvent]:
    """Three turns: 1 instructions, 2 to 4 the first, 5 to 10 the second with all that may lie between, 11 the third."""
    call = {"call_id": "c1", "name": "find", "arguments": {"q": "table"}}
    return [
        new_event(1, "conversation.instructions-changed", {"text": "Be brief."}, actor="system"),
        message(2, "Hi"),
        message(3, "Hello, how can I help?", "assistant"),
        new_event(4, "behaviour.item-viewed", {"item": "B07"}),
        message(5, "A table, please"),
        new_event(6, "conversation.slots-changed", {"service": "r", "set": {"what": "table"}}),
        new_event(7, "conversation.tool-called", call, actor="assistant"),
        new_event(8, "conversation.tool-returned", {"call_id": "c1", "result": "one left"}, actor="tool",
                  causation_id="n7"),
        message(9, "One is left.", "assistant"),
        new_event(10, "conversation.feedback-given", {"rating": 1}),
        message(11, "Thanks"),
    ]  # fmt: skip


class LabScene:
    """A store with the session ``s`` (its main branch is ``main``), and everything of the lab over it."""

    def __init__(self, told: Sequence[NewEvent] | None = None, model: CountingModel | None = None) -> None:
        self.clock, self.ids = FixedClock(step=1_000), SequentialIds()
        self.store = MemoryEventStore(clock=self.clock)
        self.main = self.add("s", recorded_session() if told is None else told)
        self.machine = TimeMachine(self.store, MemoryDerivedCache())
        self.forking = Forking(self.store, self.machine)
        self.labels = BranchLabels(self.store, self.clock, self.ids)
        self.branching = Branching(self.store, self.clock, self.ids, self.forking, self.labels)
        checks = LateChecks()
        self.lab = Lab.over(
            self.store, self.machine, self.forking, self.branching, self.clock, self.ids, checks, checks
        )
        self.model = model or CountingModel()
        self.continuing = Continuing(self.store, self.machine, self.model, self.clock, self.ids)
        self.rerunning = self.lab.rerunning(self.continuing, self.model)
        self.series = self.lab.series(self.continuing, self.model)

    def add(self, session: str, told: Sequence[NewEvent]) -> str:
        """Another session; returns the id of its main branch."""
        header = SessionHeader(id=session, title=f"session {session}", source="urn:test", subject="customer 7")
        self.store.store_session(SessionDraft(header=header, events=[("main", one) for one in told]))
        return self.store.branches(session)[0].id

    def trial(self, at: int = 1, recipe: Recipe = TINY, wish: Wish | None = None) -> Trial:
        (made,) = self.lab.plans.plan(self.main, at, [recipe], *([wish] if wish else []))
        return made

    def run(self, trial: Trial) -> TrialResult:
        return asyncio.run(self.rerunning.run(trial, lambda update: None))

    def own(self, branch: str) -> list[Any]:
        """A branch's own events."""
        found = self.store.branch(branch)
        return list(self.store.read(branch, found.fork_position + 1, found.head))
