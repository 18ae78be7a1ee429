"""How much of planted personal data is found: the corpus is the same every time."""

from __future__ import annotations

import pytest

from app.benchmarks.private import measuring
from app.benchmarks.private.corpus import made_texts
from app.benchmarks.private.values import KINDS

TEXTS = 2_000


@pytest.fixture(scope="module")
def figures() -> dict[str, dict[str, float]]:
    told: dict[str, dict[str, float]] = measuring.measure(TEXTS)["kinds"]
    return told


def test_the_corpus_is_the_same_every_time_and_says_where_values_stand() -> None:
    made = list(made_texts(300))

    assert made == list(made_texts(300))
    assert made != list(made_texts(300, seed=1))
    assert {kind for one in made for kind, _, _ in one.planted} == set(KINDS)
    assert all(0 <= start < end <= len(one.text) for one in made for _, start, end in one.planted)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_of_each_kind_nearly_all_is_found_with_few_false_alarms(
    kind: str, figures: dict[str, dict[str, float]]
) -> None:
    assert figures[kind]["recall"] >= 0.98
    assert figures[kind]["precision"] >= 0.95
