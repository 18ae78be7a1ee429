"""What a continuation records, in which order, however it ends."""

from __future__ import annotations

import asyncio
import json

import pytest
from fakes.continuing_scene import DONE, Scene
from fakes.making import message
from fakes.memory_derived_cache import MemoryDerivedCache

from app.application.continuing import ContinueRequest
from app.application.ports import PhaseChanged, TextArrived
from app.application.time_machine import TimeMachine
from app.domain.errors import BadInput, ModelError, WrongPosition


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
    assert scene.updates[-1].recorded


def test_a_vanished_server_leaves_its_reason_and_the_partial_text() -> None:
    scene = Scene(TextArrived("Half"), ModelError("the server went away"))

    with pytest.raises(ModelError, match="went away"):
        asyncio.run(scene.continuing.run(scene.request(say="?"), scene.updates.append))

    last = scene.recorded()[-1]
    assert (last.type, last.data["text"], last.data["reason"]) == ("generation.failed", "Half", "the server went away")


def test_a_branch_that_grew_meanwhile_gets_nothing_and_nothing_is_sent() -> None:
    scene = Scene(TextArrived("x"), DONE)

    scene.model.before_sending = lambda: scene.store.append(scene.branch, [message(50, "me first")], expected=3)

    with pytest.raises(WrongPosition):
        scene.run(say="?")
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


def test_what_is_typed_for_the_customer_is_told_apart_from_what_they_said() -> None:
    scene = Scene(TextArrived("Good day."), DONE)
    asyncio.run(scene.continuing.run(scene.request(say="And now?"), scene.updates.append))

    machine = TimeMachine(scene.store, MemoryDerivedCache())
    head = scene.store.branch(scene.branch).head
    entries = machine.entries(scene.branch, 1, 50, head)

    typed = [one.text for one in entries if one.kind == "message" and one.said_here]
    assert typed == ["And now?"]
