"""Messages, slots, tool calls and status, one event at a time."""

from typing import Any

import pytest
from fakes.making import event, events

from app.domain.fold.fold import fold_all
from app.domain.fold.state_json import full_json


def state_after(*kinds: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    return full_json(fold_all(events(*kinds)))


POSTED = ("conversation.message-posted", {"message_id": "m1", "role": "user", "text": "Hello"})


def test_a_message_is_listed_with_its_position() -> None:
    (message,) = state_after(("session.started", {}), POSTED)["conversation"]["messages"]

    assert message["id"] == "m1"
    assert (message["role"], message["text"], message["position"]) == ("user", "Hello", 2)
    assert message["time"] == "1970-01-01T00:00:02Z"
    assert not message["edited"]
    assert not message["retracted"]


def test_an_edit_replaces_the_text_and_says_so() -> None:
    state = state_after(POSTED, ("conversation.message-edited", {"message_id": "m1", "text": "Bye"}))

    assert [(one["text"], one["edited"]) for one in state["conversation"]["messages"]] == [("Bye", True)]


def test_a_retracted_message_stays_listed() -> None:
    state = state_after(POSTED, ("conversation.message-retracted", {"message_id": "m1"}))

    assert [one["retracted"] for one in state["conversation"]["messages"]] == [True]


def test_editing_what_is_not_there_is_a_problem() -> None:
    state = state_after(POSTED, ("conversation.message-edited", {"message_id": "m9", "text": "x"}))

    assert state["problems"] == [
        {"position": 2, "event": "e2", "type": "conversation.message-edited", "reason": "there is no message m9"}
    ]
    assert state["conversation"]["messages"][0]["text"] == "Hello"


def test_slots_change_by_deltas() -> None:
    state = state_after(
        ("conversation.slots-changed", {"service": "Restaurants_1", "set": {"city": ["San Jose"], "time": ["6 pm"]}}),
        ("conversation.slots-changed", {"service": "Restaurants_1", "set": {"time": ["7 pm"]}, "unset": ["city"]}),
        ("conversation.slots-changed", {"service": "Hotels_1", "set": {}, "intent": "Reserve", "requested": ["price"]}),
    )["conversation"]

    assert state["slots"] == {"Restaurants_1": {"time": ["7 pm"]}, "Hotels_1": {}}
    assert state["intents"] == {"Hotels_1": "Reserve"}
    assert state["requested"] == {"Hotels_1": ["price"]}


def test_a_call_is_open_until_it_returns() -> None:
    call = ("conversation.tool-called", {"call_id": "c1", "name": "find", "arguments": {"q": 1}})
    back = ("conversation.tool-returned", {"call_id": "c1", "result": [1, 2]})

    asked, answered = state_after(call)["conversation"], state_after(call, back)["conversation"]

    assert asked["open_calls"] == [{"call_id": "c1", "name": "find", "position": 1}]
    assert answered["open_calls"] == []
    assert answered["calls"][0]["result"] == [1, 2]


def test_an_answer_to_no_call_is_a_problem() -> None:
    assert (
        state_after(("conversation.tool-returned", {"call_id": "c1"}))["problems"][0]["reason"]
        == "there is no open call c1"
    )


@pytest.mark.parametrize(
    ("kind", "status"),
    [("session.started", "open"), ("session.closed", "closed"), ("session.handed-over", "handed over")],
)
def test_status_follows_the_session(kind: str, status: str) -> None:
    assert state_after((kind, {}))["conversation"]["status"] == status


def test_instructions_and_classification_are_the_latest() -> None:
    state = state_after(
        ("conversation.instructions-changed", {"text": "Be brief."}),
        ("conversation.instructions-changed", {"text": "Be kind."}),
        ("conversation.question-classified", {"label": "refund"}),
    )["conversation"]

    assert state["instructions"] == "Be kind."
    assert state["classification"] == {"label": "refund"}


def test_feedback_and_forms_are_kept() -> None:
    state = state_after(
        ("conversation.feedback-given", {"rating": 1, "text": "slow"}),
        ("conversation.form-submitted", {"form": "address", "fields": {"city": "Graz"}}),
    )["conversation"]

    assert [(one["rating"], one["position"]) for one in state["feedback"]] == [(1, 1)]
    assert state["forms"] == {"address": {"city": "Graz"}}


def test_a_run_ends_as_its_last_event_says() -> None:
    request = event(1, "generation.requested", {"model": "tiny"}, actor="system")
    done = event(2, "generation.completed", {"request_id": "e1", "tokens": 12}, actor="system")

    running = full_json(fold_all([request]))["generation"]["runs"]
    ended = full_json(fold_all([request, done]))["generation"]["runs"]

    assert [(one["status"], one["model"], one["tokens"]) for one in running] == [("running", "tiny", None)]
    assert [(one["status"], one["tokens"]) for one in ended] == [("completed", 12)]


def test_unknown_types_change_nothing_and_are_no_problem() -> None:
    state = state_after(("star.user-instructed", {"text": "[instruction 1 of 2]"}), POSTED)

    assert state["problems"] == []
    assert len(state["conversation"]["messages"]) == 1
