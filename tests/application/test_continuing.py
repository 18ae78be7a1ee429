"""What a continuation records, in which order, however it ends."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest
from fakes.fixed_clock import FixedClock
from fakes.making import message, new_event, said
from fakes.memory_derived_cache import MemoryDerivedCache
from fakes.memory_event_store import MemoryEventStore
from fakes.sequential_ids import SequentialIds

from app.application.continuing import ContinueRequest, ContinueUpdate, Continuing
from app.application.ports import (
    ChatDone,
    ChatPart,
    ChatRequest,
    ModelInfo,
    Outgoing,
    PhaseChanged,
    SessionDraft,
    TextArrived,
)
from app.application.time_machine import TimeMachine
from app.domain.errors import BadInput, ModelError, WrongPosition
from app.domain.sessions import SessionHeader

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

DONE = ChatDone(done_reason="stop", prompt_tokens=40, tokens=2, durations={"total_duration": 5})


class ScriptedModel:
    """A model that says what it is told to; an exception in the script is raised, ``None`` waits for ever."""

    def __init__(self, *script: ChatPart | Exception | None) -> None:
        self.script, self.requests = script, [ChatRequest(model="none", messages=())]
        self.waiting = asyncio.Event()

    @property
    def address(self) -> str:
        return "http://127.0.0.1:1"

    async def version(self) -> str:
        return "1.2.3"

    async def models(self) -> tuple[ModelInfo, ...]:
        return (
            ModelInfo(name="tiny", digest="d1", size=1, local=True, capabilities=("completion",), context_length=8192),
        )

    async def chat(
        self, request: ChatRequest, on_sending: Callable[[Outgoing], Awaitable[None]]
    ) -> AsyncIterator[ChatPart]:
        self.requests.append(request)
        body = json.dumps(
            {"model": request.model, "messages": list(request.messages), "options": dict(request.options)}
        )
        await on_sending(
            Outgoing(endpoint="/api/chat", body=body, model=request.model, digest="d1", server_version="1.2.3")
        )
        for part in self.script:
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

    def __init__(self, *script: ChatPart | Exception | None) -> None:
        clock, ids = FixedClock(), SequentialIds()
        self.store = MemoryEventStore(clock=clock)
        header = SessionHeader(id="s", title="s", source="urn:test", subject="customer 7")
        told = [new_event(0, "conversation.instructions-changed", {"text": "Be brief."}), *said(["Hello", "Hi"])]
        self.store.store_session(SessionDraft(header=header, events=[("main", one) for one in told]))
        self.main = self.store.branches("s")[0].id
        self.branch = self.store.fork(self.main, 3, branch_id="b", name="b").id
        self.model = ScriptedModel(*script)
        machine = TimeMachine(self.store, MemoryDerivedCache())
        self.continuing = Continuing(self.store, machine, self.model, clock, ids)
        self.updates: list[ContinueUpdate] = []

    def request(self, **wish: Any) -> ContinueRequest:
        return ContinueRequest(branch=self.branch, **wish)

    def recorded(self) -> list[Any]:
        return list(self.store.read(self.branch, 4, 99))


def test_events_come_in_the_order_of_the_design() -> None:
    scene = Scene(PhaseChanged("generating"), TextArrived("Good "), TextArrived("day."), DONE)

    result = asyncio.run(scene.continuing.run(scene.request(say="And now?"), scene.updates.append))

    asked, requested, answered, completed = scene.recorded()
    assert [one.type for one in (asked, requested, answered, completed)] == [
        "conversation.message-posted",
        "generation.requested",
        "conversation.message-posted",
        "generation.completed",
    ]
    assert (asked.data["role"], asked.data["text"], asked.actor) == ("user", "And now?", "user")
    assert requested.causation_id == asked.id
    assert answered.causation_id == completed.causation_id == requested.id
    assert (answered.data["text"], answered.data["generated_by"]["model"]) == ("Good day.", "tiny")
    assert completed.data["message_id"] == answered.data["message_id"]
    assert {one.subject for one in scene.recorded()} == {"customer 7"}
    assert (result.position, result.text, result.done_reason, result.truncated) == (7, "Good day.", "stop", False)
    assert scene.updates[-1].phase == "done"


def test_what_was_sent_is_kept_byte_for_byte_with_digest_and_version() -> None:
    scene = Scene(TextArrived("x"), DONE)

    asyncio.run(scene.continuing.run(scene.request(say="Hm?", options={"seed": 7}), scene.updates.append))

    sent = scene.recorded()[1].data
    assert json.loads(sent["body"]) == sent["request"]
    assert (sent["digest"], sent["server_version"], sent["endpoint"]) == ("d1", "1.2.3", "/api/chat")
    assert sent["request"]["messages"] == [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "Hello"},
        {"role": "assistant", "content": "Hi"},
        {"role": "user", "content": "Hm?"},
    ]
    assert sent["request"]["options"]["seed"] == 7
    assert sent["request"]["options"]["num_ctx"] >= 1024


def test_new_instructions_are_an_event_and_reach_the_model() -> None:
    scene = Scene(TextArrived("x"), DONE)

    asyncio.run(scene.continuing.run(scene.request(instructions="Shout."), scene.updates.append))

    assert scene.recorded()[0].type == "conversation.instructions-changed"
    assert scene.model.requests[-1].messages[0] == {"role": "system", "content": "Shout."}


def test_cancelling_keeps_the_partial_text_as_an_event() -> None:
    scene = Scene(TextArrived("Half an ans"), None)

    async def cancelled_midway() -> None:
        run = asyncio.create_task(scene.continuing.run(scene.request(say="?"), scene.updates.append))
        await scene.model.waiting.wait()
        run.cancel()
        with pytest.raises(asyncio.CancelledError):
            await run

    asyncio.run(cancelled_midway())

    assert [one.type for one in scene.recorded()][-1] == "generation.cancelled"
    assert scene.recorded()[-1].data["text"] == "Half an ans"
    assert scene.updates[-1].phase == "cancelled"


def test_a_vanished_server_leaves_its_reason_and_the_partial_text() -> None:
    scene = Scene(TextArrived("Half"), ModelError("the server went away"))

    with pytest.raises(ModelError, match="went away"):
        asyncio.run(scene.continuing.run(scene.request(say="?"), scene.updates.append))

    last = scene.recorded()[-1]
    assert (last.type, last.data["text"], last.data["reason"]) == ("generation.failed", "Half", "the server went away")


def test_a_branch_that_grew_meanwhile_gets_nothing_and_nothing_is_sent() -> None:
    scene = Scene(TextArrived("x"), DONE)

    async def raced() -> None:
        original = scene.continuing._messages

        def late(*arguments: Any) -> Any:
            found = original(*arguments)
            scene.store.append(scene.branch, [message(50, "me first")], expected=3)
            return found

        scene.continuing._messages = late  # type: ignore[method-assign]
        await scene.continuing.run(scene.request(say="?"), scene.updates.append)

    with pytest.raises(WrongPosition):
        asyncio.run(raced())
    assert [one.data.get("text") for one in scene.recorded()] == ["me first"]


def test_the_parent_is_not_touched() -> None:
    scene = Scene(TextArrived("x"), DONE)
    before = scene.store.read(scene.main, 1, 99)

    asyncio.run(scene.continuing.run(scene.request(say="?"), scene.updates.append))

    assert scene.store.read(scene.main, 1, 99) == before


def test_an_unknown_model_is_refused_with_the_names_there_are() -> None:
    scene = Scene(DONE)

    with pytest.raises(ModelError, match=r"no model 'huge'.*tiny"):
        asyncio.run(scene.continuing.run(scene.request(model="huge"), scene.updates.append))
    assert scene.recorded() == []


def test_nothing_to_answer_is_said_before_anything_is_sent() -> None:
    scene = Scene(DONE)
    empty = scene.store.fork(scene.main, 0, branch_id="e", name="e").id

    with pytest.raises(BadInput, match="say something first"):
        asyncio.run(scene.continuing.run(ContinueRequest(branch=empty), scene.updates.append))


def test_notes_are_recorded_beside_what_a_continuation_says_anyway() -> None:
    scene = Scene(TextArrived("x"), DONE)
    wish = scene.request(
        say="?",
        request_notes={"instructions": {"name": "kind", "version": 2}, "model": "not this one"},
        answer_notes={"rerun_of": {"position": 3}, "text": "nor this"},
    )

    asyncio.run(scene.continuing.run(wish, scene.updates.append))

    _, requested, answered, _ = scene.recorded()
    assert (requested.data["instructions"], requested.data["model"]) == ({"name": "kind", "version": 2}, "tiny")
    assert (answered.data["rerun_of"], answered.data["text"]) == ({"position": 3}, "x")
