"""Estimates from what was measured."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.lab.pace import RECENT, Pace, Speeds, Waiting
from app.domain.lab.summary import SummaryRow, total


def wait(model: str, answers: int | None, **known: Any) -> Waiting:
    return Waiting(model=model, answers=answers, **known)


def test_nothing_is_estimated_before_anything_was_measured() -> None:
    pace = Pace()

    assert pace.remaining_s([wait("a", 1)]) is None
    assert pace.tokens_per_second("a") is None


def test_the_rest_takes_as_long_as_its_answers_did() -> None:
    pace = Pace()
    pace.answered(wait("a", 1), 2.0, 100, 1.0)
    pace.answered(wait("a", 1), 4.0, 50, 2.0)
    pace.answered(wait("b", 1), 10.0, None, None)

    assert pace.tokens_per_second("a") == 50
    assert pace.remaining_s([wait("a", 2), wait("b", 1), wait("a", None)]) == pytest.approx(3 * 2 + 10 + 3)
    assert pace.remaining_s([wait("new", 3)]) == pytest.approx(3 * (2 + 4 + 10) / 3)


def test_trials_whose_turns_nobody_counted_are_taken_for_usual() -> None:
    pace = Pace()
    pace.answered(wait("a", 1), 1.0, 10, 1.0)
    pace.finished(4)
    pace.finished(2)

    assert pace.remaining_s([wait("a", None), wait("a", 1)]) == pytest.approx(4)


SLOW = Speeds(reading=100, writing=10, answer=50)


def test_earlier_speeds_serve_until_a_model_has_answered() -> None:
    pace = Pace({"a": SLOW})

    assert pace.remaining_s([wait("a", 2, prompt_tokens=200)]) == pytest.approx(2 * (2 + 5))
    assert pace.remaining_s([wait("a", 1, prompt_tokens=200, most_tokens=20)]) == pytest.approx(2 + 2)
    assert pace.remaining_s([wait("a", 1)]) is None
    assert pace.remaining_s([wait("a", 1, prompt_tokens=200), wait("new", 1)]) == pytest.approx(14)
    pace.answered(wait("a", 1), 1.0, 10, 0.5)
    assert pace.remaining_s([wait("a", 2, prompt_tokens=200)]) == pytest.approx(2)


def test_how_far_earlier_speeds_lead_astray_is_learned() -> None:
    pace = Pace({"a": SLOW})

    pace.answered(wait("a", 1, prompt_tokens=200), 21.0, 10, 0.5)

    assert pace.remaining_s([wait("a", 1, prompt_tokens=200)]) == pytest.approx(21)
    assert pace.remaining_s([wait("a", 1, prompt_tokens=900)]) == pytest.approx(3 * (9 + 5))


def test_answers_are_expected_as_long_as_those_that_were_asked_for_likewise() -> None:
    pace = Pace()

    pace.answered(wait("a", 1, recipe="letter"), 9.0, 10, 0.5)
    pace.answered(wait("a", 1, recipe="five words"), 1.0, 10, 0.5)

    assert pace.remaining_s([wait("a", 2, recipe="letter")]) == pytest.approx(18)
    assert pace.remaining_s([wait("a", 2, recipe="five words")]) == pytest.approx(2)
    assert pace.remaining_s([wait("a", 2, recipe="kind")]) == pytest.approx(10)


def test_nothing_to_wait_for_takes_no_time() -> None:
    assert Pace().remaining_s([]) == 0


def test_only_the_latest_answers_count() -> None:
    pace = Pace()
    for _ in range(RECENT):
        pace.answered(wait("a", 1), 100.0, 1, 1.0)
    for _ in range(RECENT):
        pace.answered(wait("a", 1), 1.0, 10, 1.0)

    assert pace.remaining_s([wait("a", 1)]) == pytest.approx(1)
    assert pace.tokens_per_second("a") == pytest.approx(10)


def test_a_table_is_summed_up() -> None:
    rows = [
        SummaryRow(session="a", title="A", branch="r", outcome="completed", answers=3, passed=4, failed=2, changed=3),
        SummaryRow(session="b", title="B", branch="r", outcome="failed", reason="gone", skipped=1),
    ]

    assert total(rows) == {
        "trials": 2, "completed": 1, "answers": 3, "passed": 4, "failed": 2, "skipped": 1, "changed": 3,
    }  # fmt: skip
    assert rows[1].to_json()["reason"] == "gone"
