"""The list that is kept up event by event is the predicted list, however long ago the evidence came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakes.making import event
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.fold.bounded import Bounded
from app.domain.fold.computed_parts import InterestsPart
from app.domain.fold.fold import advance
from app.domain.fold.interests import interests, predicted
from app.domain.fold.noting import Noting
from app.domain.fold.ranking import RankedList, Ranking

if TYPE_CHECKING:
    import random

ITEMS = tuple("ABCDEFGHIJKLMN")
CATEGORIES = ("tea", "mugs", "lamps")
KINDS = (
    *("behaviour.item-viewed", "behaviour.item-clicked", "behaviour.item-carted", "behaviour.item-purchased"),
    *("behaviour.item-returned", "behaviour.item-rated", "catalogue.item-added", "catalogue.item-withdrawn"),
    *("recommendation.items-shown", "conversation.slots-changed"),
)


def payload(kind: str, chance: random.Random) -> dict[str, object]:
    if kind == "conversation.slots-changed":
        return {"service": "s", "set": {"colour": [chance.choice(("red", "blue"))]}}
    if kind == "recommendation.items-shown":
        return {"items": [{"item": item} for item in chance.sample(ITEMS, 3)]}
    described = {"categories": [chance.choice(CATEGORIES)], "tags": ["colour=red"]} if chance.random() < 0.5 else {}
    return {"item": chance.choice(ITEMS), "rating": chance.choice((1, 2, 3, 5)), **described}


@settings(max_examples=60)
@given(st.lists(st.integers(1, 400), min_size=1, max_size=60), st.randoms(use_true_random=False), st.integers(0, 30))
def test_it_is_the_predicted_list(gaps: list[int], chance: random.Random, from_: int) -> None:
    state, told = Bounded(), None
    interesting = None
    for number, gap in enumerate(gaps):
        if number == min(from_, len(gaps) - 1):
            told = Ranking(state.recommendation, state.position)
            interesting = InterestsPart(state.copy())
        kind = chance.choice(KINDS)
        one = event(state.position + gap, kind, payload(kind, chance))
        if told is not None and interesting is not None:
            for now in range(state.position, one.position, max(1, gap // 5)):
                known = state.recommendation
                expected = predicted(known.items, known.evidence, now)
                found = RankedList(told, now)
                assert told.first(now) == (expected[0]["item"] if expected else None)
                assert [dict(entry) for entry in found] == expected
                assert [entry["score"] for entry in found[:2]] == [entry["score"] for entry in expected[:2]]
                felt = interests(known.evidence, now)
                assert dict(interesting.value(now)) == felt
                assert len(interesting.value(now)) == len(felt)
            interesting.apply(one)  # type: ignore[arg-type]
        advance(state, one)


@settings(max_examples=20)
@given(st.randoms(use_true_random=False))
def test_items_that_are_alike_stand_in_the_order_of_their_names(chance: random.Random) -> None:
    state = Bounded()
    told = Ranking(state.recommendation, 0)
    for position in range(1, 40):
        item = ITEMS[position % len(ITEMS)]
        advance(state, event(position, "catalogue.item-added", {"item": item, "categories": ["tea"], "tags": ["x"]}))
        if chance.random() < 0.4:
            advance(state, event(position, "behaviour.item-rated", {"item": "Z", "rating": 5, "categories": ["tea"]}))
        expected = predicted(state.recommendation.items, state.recommendation.evidence, position)
        assert told.all(position) == [entry["item"] for entry in expected]


def test_everything_is_summed_up_anew_before_it_grows_without_end() -> None:
    state = Bounded()
    told = Ranking(state.recommendation, 0, anew_every=50)
    for position in range(1, 3_000, 7):
        advance(state, event(position, "behaviour.item-viewed", {"item": ITEMS[position % 5]}))
        known = state.recommendation
        assert told.all(position) == [entry["item"] for entry in predicted(known.items, known.evidence, position)]


def test_a_noting_dictionary_notes_every_way_of_changing_it() -> None:
    noting = Noting({"a": 1, "b": 2})
    noting["c"] = 3
    del noting["a"]
    noting.update({"d": 4})

    assert noting.taken() == {"a", "c", "d"}
    assert noting.taken() == set()
    assert noting == {"b": 2, "c": 3, "d": 4}
