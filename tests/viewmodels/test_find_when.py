"""What find when says about a condition, and what it offers to complete."""

import pytest

from app.domain.conditions import parse
from app.viewmodels.find_when import mistake
from app.viewmodels.state_paths import state_paths, word_before


@pytest.mark.parametrize(
    ("text", "column"),
    [("len(conversation.messages) >", 29), ("foo == 3", 1), ("conversation.status = 1", 21), ("1 +", 4)],
)
def test_a_mistake_names_its_column_and_is_one_sentence(text: str, column: int) -> None:
    found = mistake(text)

    assert found is not None
    assert found[0] == column
    assert not found[1].startswith("column")


def test_a_condition_without_mistake_has_none() -> None:
    assert mistake('"refund" in conversation.messages[-1].text') is None


def test_every_path_that_is_offered_can_be_searched_for() -> None:
    state = {
        "conversation": {"slots": {"Restaurants_1": {"price range": ["cheap"], "city": []}}, "status": "open"},
        "recommendation": {"shown": [{"item": "A", "score": 0.5}], "interests": {"tag:rot": 1.0}},
    }

    paths = state_paths(state)

    assert all(parse(path) for path in paths)
    assert 'conversation.slots.Restaurants_1["price range"][0]' in paths
    assert 'recommendation.interests["tag:rot"]' in paths
    assert "recommendation.shown[0].item" in paths
    assert "conversation.messages[-1].text" in paths


@pytest.mark.parametrize(
    ("text", "cursor", "word"),
    [("len(conversation.me", 19, "conversation.me"), ("a == recomm", 11, "recomm"), ("a > ", 4, ""), ("abc", 1, "a")],
)
def test_the_word_before_the_cursor_is_what_is_completed(text: str, cursor: int, word: str) -> None:
    assert word_before(text, cursor) == word
