"""Estimates of a prompt's length: never surer than what is known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.context_meter import Anchor, Calibration, calibrated, estimated
from app.domain.prompt import PromptMessage
from app.domain.rough_tokens import PER_MESSAGE, rough_message_tokens, rough_tokens

ENGLISH = "I am looking for a restaurant in San Jose, something with pizza and outdoor seating."


def messages(*texts: str) -> list[PromptMessage]:
    roles = ["system", *["user", "assistant"] * len(texts)]
    return [
        PromptMessage({"role": role, "content": text}, f"m{i}")
        for i, (role, text) in enumerate(zip(roles, texts, strict=False))
    ]


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("", 0, 0),
        (ENGLISH, 15, 20),
        (" " * 400, 1, 10),
        ("word " * 500, 500, 500),
        ("2026-11-25 14:03", 12, 16),
        ("我想在圣何塞找一家餐厅", 11, 11),
        ("getOrderDetailsById", 3, 6),
    ],
)
def test_a_text_has_about_so_many_tokens(text: str, least: int, most: int) -> None:
    assert least <= rough_tokens(text) <= most


@given(st.text(), st.text())
def test_more_text_is_never_fewer_tokens(one: str, other: str) -> None:
    assert rough_tokens(f"{one}\n{other}") >= max(rough_tokens(one), rough_tokens(other)) - 1


def test_calls_count_too() -> None:
    call = {"role": "assistant", "content": "", "tool_calls": [{"function": {"name": "f", "arguments": {"id": 1}}}]}

    assert rough_message_tokens(call) > PER_MESSAGE + 8


@given(st.lists(st.tuples(st.integers(1, 9_999), st.integers(1, 9_999)), min_size=1, max_size=20))
def test_a_calibration_holds_all_that_it_was_made_of(runs: list[tuple[int, int]]) -> None:
    found = calibrated(runs)

    assert found.runs == len(runs)
    assert found.low <= found.ratio <= found.high
    assert all(found.low * rough <= counted <= found.high * rough for rough, counted in runs)


def test_without_runs_much_is_allowed_for() -> None:
    guess = estimated(messages(ENGLISH, ENGLISH), num_ctx=200)

    assert guess.low < guess.tokens < guess.high
    assert (guess.runs, guess.verdict) == (0, "fits")


def test_what_was_counted_before_is_certain_and_only_the_rest_is_estimated() -> None:
    long = messages(*[ENGLISH * 20] * 8)

    anchored = estimated(long, num_ctx=4_000, anchor=Anchor(7, 2_345))

    assert anchored.counted == 2_345
    assert 2_345 < anchored.low < anchored.tokens < anchored.high < 2_345 + 2.3 * rough_tokens(ENGLISH * 20)


@pytest.mark.parametrize(("num_ctx", "verdict"), [(3_000, "fits"), (1_000, "uncertain"), (400, "too long")])
def test_a_verdict_says_when_it_cannot_know(num_ctx: int, verdict: str) -> None:
    thousand = messages(*["word " * 244] * 4)

    assert estimated(thousand, num_ctx=num_ctx).verdict == verdict


def test_the_oldest_would_be_dropped_but_no_instructions_and_never_the_last() -> None:
    told = messages("word " * 50, "word " * 95, "word " * 95, "word " * 95, "word " * 95)
    exactly = Calibration(ratio=1.0, low=1.0, high=1.0, runs=9)

    assert estimated(told, num_ctx=460, calibration=exactly).dropped == ()
    assert estimated(told, num_ctx=450, calibration=exactly).dropped == ("m1",)
    assert estimated(told, num_ctx=300, calibration=exactly).dropped == ("m1", "m2")
    assert estimated(told, num_ctx=10, calibration=exactly).dropped == ("m1", "m2", "m3")
