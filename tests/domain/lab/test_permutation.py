"""The permutation test: its arithmetic against the plain formula, and how often it errs and finds."""

from __future__ import annotations

import math
import random
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.lab.permutation import RANDOM_DEALS, energy, joint_test, permutation_test

if TYPE_CHECKING:
    from collections.abc import Sequence


def table_of(points: Sequence[float]) -> list[list[float]]:
    return [[abs(one - other) for other in points] for one in points]


def plain_energy(points: Sequence[float], size: int) -> float:
    a, b = points[:size], points[size:]

    def mean(first: Sequence[float], second: Sequence[float]) -> float:
        return sum(abs(one - other) for one in first for other in second) / (len(first) * len(second))

    return 2 * mean(a, b) - mean(a, a) - mean(b, b)


POINTS = st.lists(st.integers(0, 20).map(float), min_size=3, max_size=8)


@given(POINTS, st.data())
def test_the_energy_distance_is_the_plain_formula(points: list[float], data: st.DataObject) -> None:
    size = data.draw(st.integers(1, len(points) - 1))

    assert energy(table_of(points), size) == pytest.approx(plain_energy(points, size), abs=1e-9)


@given(POINTS, st.data())
def test_few_deals_are_all_looked_at(points: list[float], data: st.DataObject) -> None:
    size = data.draw(st.integers(1, len(points) - 1))

    found = permutation_test(table_of(points), size)

    seen = plain_energy(points, size)
    deals = [
        plain_energy([points[i] for i in deal] + [points[i] for i in range(len(points)) if i not in deal], size)
        for deal in combinations(range(len(points)), size)
    ]
    assert found.exact
    assert found.deals == len(deals) == math.comb(len(points), size)
    assert found.p_value == pytest.approx(sum(one >= seen - 1e-9 for one in deals) / len(deals))
    assert found.smallest_p <= found.p_value <= 1


@given(POINTS, st.data())
def test_sides_may_be_exchanged(points: list[float], data: st.DataObject) -> None:
    size = data.draw(st.integers(1, len(points) - 1))

    one = permutation_test(table_of(points), size)
    other = permutation_test(table_of(points[size:] + points[:size]), len(points) - size)

    assert one.statistic == pytest.approx(other.statistic, abs=1e-9)
    assert one.p_value == pytest.approx(other.p_value)


def test_many_deals_are_drawn_and_the_same_seed_draws_the_same() -> None:
    chance = random.Random(1)
    points = [chance.gauss(0, 1) for _ in range(10)] + [chance.gauss(0.8, 1) for _ in range(10)]

    found = permutation_test(table_of(points), 10)

    assert not found.exact
    assert found.deals == RANDOM_DEALS + 1
    assert found == permutation_test(table_of(points), 10)
    assert found.p_value == pytest.approx(permutation_test(table_of(points), 10, seed=7).p_value, abs=0.02)


def test_members_that_are_all_the_same_show_no_difference() -> None:
    assert permutation_test(table_of([3.0] * 8), 4).p_value == 1


def test_two_sides_that_never_vary_differ_as_much_as_can_be() -> None:
    found = permutation_test(table_of([0.0] * 5 + [1.0] * 5), 5)

    assert found.p_value == found.smallest_p == 2 / math.comb(10, 5)


def test_one_against_many_cannot_be_surer_than_there_are_many() -> None:
    found = permutation_test(table_of([9.0, *map(float, range(5))]), 1)

    assert found.p_value == found.smallest_p == 1 / 6


def test_an_empty_side_is_refused() -> None:
    for size in (0, 3):
        with pytest.raises(ValueError, match="at least one member"):
            permutation_test(table_of([1.0, 2.0, 3.0]), size)


# --- error rates, with fixed seeds: 400 experiments of 6 against 6


def rate(shift: float, alpha: float, *, turns: int = 1, shifted: int = 1, experiments: int = 400) -> float:
    """Share of experiments that the test calls different; ``shifted`` of the turns differ by ``shift``."""
    called = 0
    for number in range(experiments):
        chance = random.Random(number)
        tables = []
        for turn in range(turns):
            moved = shift if turn < shifted else 0.0
            tables.append(table_of([chance.gauss(0, 1) for _ in range(6)] + [chance.gauss(moved, 1) for _ in range(6)]))
        called += joint_test(tables, 6)[0].p_value <= alpha
    return called / experiments


def most_likely(alpha: float, experiments: int = 400) -> float:
    """What a test at level ``alpha`` exceeds in one of 1,000 such series at most (normal bound on a binomial)."""
    return alpha + 3.1 * math.sqrt(alpha * (1 - alpha) / experiments)


@pytest.mark.parametrize("alpha", [0.01, 0.05, 0.2])
def test_nothing_but_chance_is_called_different_as_seldom_as_promised(alpha: float) -> None:
    assert rate(0.0, alpha) <= most_likely(alpha)


def test_the_level_is_used_up_so_that_the_test_is_not_blind() -> None:
    assert rate(0.0, 0.2) >= 0.2 - 3.1 * math.sqrt(0.2 * 0.8 / 400)


def test_a_difference_is_found() -> None:
    assert rate(3.0, 0.01) >= 0.9


def test_several_turns_err_no_more_often_and_find_more() -> None:
    assert rate(0.0, 0.05, turns=3, experiments=150) <= most_likely(0.05, 150)
    one = rate(1.5, 0.01, experiments=150)
    three = rate(1.5, 0.01, turns=3, shifted=3, experiments=150)
    assert three > one + 0.2


def test_the_turn_that_differs_is_named_and_the_others_hardly_ever() -> None:
    named = [0, 0, 0]
    for number in range(150):
        chance = random.Random(number)
        shifts = (0.0, 4.0, 0.0)
        tables = [
            table_of([chance.gauss(0, 1) for _ in range(6)] + [chance.gauss(shift, 1) for _ in range(6)])
            for shift in shifts
        ]
        for turn, p_value in enumerate(joint_test(tables, 6)[1]):
            named[turn] += p_value <= 0.05
    assert named[1] >= 140
    assert named[0] + named[2] <= 150 * most_likely(0.05, 150)


def test_turns_that_hang_together_are_dealt_together() -> None:
    """A repetition that is odd in one turn is odd in all: dealt turn by turn that would look like a difference."""
    called = 0
    for number in range(300):
        chance = random.Random(number)
        points = [chance.gauss(0, 1) for _ in range(12)]
        called += joint_test([table_of(points)] * 4, 6)[0].p_value <= 0.05
    assert called / 300 <= most_likely(0.05, 300)
