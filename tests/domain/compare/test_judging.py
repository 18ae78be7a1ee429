"""Judgements of answers, and what they come to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.compare.judging import Judgement, Tally, latest, sign_test, standings, tallies


def judged(one: int, other: int, winner: str | None) -> Judgement:
    return Judgement({"a": one, "b": other}, winner)


def test_the_last_judgement_of_the_same_answers_counts() -> None:
    assert latest([judged(1, 2, "a"), judged(3, 4, None), judged(1, 2, "b")]) == (
        judged(1, 2, "b"),
        judged(3, 4, None),
    )


def test_a_tally_counts_wins_losses_and_ties_of_every_two_branches() -> None:
    made = [judged(1, 2, "a"), judged(3, 4, "a"), judged(5, 6, "b"), judged(7, 8, None)]

    (found,) = tallies(made, ["a", "b", "c"])

    assert (found.one, found.other) == ("a", "b")
    assert (found.wins_one, found.wins_other, found.ties) == (2, 1, 1)


def test_the_branch_that_was_liked_best_of_all_stands_first() -> None:
    found = standings([Tally("a", "b", 1, 2, 0), Tally("a", "c", 0, 1, 1), Tally("b", "c", 2, 0, 0)])

    assert [(one.branch, one.better, one.worse, one.ties) for one in found] == [
        ("b", 4, 1, 0),
        ("c", 1, 2, 1),
        ("a", 1, 3, 1),
    ]
    assert found[0].share == pytest.approx(0.8)
    assert found[0].p_value == sign_test(4, 1)


@pytest.mark.parametrize(
    ("wins", "losses", "expected"), [(0, 0, 1.0), (1, 1, 1.0), (5, 0, 0.0625), (6, 0, 0.03125), (9, 1, 22 / 1024)]
)
def test_the_sign_test_is_the_exact_binomial_one(wins: int, losses: int, expected: float) -> None:
    assert sign_test(wins, losses) == pytest.approx(expected)


@given(st.integers(0, 60), st.integers(0, 60))
def test_the_sign_test_has_no_favourite(wins: int, losses: int) -> None:
    assert sign_test(wins, losses) == sign_test(losses, wins)
    assert 0 < sign_test(wins, losses) <= 1
