"""When a condition holds."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.conditions import parse, test_of
from app.domain.fold.growing import Growing

STATE = {
    "conversation": {
        "messages": [{"text": "Hello"}, {"text": "I want a refund", "edited": True}],
        "slots": {"Restaurants_1": {"city": ["San Jose"], "seats": [4]}},
        "status": "open",
        "instructions": None,
    },
    "recommendation": {"shown": [{"item": "B07", "score": 0.5}, {"item": "B08"}], "purchased": {"B07": 2}, "seen": []},
}


@pytest.mark.parametrize(
    "text",
    [
        'recommendation.shown[0].item == "B07"',
        "len(conversation.messages) > 1",
        '"refund" in conversation.messages[-1].text',
        "'B08' in recommendation.shown[*].item",
        "conversation.slots['Restaurants_1'].city[0] == 'San Jose'",
        "conversation.slots.Restaurants_1.seats[0] == 4.0",
        "lower(conversation.slots.Restaurants_1.city[0]) == 'san jose'",
        "conversation.messages[1].edited",
        "not conversation.messages[0].edited",
        "conversation.messages[9].text == null",
        "conversation.instructions == null",
        "conversation.status != null",
        "'Restaurants_1' in conversation.slots",
        "recommendation.purchased.B07 - 1 == 1",
        "-recommendation.purchased.B07 < 0 and 1 <= 1 and 2 >= 1",
        "'x' not in recommendation.seen",
        "not recommendation.seen or false",
        "'abc' < 'abd'",
        "null == null",
    ],
)
def test_these_hold(text: str) -> None:
    assert test_of(parse(text))(STATE)


@pytest.mark.parametrize(
    "text",
    [
        "conversation.messages[9].text == 'Hello'",
        "conversation.messages[9].text != 'Hello'",
        "conversation.messages[9].text == conversation.messages[8].text",
        "conversation.messages[9].text < 1",
        "'a' in conversation.messages[9].text",
        "'a' not in conversation.messages[9].text",
        "conversation.instructions < null",
        "conversation.messages[1].edited == 1",
        "conversation.status == 1",
        "conversation.status < 5",
        "'B07' in recommendation.shown",
        "1 in conversation.status",
        "len(conversation.messages[9]) >= 0",
        "recommendation.shown[1].score + 1 > 0",
        "recommendation.shown.item == 'B07'",
        "conversation.status[0] == 'o'",
        "recommendation.shown[*].item == 'B07'",
        "1 in 1",
    ],
)
def test_these_do_not(text: str) -> None:
    assert not test_of(parse(text))(STATE)


@given(st.integers(0, 5))
def test_a_list_that_is_built_when_looked_at_is_a_list(count: int) -> None:
    growing = Growing(count, lambda index: {"text": f"m{index}"})
    plain = json.loads(json.dumps(list(growing)))
    for text in (
        "len(conversation.messages) == 3",
        "conversation.messages[-1].text == 'm3'",
        "not conversation.messages",
    ):
        test = test_of(parse(text))
        assert test({"conversation": {"messages": growing}}) == test({"conversation": {"messages": plain}})
