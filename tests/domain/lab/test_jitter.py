"""Verdicts over made-up answers: what is called different, and how often that is right."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.compare.similarity import Bag
from app.domain.lab.jitter import Answers, compare_groups, distance, floor_of
from app.domain.lab.levels import ALPHA

WORDS = [
    "the",
    "your",
    "order",
    "is",
    "on",
    "its",
    "way",
    "and",
    "will",
    "arrive",
    "soon",
    "we",
    "are",
    "sorry",
    "for",
    "this",
    "please",
    "wait",
    "a",
    "little",
    "longer",
]
KIND = [
    "dear",
    "customer",
    "thank",
    "you",
    "so",
    "much",
    "for",
    "your",
    "patience",
    "we",
    "really",
    "appreciate",
    "it",
    "have",
    "a",
    "lovely",
    "day",
]


def answers(chance: random.Random, words: list[str], turns: int = 2, length: int = 14) -> Answers:
    return tuple(" ".join(chance.choice(words) for _ in range(length)) for _ in range(turns))


def group(seed: int, count: int, *, share: float = 0.0) -> list[Answers]:
    """Repetitions; ``share`` of the words come from another vocabulary."""
    chance = random.Random(seed)
    mixed = WORDS + [chance.choice(KIND) for _ in range(round(share * len(WORDS)))]
    return [answers(chance, mixed) for _ in range(count)]


def test_a_thing_is_not_called_different_from_itself() -> None:
    called = [compare_groups(group(2 * n, 6), group(2 * n + 1, 6)).verdict == "differs" for n in range(100)]

    assert sum(called) <= 5


def test_a_planted_change_is_found() -> None:
    called = [compare_groups(group(2 * n, 6), group(2 * n + 1, 6, share=0.8)).verdict for n in range(40)]

    assert called.count("differs") >= 32


def test_the_verdict_tells_floors_distances_and_turns() -> None:
    one, other = group(1, 10), group(2, 10, share=1.0)

    found = compare_groups(one, other)

    assert found.verdict == "differs"
    assert found.test.p_value <= ALPHA
    assert (found.repetitions_a, found.repetitions_b) == (10, 10)
    assert found.floor_a == floor_of(one)
    assert found.floor_a is not None
    assert found.between > found.floor_a.mean
    assert [turn.turn for turn in found.turns] == [1, 2]
    assert found.to_json()["floor_a"]["repetitions"] == 10


def test_the_turn_that_was_changed_is_named() -> None:
    one, other = group(1, 10), [(first, "Entirely other words here.") for first, _ in group(2, 10)]

    found = compare_groups(one, other)

    assert found.turns[1].p_value <= ALPHA
    assert found.turns[0].p_value > ALPHA


def test_too_few_repetitions_decide_nothing() -> None:
    found = compare_groups([("a b c",), ("a b d",)], [("x y z",), ("x y w",)])

    assert found.verdict == "too few repetitions"
    assert found.test.smallest_p == pytest.approx(2 / 6)


def test_one_against_ten_is_too_few_to_decide_but_tells_the_distances() -> None:
    found = compare_groups(group(1, 10), [("nothing of the kind", "nothing of the kind")])

    assert found.verdict == "too few repetitions"
    assert found.floor_b is None
    assert found.between > 0.5


def test_answers_that_never_vary_differ_or_are_the_same_and_it_is_said() -> None:
    same, other = [("Yes.",)] * 10, [("No.",)] * 10

    assert compare_groups(same, other).verdict == "differs"
    assert compare_groups(same, other).repeats_itself
    assert compare_groups(same, same).verdict == "no more than repetition"
    assert compare_groups(same, same).test.p_value == 1


def test_a_floor_needs_two_repetitions() -> None:
    assert floor_of([("a",)]) is None
    floor = floor_of([("a b",), ("a b",), ("a c",)])
    assert floor is not None
    assert (floor.identical, floor.largest) == (pytest.approx(1 / 3), 0.4)
    assert floor.median == 0.4
    assert floor.p95 == pytest.approx(0.4)


@given(st.text("ab 蓝,", max_size=12), st.text("ab 蓝,", max_size=12))
def test_a_distance_lies_between_0_and_1_and_is_the_same_both_ways(one: str, other: str) -> None:
    found = distance(Bag(one), Bag(other))

    assert 0 <= found <= 1
    assert found == distance(Bag(other), Bag(one))
    assert distance(Bag(one), Bag(one)) == 0


def test_length_alone_counts_a_little() -> None:
    assert distance(Bag("a b"), Bag("c d")) == pytest.approx(0.8)
    assert distance(Bag(""), Bag("c d")) == 1
    assert distance(Bag("a"), Bag("a a a a")) == pytest.approx(0.8 * (1 - 2 / 5) + 0.2 * 3 / 4)


def test_sides_must_fit_together() -> None:
    with pytest.raises(ValueError, match="same number of turns"):
        compare_groups([("a", "b")], [("a",)])
    with pytest.raises(ValueError, match="at least one"):
        compare_groups([()], [()])
    with pytest.raises(ValueError, match="at least one member"):
        compare_groups([], [("a",)])
