"""ROUGE-L is what its formula says, for any words in any script."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.compare.similarity import Bag, longest_common, rouge_l, word_list

WORDS = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=14).map(tuple)


def longest_common_slowly(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    @cache
    def of(i: int, j: int) -> int:
        if i == len(one) or j == len(other):
            return 0
        return 1 + of(i + 1, j + 1) if one[i] == other[j] else max(of(i + 1, j), of(i, j + 1))

    return of(0, 0)


@given(WORDS, WORDS)
def test_the_longest_common_subsequence_is_that_of_the_table(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert longest_common(one, other) == longest_common_slowly(one, other)


@given(WORDS, WORDS)
def test_rouge_l_is_the_harmonic_mean_of_precision_and_recall(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    found = rouge_l(one, other)

    assert found == rouge_l(other, one)
    assert (found == 1) == (one == other)
    if common := longest_common(one, other):
        precision, recall = common / len(one), common / len(other)
        assert found == pytest.approx(2 * precision * recall / (precision + recall))
    elif one != other:
        assert found == 0


def test_the_example_of_the_paper() -> None:
    reference = word_list("police killed the gunman")

    assert rouge_l(reference, word_list("police kill the gunman")) == 0.75
    assert rouge_l(reference, word_list("the gunman kill police")) == 0.5


def test_chinese_is_compared_by_character() -> None:
    assert word_list("我想要咖啡。") == ("我", "想", "要", "咖", "啡", "。")
    assert rouge_l(word_list("我想要咖啡"), word_list("我想要茶")) == pytest.approx(2 * 3 / 9)


def test_a_bag_does_not_mind_order_and_case() -> None:
    assert Bag("Is it open?").likeness(Bag("open it is ?")) == 1
    assert Bag("yes").likeness(Bag("no")) == 0
    assert Bag("").likeness(Bag("")) == 1
    assert Bag("a b").likeness(Bag("b c")) == 0.5
