"""Branchline's own lists follow from the state, name the events that they rest on, and never pass for production's."""

from __future__ import annotations

from typing import Any

import pytest
from fakes.making import events

from app.domain.errors import BadInput
from app.domain.fold.fold import fold_all
from app.domain.fold.recommendation import Recommendation
from app.domain.recommender import OFF, STRATEGIES, own_strategy, recommended, strategy_json

VIEWED, BOUGHT, CLICKED = "behaviour.item-viewed", "behaviour.item-purchased", "behaviour.item-clicked"
STORY = (
    (CLICKED, {"item": "A", "name": "red mug"}),
    (CLICKED, {"item": "A"}),
    (VIEWED, {"item": "B", "name": "red plate"}),
    (BOUGHT, {"item": "C", "name": "red bowl"}),
    (VIEWED, {"item": "D", "name": "blue mug"}),
    ("recommendation.items-shown", {"items": [{"item": "E", "name": "grey tin"}]}),
)


def state(*more: tuple[str, dict[str, Any]]) -> Recommendation:
    return fold_all(events(*STORY, *more)).bounded.recommendation


def items(name: str, *more: tuple[str, dict[str, Any]], length: int = 5) -> list[str]:
    return [one["item"] for one in recommended(state(*more), 6 + len(more), name, length)]


def test_interests_is_the_model_that_predicts() -> None:
    known = state()

    listed = recommended(known, 6, "interests")

    predicted = known.to_json(6)["predicted"]
    assert [one["item"] for one in listed] == [one["item"] for one in predicted[:5]]
    assert [one["rank"] for one in listed] == list(range(1, len(listed) + 1))
    assert listed[0]["reasons"] == predicted[0]["reasons"]


def test_popular_counts_what_was_done_and_recent_what_was_done_last() -> None:
    assert items("popular") == ["A", "B", "D"]
    assert items("recent") == ["D", "B", "A"]
    assert items("recent", length=1) == ["D"]
    (first, *_) = recommended(state(), 6, "recent")
    assert first["reasons"] == [{"kind": "dealt with last", "key": "item:D", "weight": 0.5, "events": [5]}]
    assert recommended(state(), 6, "popular")[0]["reasons"][0]["events"] == [1, 2]


@pytest.mark.parametrize("name", STRATEGIES)
def test_no_strategy_offers_what_is_owned_or_gone(name: str) -> None:
    left = items(name, ("catalogue.item-withdrawn", {"item": "A"}), (BOUGHT, {"item": "D"}))

    assert "B" in left
    assert {"A", "C", "D"}.isdisjoint(left)


def test_off_and_an_empty_state_show_nothing() -> None:
    assert recommended(state(), 6, OFF) == ()
    assert all(recommended(Recommendation(), 0, name) == () for name in STRATEGIES)


def test_an_unknown_strategy_is_refused_with_those_there_are() -> None:
    with pytest.raises(BadInput, match="no strategy 'best'; there are interests, popular, recent, off"):
        recommended(state(), 6, "best")


def test_production_is_never_taken_for_our_own() -> None:
    assert own_strategy(strategy_json("recent")) == "recent"
    assert own_strategy({"name": "interests"}) is None
    assert own_strategy("interests") is None
    assert own_strategy({"recommender": "branchline", "name": 3}) is None
