"""A model that calls tools gets recorded, typed or stub results, and every step is an event with its cause."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from fakes.continuing_scene import DONE, Scene
from fakes.making import message, new_event

from app.application.ports import TextArrived, ThinkingArrived, ToolCallArrived
from app.application.tool_answers import ToolAnswer, ToolAnswers, ToolQuestion
from app.domain.errors import BadInput, ModelError

if TYPE_CHECKING:
    from app.domain.events import NewEvent

TOOLS = ({"type": "function", "function": {"name": "find_order", "parameters": {"type": "object"}}},)


def call(**arguments: Any) -> ToolCallArrived:
    return ToolCallArrived(call_id="", name="find_order", arguments=arguments)


def recorded_call(number: int, result: Any, **arguments: Any) -> list[NewEvent]:
    called = {"call_id": f"c{number}", "name": "find_order", "arguments": arguments}
    returned = {"call_id": f"c{number}", "result": result}
    return [
        new_event(2 * number, "conversation.tool-called", called, actor="assistant"),
        new_event(2 * number + 1, "conversation.tool-returned", returned, actor="tool"),
    ]


def asking(scene: Scene, *rounds: list[Any]) -> Scene:
    """A scene whose model calls tools round by round and then answers."""
    scene.model.scripts = [(*calls, DONE) for calls in rounds]
    scene.model.script = (TextArrived("It is on its way."), DONE)
    return scene


def returned(scene: Scene) -> list[Any]:
    return [one.data for one in scene.recorded() if one.type == "conversation.tool-returned"]


def test_the_conversation_knows_that_a_result_was_made_up() -> None:
    scene = asking(Scene(), [call(id=1)])

    scene.run(say="Where is it?", tools=TOOLS, tool_answers=ToolAnswers(policy="stub", stub={"state": "sent"}))

    head = scene.store.branch(scene.branch).head
    entries = scene.machine.entries(scene.branch, 1, 99, head)
    assert [one.answered_by for one in entries if one.kind == "call"] == ["stub"]


def test_every_step_is_an_event_with_its_cause() -> None:
    scene = asking(Scene(), [TextArrived("Let me look."), call(id=1)])

    result = scene.run(say="Where is it?", tools=TOOLS, tool_answers=ToolAnswers(policy="stub", stub={"state": "sent"}))

    events = scene.recorded()
    assert scene.types() == [
        "message-posted", "requested", "message-posted", "tool-called", "completed", "tool-returned",
        "requested", "message-posted", "completed",
    ]  # fmt: skip
    said, first, looked, called, completed, answer, second, last, end = events
    assert [one.causation_id for one in events[1:]] == [
        said.id, first.id, first.id, first.id, called.id, answer.id, second.id, second.id,
    ]  # fmt: skip
    assert len({one.correlation_id for one in events}) == 1
    assert (called.actor, answer.actor, called.data["arguments"]) == ("assistant", "tool", {"id": 1})
    assert answer.data["source"] == "stub"
    assert (first.data["round"], second.data["round"]) == (1, 2)
    assert completed.data["tool_calls"] == [called.data["call_id"]]
    assert (looked.data["text"], last.data["text"], end.data["message_id"]) == (
        "Let me look.", "It is on its way.", last.data["message_id"],
    )  # fmt: skip
    assert (result.text, result.tool_calls) == ("It is on its way.", 1)


def test_the_model_is_asked_again_with_the_call_and_its_result() -> None:
    scene = asking(Scene(), [call(id=1)])

    scene.run(say="?", tools=TOOLS, tool_answers=ToolAnswers(policy="stub", stub={"state": "sent"}))

    *_, asked, result = scene.model.requests[-1].messages
    assert asked["tool_calls"] == [{"function": {"name": "find_order", "arguments": {"id": 1}}}]
    assert result == {"role": "tool", "content": '{"state": "sent"}', "tool_name": "find_order"}
    assert scene.model.requests[-1].tools == TOOLS


def test_thinking_goes_along_between_calls_only_when_that_is_asked() -> None:
    for wish, sent in (({}, None), ({"with_thinking": True}, "Which order?")):
        scene = asking(Scene(), [ThinkingArrived("Which order?"), call(id=1)])

        scene.run(say="?", tools=TOOLS, tool_answers=ToolAnswers(policy="stub"), **wish)

        assert scene.model.requests[-1].messages[-2].get("thinking") == sent
        called = next(one for one in scene.recorded() if one.type == "conversation.tool-called")
        assert called.data["thinking"] == "Which order?"


def test_the_result_recorded_for_the_same_call_is_used_again() -> None:
    told = [message(1, "Hi"), *recorded_call(5, "lost", id=1), *recorded_call(6, "found", id=2)]
    scene = asking(Scene(told=told), [call(id=2.0)])

    scene.run(say="?", tools=TOOLS)

    (result,) = returned(scene)
    assert (result["result"], result["source"], result["recorded"]["position"]) == ("found", "recorded", 4)


def test_what_followed_on_the_parent_is_taken_in_its_order() -> None:
    told = [
        message(1, "Hi"),
        *recorded_call(5, "old", id=1),
        *recorded_call(6, "new", id=1),
        *recorded_call(7, "x", id=1),
    ]
    scene = asking(Scene(told=told, fork=3), [call(id=1)], [call(id=1)], [call(id=1)])

    scene.run(say="?", tools=TOOLS)

    assert [one["result"] for one in returned(scene)] == ["new", "x", "x"]


def test_another_branch_of_the_session_may_have_the_result() -> None:
    scene = asking(Scene(), [call(id=3)])
    scene.store.fork(scene.main, 0, branch_id="c", name="c")
    scene.store.append("c", recorded_call(8, "elsewhere", id=3), expected=0)

    scene.run(say="?", tools=TOOLS)

    assert returned(scene)[0]["recorded"]["branch"] == "c"


def test_an_error_that_was_recorded_stays_one() -> None:
    told = [message(1, "Hi"), *recorded_call(5, "down", id=1)]
    told[-1] = new_event(9, "conversation.tool-returned", {"call_id": "c5", "result": "down", "error": True})
    scene = asking(Scene(told=told), [call(id=1)])

    scene.run(say="?", tools=TOOLS)

    assert returned(scene)[0]["error"] is True


def test_a_person_is_asked_for_what_was_never_recorded() -> None:
    questions: list[ToolQuestion] = []

    async def ask(question: ToolQuestion) -> ToolAnswer:
        questions.append(question)
        return ToolAnswer(result={"state": "typed"})

    scene = asking(Scene(), [call(id=9)])

    scene.run(say="?", tools=TOOLS, tool_answers=ToolAnswers(otherwise="ask", ask=ask))

    assert [(one.name, one.arguments) for one in questions] == [("find_order", {"id": 9})]
    assert (returned(scene)[0]["source"], returned(scene)[0]["result"]) == ("typed", {"state": "typed"})
    assert "calling tool" in {update.phase for update in scene.updates}


def test_stopping_while_somebody_is_asked_leaves_no_call_open() -> None:
    async def stopped() -> None:
        waiting = asyncio.Event()

        async def ask(_: ToolQuestion) -> ToolAnswer:
            waiting.set()
            return await asyncio.get_running_loop().create_future()

        wish = scene.request(say="?", tools=TOOLS, tool_answers=ToolAnswers(policy="ask", ask=ask))
        run = asyncio.create_task(scene.continuing.run(wish, scene.updates.append))
        await waiting.wait()
        run.cancel()
        with pytest.raises(asyncio.CancelledError):
            await run

    scene = asking(Scene(), [call(id=1), call(id=2)])
    asyncio.run(stopped())

    assert [(one["source"], one["error"]) for one in returned(scene)] == [("none", True)] * 2
    head = scene.store.branch(scene.branch).head
    assert scene.machine.bounded(scene.branch, head).conversation.open_calls == {}


def test_a_model_that_calls_without_end_is_stopped() -> None:
    scene = Scene(call(id=1), DONE)

    with pytest.raises(ModelError, match="more than 3 tools"):
        scene.run(say="?", tools=TOOLS, tool_answers=ToolAnswers(policy="stub", most_calls=3))

    assert scene.types().count("requested") == 4
    assert returned(scene)[-1]["source"] == "none"


@pytest.mark.parametrize("wish", [{"policy": "run"}, {"policy": "ask"}, {"otherwise": "ask"}, {"most_calls": 0}])
def test_a_policy_that_makes_no_sense_is_refused(wish: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        ToolAnswers(**wish)


def test_a_model_that_cannot_call_tools_is_not_asked() -> None:
    scene = Scene(DONE)
    scene.model.capabilities = ("completion",)

    with pytest.raises(ModelError, match="tiny cannot call tools; it can: completion"):
        scene.run(say="?", tools=TOOLS)
    assert scene.recorded() == []
