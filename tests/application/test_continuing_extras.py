"""Thinking, pictures, forms, contexts, additions and retries: what is sent, what is kept, what is refused."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import re
import threading
from dataclasses import replace
from typing import Any

import pytest
from fakes.continuing_scene import DONE, Scene
from fakes.making import message

from app.application.continue_request import Picture, PromptAddition
from app.application.ports import PhaseChanged, TextArrived, ThinkingArrived
from app.domain.context_choice import ContextChoice
from app.domain.errors import BadInput, ModelError, NotFound, StoreUnusable
from app.domain.sent_body import restored

PICTURE = Picture(content=b"\x89PNG picture", media_type="image/png", name="shirt.png")


def test_thinking_is_kept_apart_and_not_sent_back() -> None:
    scene = Scene(ThinkingArrived("Hm, "), ThinkingArrived("tea."), TextArrived("Tea."), DONE)

    result = scene.run(say="?", think=True)
    scene.run(say="Sure?")

    answer = scene.recorded()[2].data
    assert (answer["text"], answer["thinking"], result.text, result.thinking) == (
        "Tea.",
        "Hm, tea.",
        "Tea.",
        "Hm, tea.",
    )
    assert scene.model.requests[-1].messages[-2] == {"role": "assistant", "content": "Tea."}
    assert "Hm, " in {update.thinking for update in scene.updates}


def test_thinking_goes_back_as_thinking_when_that_is_asked() -> None:
    scene = Scene(ThinkingArrived("Hm."), TextArrived("Tea."), DONE)

    scene.run(say="?")
    scene.run(say="Sure?", with_thinking=True)

    assert scene.model.requests[-1].messages[-2] == {"role": "assistant", "content": "Tea.", "thinking": "Hm."}


def test_a_picture_is_sent_whole_and_kept_once_by_its_address() -> None:
    scene = Scene(TextArrived("A shirt."), DONE)

    scene.run(say="What is it?", pictures=(PICTURE,))
    scene.run(say="And now?")

    said, sent = scene.recorded()[0].data, scene.recorded()[1].data
    coded = base64.b64encode(PICTURE.content).decode()
    (part,) = said["parts"]
    assert scene.model.requests[1].messages[-1]["images"] == [coded]
    assert scene.store.blob(part["blob"]) == (PICTURE.content, "image/png")
    assert sent["request"]["messages"][-1]["images"] == [part["blob"]]
    assert coded not in sent["body"]
    body = restored(sent["body"], sent["attachments"], lambda address: scene.store.blob(address)[0])
    assert hashlib.sha256(body.encode()).hexdigest() == sent["body_sha256"]
    assert json.loads(body)["messages"][-1]["images"] == [coded]
    assert scene.model.requests[2].messages[-3]["images"] == [coded]


def test_a_model_that_cannot_see_gets_no_earlier_picture_and_the_record_says_so() -> None:
    scene = Scene(TextArrived("A shirt."), DONE)
    scene.run(say="What is it?", pictures=(PICTURE,))
    scene.model.capabilities = ("completion",)

    scene.run(say="And now?")

    assert all("images" not in one for one in scene.model.requests[-1].messages)
    (_, _, _, _, _, requested, *_) = scene.recorded()
    assert requested.data["context"]["pictures_left_out"] == 1


def test_a_picture_that_is_not_in_the_store_is_left_out_and_the_record_says_so() -> None:
    told = message(1, "What is it?")
    part = {"type": "image", "blob": f"blake2b-256:{'0' * 64}", "media_type": "image/png"}
    scene = Scene(TextArrived("x"), DONE, told=[replace(told, data={**told.data, "parts": [part]})])

    scene.run(say="And now?")

    assert all("images" not in one for one in scene.model.requests[-1].messages)
    assert scene.recorded()[1].data["context"]["pictures_left_out"] == 1


@pytest.mark.parametrize(
    ("wish", "error", "sentence"),
    [
        ({"pictures": (PICTURE,), "say": "?"}, ModelError, "tiny cannot see pictures"),
        ({"think": "high", "say": "?"}, ModelError, "tiny cannot think first"),
        ({"pictures": (PICTURE,)}, BadInput, "say something too"),
        ({"think": "hard"}, BadInput, "think is true, false or one of low, medium, high, max"),
        ({"format": "yaml"}, BadInput, 'is "json" or a JSON schema'),
        ({"format": {"type": "objekt"}}, BadInput, "no JSON schema"),
        ({"keep_alive": "10 minutes"}, BadInput, "keep_alive is a duration"),
        ({"options": {"top_p": 7}}, BadInput, "top_p must be a number between 0 and 1"),
        ({"context": ContextChoice(kind="picked", keys=("nope",))}, BadInput, "'nope'"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_sent_or_recorded(
    wish: dict[str, Any], error: type[Exception], sentence: str
) -> None:
    scene = Scene(DONE)
    scene.model.capabilities = ("completion",)

    with pytest.raises(error, match=sentence):
        scene.run(**wish)
    assert scene.recorded() == []
    assert len(scene.model.requests) == 1


@pytest.mark.parametrize("keep_alive", ["10m", "1h30m", "-1m", "0", 30, -1])
def test_how_long_a_model_stays_is_a_duration_or_seconds(keep_alive: Any) -> None:
    scene = Scene(TextArrived("x"), DONE)

    scene.run(keep_alive=keep_alive)

    assert scene.model.requests[-1].keep_alive == keep_alive


SCHEMA = {"type": "object", "properties": {"fruit": {"type": "string"}}, "required": ["fruit"]}


@pytest.mark.parametrize(
    ("form", "answer", "fault"),
    [
        ("json", "[1]", None),
        ("json", "Sure: [1]", "the answer is no JSON"),
        (SCHEMA, '{"fruit": "fig"}', None),
        (SCHEMA, '{"fruit": 5}', r"at \$.fruit, 5 is not of type 'string'"),
        ({"$ref": "#/$defs/none"}, "{}", "refers to"),
    ],
)
def test_an_answer_is_held_against_the_form_that_was_asked_for(form: Any, answer: str, fault: str | None) -> None:
    scene = Scene(TextArrived(answer), DONE)

    result = scene.run(format=form)

    completed = scene.recorded()[-1].data
    assert completed["format_followed"] is (fault is None)
    assert completed.get("format_fault") == result.format_fault
    assert re.search(fault or "^None$", str(result.format_fault))


def test_the_chosen_context_goes_along_and_is_recorded() -> None:
    scene = Scene(TextArrived("x"), DONE)

    scene.run(say="Now?", context=ContextChoice(kind="picked", keys=("m2",)))

    assert [one["content"] for one in scene.model.requests[-1].messages] == ["Be brief.", "Hi", "Now?"]
    assert scene.recorded()[1].data["context"] == {"kind": "picked", "keys": ["m2"], "included": 1, "entries": 2}


def test_an_addition_follows_the_instructions_and_is_recorded_with_where_it_came_from() -> None:
    scene = Scene(TextArrived("x"), DONE)

    scene.run(say="?", addition=PromptAddition(text="City: San Jose", notes={"template": "slots", "version": 2}))

    assert scene.model.requests[-1].messages[0]["content"] == "Be brief.\n\nCity: San Jose"
    assert scene.recorded()[1].data["addition"] == {"template": "slots", "version": 2, "text": "City: San Jose"}


def test_notes_go_with_the_customers_message_too() -> None:
    scene = Scene(TextArrived("x"), DONE)

    scene.run(say="?", say_notes={"turn": 4})

    assert scene.recorded()[0].data["turn"] == 4


def test_a_preview_is_what_would_be_sent_and_sends_nothing() -> None:
    scene = Scene(TextArrived("x"), DONE)
    wish = scene.request(say="Now?", options={"seed": 1})

    shown = asyncio.run(scene.continuing.preview(wish))
    scene.run(say="Now?", options={"seed": 1})

    assert shown.chat == scene.model.requests[-1]
    assert shown.estimate.verdict == "fits"
    assert len(scene.model.requests) == 2


def test_a_failed_run_is_tried_again_as_it_was() -> None:
    scene = Scene(TextArrived("Ha"), ModelError("gone"))
    with pytest.raises(ModelError):
        scene.run(say="?", options={"seed": 7}, format="json", think=False, context=ContextChoice(kind="last", turns=1))
    failed = scene.recorded()[1]
    scene.model.script = (TextArrived("[]"), DONE)

    wish = scene.continuing.again(scene.branch)
    asyncio.run(scene.continuing.run(wish, scene.updates.append))

    again = scene.recorded()[3]
    assert (again.type, again.data["retry_of"]) == ("generation.requested", failed.id)
    assert scene.model.requests[-1].options == scene.model.requests[-2].options
    assert (scene.model.requests[-1].format, wish.think, wish.say) == ("json", False, None)
    assert again.data["request"]["messages"] == failed.data["request"]["messages"]


@pytest.mark.parametrize(
    ("context", "then"),
    [
        (ContextChoice(kind="last", turns=1), {"kind": "last", "turns": 2}),
        (ContextChoice(kind="picked", keys=("m2",)), {"kind": "picked", "keys": ("m2", "id-0002")}),
        (ContextChoice(), {}),
    ],
)
def test_what_was_said_then_belongs_to_the_context_now(context: ContextChoice, then: dict[str, Any]) -> None:
    scene = Scene(ModelError("gone"))
    with pytest.raises(ModelError):
        scene.run(say="?", context=context)

    assert scene.continuing.again(scene.branch).context == ContextChoice(**then)


def test_there_must_be_something_to_try_again() -> None:
    scene = Scene(TextArrived("x"), DONE)
    scene.run(say="?")

    with pytest.raises(NotFound, match="nothing to try again"):
        scene.continuing.again(scene.branch)
    with pytest.raises(BadInput, match="is no request"):
        scene.continuing.again(scene.branch, scene.recorded()[0].id)
    with pytest.raises(NotFound, match="no event"):
        scene.continuing.again(scene.branch, "nope")


def test_an_answer_whose_branch_grew_meanwhile_is_kept_but_not_said() -> None:
    scene = Scene(PhaseChanged("generating"), TextArrived("Late."), DONE)

    def updated(update: Any) -> None:
        if update.text == "Late.":
            scene.store.append(scene.branch, [message(50, "me first")], expected=None)
            scene.updates.clear()

    with pytest.raises(Exception, match="ends at position"):
        asyncio.run(scene.continuing.run(scene.request(say="?"), updated))

    assert scene.types() == ["message-posted", "requested", "message-posted", "failed"]
    assert scene.recorded()[-1].data["text"] == "Late."


def test_an_answer_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.application.run_progress.MOST_TEXT", 10)
    scene = Scene(*[TextArrived("more ")] * 5, DONE)

    with pytest.raises(ModelError, match="no end in sight"):
        scene.run(say="?")
    assert scene.recorded()[-1].data["text"] == "more more more "


def test_phases_and_speed_are_told_and_recorded() -> None:
    scene = Scene(PhaseChanged("processing prompt"), TextArrived("a"), TextArrived("b"), TextArrived("c"), DONE)
    scene.clock._step = 100_000

    result = scene.run(say="?")

    completed = scene.recorded()[-1].data
    assert completed["first_token_s"] == result.first_token_s > 0
    assert completed["tokens_per_second"] == result.tokens_per_second == pytest.approx(10)
    assert list(completed["phases_s"]) == ["connecting", "processing prompt"]


def test_a_server_that_stops_in_the_middle_has_failed() -> None:
    scene = Scene(TextArrived("Half"))

    with pytest.raises(ModelError, match="without saying that it is done"):
        scene.run(say="?")
    assert scene.recorded()[-1].data["text"] == "Half"


def test_a_store_that_cannot_be_written_is_said_before_anything_is_sent() -> None:
    scene = Scene(TextArrived("x"), DONE)
    scene.store.read_only = True

    with pytest.raises(StoreUnusable, match="read-only"):
        scene.run(say="?")
    assert len(scene.model.requests) == 1


def test_a_cancel_while_the_request_is_being_recorded_leaves_no_request_without_an_end() -> None:
    scene = Scene(TextArrived("x"), DONE)
    append, running = scene.store.append, threading.Event()
    goes_on = threading.Event()

    def slow(*arguments: Any, **named: Any) -> Any:
        running.set()
        assert goes_on.wait(60)
        return append(*arguments, **named)

    async def cancelled() -> None:
        scene.store.append = slow  # type: ignore[method-assign]
        run = asyncio.create_task(scene.continuing.run(scene.request(say="?"), scene.updates.append))
        await asyncio.to_thread(running.wait, 60)
        run.cancel()
        await asyncio.sleep(0)
        goes_on.set()
        with pytest.raises(asyncio.CancelledError):
            await run

    asyncio.run(cancelled())

    assert scene.types() == ["message-posted", "requested", "cancelled"]
