"""Letters typed against titles: what fits, and what fits better."""

import pytest

from app.viewmodels.fuzzy import fit


@pytest.mark.parametrize(
    ("typed", "text"),
    [("", "Zoom"), ("zm", "Zoom"), ("BH", "Branch here"), ("here branch", "Branch here"), ("退款", "客户要求退款")],
)
def test_letters_in_order_fit(typed: str, text: str) -> None:
    assert fit(typed, text) is not None


@pytest.mark.parametrize(("typed", "text"), [("mz", "Zoom"), ("branch q", "Branch here"), ("款退", "客户要求退款")])
def test_letters_that_are_not_there_in_order_do_not(typed: str, text: str) -> None:
    assert fit(typed, text) is None


@pytest.mark.parametrize(
    ("typed", "better", "worse"),
    [
        ("note", "Write a note", "Next problem to see"),
        ("bran", "Branch here", "Previous sibling branch"),
        ("pb", "Parent branch", "Stop the model by hand"),
        ("mark", "Set a marker", "Benchmark of last year"),
    ],
)
def test_whole_words_and_beginnings_come_first(typed: str, better: str, worse: str) -> None:
    good, other = fit(typed, better), fit(typed, worse)

    assert good is not None
    assert other is None or good > other
