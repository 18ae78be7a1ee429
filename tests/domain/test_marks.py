"""Marks tell which event another one stands for, and are no part of what it says."""

from __future__ import annotations

from typing import Any

import pytest
from fakes.making import events

from app.domain.fold.fold import fold_all
from app.domain.fold.state_json import full_json
from app.domain.marks import REPLACES, content, origin, replaced_position
from app.domain.reapplying import REAPPLIES

MARK = {"branch": "s/main", "position": 14, "event": "e14"}


@pytest.mark.parametrize("kind", [REPLACES, REAPPLIES])
@pytest.mark.parametrize(
    ("event_type", "data"),
    [
        ("conversation.question-classified", {"topic": "refund"}),
        ("conversation.feedback-given", {"rating": 2}),
        ("recommendation.strategy-changed", {"name": "popular"}),
        ("generation.strategy-changed", {"name": "short"}),
        ("resource.created", {"id": "1", "name": "a"}),
    ],
)
def test_a_mark_does_not_get_into_the_state(kind: str, event_type: str, data: dict[str, Any]) -> None:
    plain, marked = (full_json(fold_all(events((event_type, one)))) for one in (data, {**data, kind: MARK}))

    assert marked == plain


def test_a_member_of_that_name_without_a_position_is_the_producers_own() -> None:
    data = {"name": "popular", "replaces": "random"}

    assert content(data) is not data
    assert content(data) == data
    assert full_json(fold_all(events(("recommendation.strategy-changed", data))))["recommendation"]["strategy"] == data
    assert replaced_position(data) is None


def test_data_without_marks_is_not_copied() -> None:
    data = {"name": "popular"}

    assert content(data) is data


def test_a_changed_message_and_a_changed_result_say_what_they_stand_for() -> None:
    said = {"message_id": "m1", "role": "user", "text": "Hi", REPLACES: MARK}
    called = {"call_id": "c1", "name": "find", REAPPLIES: {**MARK, "position": 7}}
    returned = {"call_id": "c1", "result": 1, REPLACES: {**MARK, "position": 8}}

    state = full_json(
        fold_all(
            events(
                ("conversation.message-posted", said),
                ("conversation.tool-called", called),
                ("conversation.tool-returned", returned),
            )
        )
    )["conversation"]

    assert [(one["replaces"], one["reapplied"]) for one in state["messages"]] == [(14, None)]
    assert [(one["replaces"], one["reapplied"]) for one in state["calls"]] == [(8, 7)]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({REPLACES: MARK, REAPPLIES: MARK}, "changed here, was event 14"),
        ({REAPPLIES: MARK}, "applied again, event 14 of the record"),
        ({"rerun_of": MARK, "generated_by": {"model": "tiny"}}, "asked again, in place of event 14"),
        ({"generated_by": {"model": "tiny"}}, "continued by tiny"),
        ({"generated_by": {"request": "r1"}}, "continued by a model that is not named"),
        ({"strategy": {"recommender": "branchline", "name": "recent"}}, "computed by Branchline (recent)"),
        ({"strategy": {"name": "recent"}, "generated_by": "me"}, ""),
        ({}, ""),
    ],
)
def test_what_was_not_recorded_here_says_what_it_is(data: dict[str, Any], words: str) -> None:
    assert origin(data) == words


def test_what_a_person_typed_for_the_customer_says_so_and_is_otherwise_the_same_content() -> None:
    typed = {"role": "user", "text": "Hi", "said_here": True}

    assert (origin(typed), content(typed)) == ("typed here", {"role": "user", "text": "Hi"})
    assert origin({"said_here": "a producer's own"}) == ""
    assert content({"said_here": "a producer's own"}) == {"said_here": "a producer's own"}
