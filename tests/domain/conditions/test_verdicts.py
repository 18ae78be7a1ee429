"""A verdict on a stretch is what evaluation says everywhere in it, and is given where it can be."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.conditions import parse, test_of, verdict_of
from app.domain.ranges import UNSETTLED, Counted, Range

EXPRESSIONS = (
    "recommendation.interests.a > 1", "recommendation.interests.a >= 1", "recommendation.interests.a < 1",
    "recommendation.interests.a <= 1", "recommendation.interests.a == 1", "recommendation.interests.a != 1",
    "recommendation.interests.a > recommendation.interests.b",
    "recommendation.interests.a + recommendation.interests.b - 1 > 2",
    "recommendation.interests.a - len(conversation.messages) < -2",
    "-recommendation.interests.a < -1", "recommendation.interests.a", "not recommendation.interests.b",
    "recommendation.interests.a == null", "recommendation.interests.b != null", "recommendation.interests.a < null",
    "recommendation.interests.a in recommendation.seen", "recommendation.interests.a not in recommendation.seen",
    "recommendation.interests.a in recommendation.interests.b", "'x' not in recommendation.interests.a",
    "recommendation.interests.a == 'x'", "recommendation.interests.a < 'x'", "'x' != recommendation.interests.a",
    "lower(recommendation.interests.a) == null", "len(recommendation.interests.a) == null",
    "recommendation.interests.a.deeper == null",
    "len(conversation.messages) > 2 and recommendation.interests.a > 1",
    "len(conversation.messages) > 2 or not (recommendation.interests.a > 1)",
    "'a' in recommendation.interests", "'b' in recommendation.interests", "'b' not in recommendation.interests",
    "(recommendation.interests.a > 1) == (len(conversation.messages) > 2)",
    "(recommendation.interests.a == recommendation.interests.c) == null",
    "len(conversation.messages) == 3 and conversation.status == 'open'",
)  # fmt: skip
_numbers = st.sampled_from((-2.0, -1.0, -0.5, 0.5, 1, 1.0, 1.5, 2, 3.0))


def state(a: Any, b: Any, messages: Any) -> dict[str, Any]:
    interests = {"a": a, "b": b}
    return {
        "conversation": {"messages": messages, "status": "open"},
        "recommendation": {"interests": {key: value for key, value in interests.items() if value is not None},
                           "seen": [1, 2.0]},
    }  # fmt: skip


@pytest.mark.parametrize("text", EXPRESSIONS)
@given(
    st.lists(_numbers, min_size=1, max_size=3), st.lists(_numbers | st.none(), min_size=1, max_size=3),
    st.lists(st.integers(0, 4), min_size=1, max_size=3),
)  # fmt: skip
def test_a_verdict_holds_at_every_point(text: str, a: list[Any], b: list[Any], counts: list[int]) -> None:
    second = UNSETTLED if None in b else Range(min(b), max(b))
    stretch = state(Range(min(a), max(a)), second, Counted(min(counts), max(counts)))

    verdict = verdict_of(parse(text))(stretch)

    if verdict is not None:
        test = test_of(parse(text))
        assert {test(state(one, two, [{}] * count)) for one in a for two in b for count in counts} == {verdict}


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("recommendation.interests.a > 1", True),
        ("recommendation.interests.a < 1", False),
        ("recommendation.interests.a > 2.5", None),
        ("recommendation.interests.a + 1 > 2.5 and len(conversation.messages) > 1", True),
        ("recommendation.interests.a > 2.5 and len(conversation.messages) > 9", False),
        ("recommendation.interests.a > 2.5 or len(conversation.messages) > 1", True),
        ("recommendation.interests.b > 2", None),
        ("recommendation.interests.a != null and conversation.status == 'open'", True),
    ],
)
def test_what_bounds_decide_is_decided(text: str, verdict: bool | None) -> None:
    assert verdict_of(parse(text))(state(Range(2.0, 3.0), UNSETTLED, Counted(2, 3))) is verdict
