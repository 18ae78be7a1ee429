"""Measures of turns and branches; what nothing tells stays unknown."""

from __future__ import annotations

from typing import Any

import pytest
from fakes.turns import ANSWERED, ASKED, CALLED, REQUESTED, posted, turns_of

from app.domain.compare.comparison import Cell
from app.domain.compare.metrics import METRICS, TurnMetrics, measured, overall
from app.domain.compare.statistics import Summary, summary
from app.domain.compare.telling import branch_value, metric_text, turn_facts, turn_problems

MS = 1_000_000
DURATIONS = {
    "total_duration": 900 * MS, "load_duration": 100 * MS, "prompt_eval_duration": 50 * MS, "eval_duration": 500 * MS,
}  # fmt: skip


def completed(**told: Any) -> tuple[str, dict[str, Any]]:
    return "generation.completed", {"request_id": "e2", **told}


def test_a_recorded_turn_has_a_length_and_nothing_that_was_never_counted() -> None:
    (turn,) = turns_of(ASKED, CALLED, posted("a", "assistant", "Yes, 24 hours."))

    found = measured(turn)

    assert found == TurnMetrics(characters=14, words=3, tool_calls=1)


def test_a_turn_without_an_answer_has_no_length() -> None:
    (turn,) = turns_of(ASKED)

    found = measured(turn)

    assert (found.characters, found.words, found.similarity, found.rating) == (None,) * 4
    assert (found.tool_calls, found.failed) == (0, 0)


def test_chinese_words_are_characters() -> None:
    (turn,) = turns_of(posted("a", "assistant", "你好,世界。"))

    assert measured(turn).words == 4


def test_a_run_is_measured_by_what_the_server_told() -> None:
    (turn,) = turns_of(
        ASKED, REQUESTED, ANSWERED,
        completed(tokens=50, prompt_tokens=200, durations=DURATIONS, truncated=True, done_reason="length"),
    )  # fmt: skip

    found = measured(turn, ratings=[4, 5], checks=[True, False], similarity=0.5)

    assert (found.prompt_tokens, found.tokens, found.tokens_per_second) == (200, 50, 100.0)
    assert (found.first_token_ms, found.latency_ms) == (150.0, 900.0)
    assert (found.truncated, found.cut_short) == (True, True)
    assert (found.checks_passed, found.checks, found.similarity, found.rating) == (1, 2, 0.5, 4.5)
    assert list(turn_facts(found, baseline=False)) == [
        "prompt tokens 200", "answer tokens 50", "tokens a second 100.0", "time to first token 150 ms",
        "latency 900 ms", "characters 4", "words 1",
        "1 of 2 checks passed", "similarity to baseline 0.50", "rating 4.50",
    ]  # fmt: skip
    assert [told.partition(":")[0] for told in turn_problems(Cell(turn, found))] == [
        "prompt truncated by the server", "answer cut short",
    ]  # fmt: skip


def test_what_the_client_saw_comes_before_what_the_server_says() -> None:
    (turn,) = turns_of(
        ASKED, REQUESTED, ANSWERED, completed(durations=DURATIONS, first_token_s=0.2, tokens_per_second=33.0)
    )

    found = measured(turn)

    assert (found.first_token_ms, found.tokens_per_second) == (200.0, 33.0)
    assert found.latency_ms == 2_000.0


def test_part_of_a_sum_is_no_sum() -> None:
    (turn,) = turns_of(
        ASKED,
        ("generation.requested", {"model": "m"}),
        completed(tokens=5),
        ("generation.requested", {"model": "m"}),
        ("generation.completed", {"request_id": "e4"}),
    )

    assert measured(turn).tokens is None
    assert measured(turn).latency_ms == 2_000.0


def test_a_branch_sums_what_is_known_and_says_how_much_that_is() -> None:
    turns = [
        TurnMetrics(tokens=10, generating_s=0.5, tokens_per_second=20, characters=4, similarity=1.0),
        TurnMetrics(tokens=30, generating_s=0.5, tokens_per_second=60, characters=6, similarity=0.5, rating=2),
        TurnMetrics(characters=5, checks=2, checks_passed=1),
        TurnMetrics(),
    ]

    found = overall(turns)

    assert (found.turns, found.answers, found.checks) == (4, 3, 2)
    assert (found.values["tokens"], found.values["tokens_per_second"]) == (40, 40.0)
    assert found.values["characters"] == 15
    assert (found.values["similarity"], found.values["rating"]) == (0.75, 2)
    assert (found.values["latency_ms"], found.values["truncated"]) == (None, None)
    assert found.values["tool_calls"] == 0
    assert found.summaries["tokens"] == Summary(2, 4, 40, 20, 20, 10, 30)
    told = {metric.name: branch_value(metric, found) for metric in METRICS}
    assert told["tokens"] == "40 (2 of 3)"
    assert told["characters"] == "15"
    assert told["checks_passed"] == "1 of 2"
    assert told["latency_ms"] == "–"


def test_nothing_is_known_of_nothing() -> None:
    assert summary([None, None]) == Summary(0, 2)
    assert overall([]).values["tokens"] is None


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [("latency_ms", 1_234.5, "1.23 s"), ("latency_ms", 42.2, "42 ms"), ("tokens", 12_345, "12,345"),
     ("similarity", 0.125, "0.12"), ("tokens_per_second", 99.96, "100.0"), ("rating", None, "–")],
)  # fmt: skip
def test_a_value_is_read_with_its_unit(name: str, value: float | None, text: str) -> None:
    (metric,) = (one for one in METRICS if one.name == name)

    assert metric_text(metric, value) == text
