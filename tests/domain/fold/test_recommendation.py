"""Items shown, bought and returned; interests and what they predict."""

from typing import Any

import pytest
from fakes.making import event, events

from app.domain.fold.fold import fold_all
from app.domain.fold.interests import HALF_LIFE, HORIZON, decayed, words_of
from app.domain.fold.state_json import full_json


def state_after(*kinds: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    return full_json(fold_all(events(*kinds)))["recommendation"]


def bought(item: str, name: str, quantity: int = 1) -> tuple[str, dict[str, Any]]:
    return ("behaviour.item-purchased", {"item": item, "name": name, "quantity": quantity})


def returned(item: str, name: str, quantity: int = 1) -> tuple[str, dict[str, Any]]:
    return ("behaviour.item-returned", {"item": item, "name": name, "quantity": quantity})


def test_decay_halves_by_position_and_ends_at_the_horizon() -> None:
    assert decayed(1.0, 5, 5) == 1.0
    assert decayed(1.0, 0, HALF_LIFE) == 0.5
    assert decayed(1.0, 0, HORIZON) > 0
    assert decayed(1.0, 0, HORIZON + 1) == 0


def test_words_of_a_name_are_its_tags() -> None:
    assert words_of("SET OF 3 COLOURED  FLYING DUCKS") == ("coloured", "ducks", "flying")
    assert words_of("红色 杯子 70cm") == ()
    assert words_of("café crème") == ("café", "crème")


def test_purchases_are_bought_minus_returned_with_zeros_left_out() -> None:
    state = state_after(bought("A", "red mug", 3), bought("B", "tin"), returned("A", "red mug"), returned("B", "tin"))

    assert state["purchased"] == {"A": 2}


def test_a_return_without_a_purchase_falls_below_zero() -> None:
    assert state_after(returned("A", "red mug", 2))["purchased"] == {"A": -2}


def test_an_owned_item_is_never_predicted_and_a_returned_one_may_be() -> None:
    owned = [bought("A", "red mug"), bought("B", "red plate"), bought("C", "red bowl")]

    assert state_after(*owned)["predicted"] == []
    (again,) = state_after(*owned, returned("B", "red plate"))["predicted"]
    assert again["item"] == "B"
    assert {reason["kind"] for reason in again["reasons"]} == {"item", "tag", "returned"} - (
        {"item"} if all(reason["kind"] != "item" for reason in again["reasons"]) else set()
    )
    assert [reason["events"] for reason in again["reasons"] if reason["kind"] == "returned"] == [[4]]


def test_the_last_list_shown_is_kept_as_recorded() -> None:
    item = {"item": "A", "rank": 1, "score": 0.5, "reasons": ["popular"], "name": "red mug"}
    state = state_after(("recommendation.items-shown", {"items": [item], "strategy": {"name": "top"}}))

    assert state["shown"] == [item]
    assert state["strategy"] == {"name": "top"}
    assert state["seen"] == ["A"]


def test_a_wish_in_words_predicts_what_has_that_attribute() -> None:
    candidates = [
        {"item": "X", "name": "X", "tags": ["cuisine=mexican"]},
        {"item": "Y", "name": "Y", "tags": ["cuisine=thai"]},
    ]
    state = state_after(
        ("recommendation.items-shown", {"items": [], "candidates": candidates}),
        ("conversation.slots-changed", {"service": "R", "set": {"cuisine": ["Mexican"]}}),
    )

    assert [one["item"] for one in state["predicted"]] == ["X"]
    assert state["predicted"][0]["reasons"] == [
        {"kind": "tag", "key": "tag:cuisine=mexican", "weight": 0.125, "events": [1, 2]}
    ]


def test_withdrawn_items_and_fees_are_not_predicted() -> None:
    state = state_after(
        ("catalogue.item-added", {"item": "A", "name": "red mug", "categories": ["kitchen"]}),
        ("catalogue.item-added", {"item": "B", "name": "red cup", "categories": ["kitchen"]}),
        ("behaviour.item-returned", {"item": "POST", "name": "red postage", "goods": False}),
        ("behaviour.item-clicked", {"item": "A"}),
        ("catalogue.item-withdrawn", {"item": "A"}),
    )

    assert [one["item"] for one in state["predicted"]] == ["B"]


@pytest.mark.parametrize("quantity", [0, -1, "3", None, True, float("nan")])
def test_a_quantity_that_is_none_is_a_problem(quantity: Any) -> None:
    folded = full_json(fold_all([event(1, "behaviour.item-purchased", {"item": "A", "quantity": quantity})]))

    assert folded["recommendation"]["purchased"] == {}
    assert len(folded["problems"]) == 1


def test_ratings_speak_for_or_against() -> None:
    good = state_after(("behaviour.item-rated", {"item": "A", "name": "red mug", "rating": 5}))
    bad = state_after(("behaviour.item-rated", {"item": "A", "name": "red mug", "rating": 1}))

    assert good["interests"] == {"tag:mug": 1.0, "tag:red": 1.0}
    assert bad["interests"] == {"tag:mug": -1.0, "tag:red": -1.0}
    assert good["rated"] == {"A": 5}
