"""What the head of a comparison says, with its counts."""

from types import SimpleNamespace
from typing import Any

import pytest

from app.viewmodels.comparison_words import comparison_words


def compared(trunk: int, turns: int) -> Any:
    return SimpleNamespace(trunk=trunk, trunk_turns=turns, first_divergence=None)


@pytest.mark.parametrize(
    ("trunk", "turns", "words"),
    [
        (1, 0, "1 event shared"),
        (1_200, 1, "1,200 events shared · 1 whole turn left out"),
        (30, 4, "30 events shared · 4 whole turns left out"),
    ],
)
def test_one_and_many_are_told_apart_and_nothing_is_said_of_no_turns(trunk: int, turns: int, words: str) -> None:
    assert comparison_words(compared(trunk, turns)) == f"{words} · what was said and done is the same"
