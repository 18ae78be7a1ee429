"""What a run had written when it ended early: an entry of its own, and a message once a person says so."""

from __future__ import annotations

import asyncio

import pytest
from fakes.continuing_scene import DONE, Scene
from fakes.fixed_clock import FixedClock
from fakes.making import message
from fakes.sequential_ids import SequentialIds

from app.application.branching import Branching
from app.application.forking import Forking
from app.application.keeping import Keeping
from app.application.ports import ChatPart, TextArrived
from app.domain.errors import BadInput, ModelError, NotFound
from app.domain.fold.fold import fold_all
from app.domain.fold.state_json import full_json
from app.domain.fold.versions import FOLDS, fold_of
from app.domain.transcript import Entry

WENT = ModelError("the server went away")


def broken_off(*script: ChatPart | Exception | None) -> Scene:
    scene = Scene(*script)
    with pytest.raises(ModelError):
        scene.run(say="?")
    return scene


def keeping(scene: Scene) -> Keeping:
    ids, clock = SequentialIds("kept"), FixedClock()
    forking = Forking(scene.store, scene.machine)
    return Keeping(scene.store, scene.machine, clock, ids, forking, Branching(scene.store, clock, ids, forking))


def entries(scene: Scene, branch: str) -> tuple[Entry, ...]:
    return scene.machine.entries(branch, 1, 99, scene.store.branch(branch).head)


def test_what_broke_off_is_an_entry_but_no_message_and_goes_to_no_model() -> None:
    scene = broken_off(TextArrived("Half an ans"), WENT)
    scene.model.script = (TextArrived("x"), DONE)

    partial = entries(scene, scene.branch)[-1]
    state = scene.machine.state(scene.branch, scene.store.branch(scene.branch).head)
    scene.run()

    assert (partial.kind, partial.text, partial.model, partial.error) == ("partial", "Half an ans", "tiny", True)
    assert (partial.reason, partial.accepted) == ("the server went away", None)
    assert [one["text"] for one in state["conversation"]["messages"]] == ["Hello", "Hi", "?"]
    assert state["generation"]["runs"][0]["partial_text"] == "Half an ans"
    assert [one["content"] for one in scene.model.requests[-1].messages] == ["Be brief.", "Hello", "Hi", "?"]


def test_a_run_that_wrote_nothing_leaves_no_entry() -> None:
    scene = broken_off(WENT)

    assert [one.kind for one in entries(scene, scene.branch)] == ["message"] * 3
    with pytest.raises(NotFound, match="no message yet"):
        keeping(scene).keep(scene.branch)


def test_it_becomes_a_message_where_the_run_ended_and_the_next_request_has_it() -> None:
    scene = broken_off(TextArrived("Half an ans"), WENT)
    scene.model.script = (TextArrived("x"), DONE)

    kept = keeping(scene).keep(scene.branch)
    scene.run(say="Go on")

    ended, made = scene.recorded()[2:4]
    assert (kept.branch.id, kept.position, kept.made_of) == (scene.branch, made.position, ended.position)
    assert (made.data["text"], made.data["partial"], made.data["role"]) == ("Half an ans", True, "assistant")
    assert made.data["generated_by"] == {"model": "tiny", "request": ended.data["request_id"]}
    assert (made.causation_id, made.actor) == (ended.id, "assistant")
    assert scene.model.requests[-1].messages[-2] == {"role": "assistant", "content": "Half an ans"}
    partial, message = entries(scene, scene.branch)[3:5]
    assert (partial.kind, partial.accepted, message.kind, message.partial) == ("partial", 7, "message", True)


def test_where_the_branch_has_gone_on_it_starts_a_branch_of_its_own() -> None:
    scene = broken_off(TextArrived("Half"), WENT)
    ended = scene.store.branch(scene.branch).head
    scene.store.append(scene.branch, [message(70, "never mind")], expected=ended)

    kept = keeping(scene).keep(scene.branch, ended, "the half")

    assert (kept.branch.name, kept.branch.fork_position, kept.position) == ("the half", ended, ended + 1)
    assert scene.store.branch(scene.branch).head == ended + 1
    assert entries(scene, scene.branch)[3].accepted is None


def test_it_becomes_a_message_once_only() -> None:
    scene = broken_off(TextArrived("Half"), WENT)
    keep = keeping(scene).keep
    at = keep(scene.branch).made_of

    with pytest.raises(BadInput, match="is a message already: event 7"):
        keep(scene.branch, at)
    with pytest.raises(NotFound):
        keep(scene.branch)


def test_other_events_are_refused() -> None:
    scene = broken_off(TextArrived("Half"), WENT)

    with pytest.raises(BadInput, match="event 2 is no run"):
        keeping(scene).keep(scene.branch, 2)


def test_a_stopped_run_is_kept_like_a_failed_one() -> None:
    scene = Scene(TextArrived("Half"), None)

    async def stopped() -> None:
        run = asyncio.create_task(scene.continuing.run(scene.request(say="?"), scene.updates.append))
        await scene.model.waiting.wait()
        run.cancel()
        await asyncio.wait({run})

    asyncio.run(stopped())

    assert not entries(scene, scene.branch)[-1].error
    assert keeping(scene).keep(scene.branch).text == "Half"


def test_the_time_machine_agrees_with_the_full_fold_and_the_first_fold_is_still_there() -> None:
    scene = broken_off(TextArrived("Half"), WENT)
    keeping(scene).keep(scene.branch)
    events = scene.store.read(scene.branch, 1, 99)

    full = fold_all(events)
    first = FOLDS[1]
    old = type(full)()
    found = [change for one in events for change in first.advance(old.bounded, one, old.find)]

    assert full_json(full) == scene.machine.state(scene.branch, len(events))
    assert [one.ord for one in found if one.list == "transcript"] == [1, 2, 3, 4]
    assert (old.bounded.conversation.entries, full.bounded.conversation.entries) == (4, 5)
    assert fold_of(1).version == 1
