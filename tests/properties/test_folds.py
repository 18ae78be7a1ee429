"""What holds for every history, however odd."""

import json
import random
from contextlib import closing
from typing import Any

from fakes.making import event
from hypothesis import given, settings
from hypothesis import strategies as st

from app.adapters.store.cache import SqlDerivedCache
from app.application.ports import IndexBatch
from app.domain.events import Event
from app.domain.fold.bounded import Bounded, Checkpoint
from app.domain.fold.fold import advance, apply, fold_all
from app.domain.fold.interests import score_of
from app.domain.fold.state_json import bounded_json, full_json
from app.domain.vocabulary import EVENT_TYPES

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)
KEYS = (
    *("message_id", "role", "text", "call_id", "name", "service", "set", "unset", "item", "items", "candidates"),
    *("quantity", "rating", "id", "request_id", "model", "fields", "tags", "categories", "requested", "intent"),
)
ITEMS = ("A", "B", "C", "D")
NAMES = {"A": "red mug", "B": "red plate", "C": "blue mug", "D": "tin of tea"}


@st.composite
def odd_events(draw: st.DrawFn) -> list[Event]:
    kinds = draw(st.lists(st.sampled_from([*EVENT_TYPES, "who.knows"]), max_size=12))
    return [
        event(position, kind, draw(st.dictionaries(st.sampled_from(KEYS), JSON, max_size=5)))
        for position, kind in enumerate(kinds, start=1)
    ]


@st.composite
def shopping(draw: st.DrawFn) -> list[Event]:
    """A history of an interested customer: views, clicks, purchases, returns, lists and wishes."""
    made = []
    for position in range(1, draw(st.integers(1, 40)) + 1):
        item = draw(st.sampled_from(ITEMS))
        described = {"item": item, "name": NAMES[item]}
        made.append(draw(st.sampled_from([
            event(position, "behaviour.item-clicked", {"item": item}),
            event(position, "behaviour.item-viewed", described),
            event(position, "behaviour.item-purchased", {**described, "quantity": 1}),
            event(position, "behaviour.item-returned", {**described, "quantity": 1}),
            event(position, "behaviour.item-rated", {"item": item, "rating": 5}),
            event(position, "catalogue.item-added", {**described, "categories": ["kitchen"]}),
            event(position, "catalogue.item-withdrawn", {"item": item}),
            event(position, "recommendation.items-shown", {"items": [described], "candidates": [described]}),
            event(position, "conversation.slots-changed", {"service": "s", "set": {"colour": ["red"]}}),
        ])))  # fmt: skip
    return made


@given(odd_events())
def test_the_fold_is_total_and_its_state_is_json(history: list[Event]) -> None:
    state = full_json(fold_all(history))

    assert set(state) == {"conversation", "recommendation", "generation", "resources", "extensions", "problems"}
    json.dumps(state)


@given(odd_events() | shopping())
def test_folding_never_changes_the_state_it_started_from(history: list[Event]) -> None:
    state = Bounded()
    for one in history:
        before = repr(state)
        after, _ = apply(state, one, lambda list_name, key: None)
        assert repr(state) == before
        state = after


@given(odd_events() | shopping(), st.data())
def test_every_way_to_a_position_agrees_bit_for_bit(history: list[Event], data: st.DataObject) -> None:
    """Through a checkpoint (written and read back) at any position, or straight: the same state, to the last bit."""
    cuts = sorted(data.draw(st.tuples(*[st.integers(0, len(history))] * 2)))
    straight, resumed = Bounded(), Bounded()
    for one in history:
        advance(straight, one)
    for one in history[: cuts[0]]:
        advance(resumed, one)
    base = _kept(Checkpoint.of(resumed)).whole()
    resumed = base.copy()
    for one in history[cuts[0] : cuts[1]]:
        advance(resumed, one)
    resumed = _kept(Checkpoint.of(resumed, base)).whole(base)
    for one in history[cuts[1] :]:
        advance(resumed, one)

    assert resumed == straight
    assert repr(bounded_json(resumed)) == repr(bounded_json(straight))


def _kept(checkpoint: Checkpoint) -> Checkpoint:
    with closing(SqlDerivedCache(":memory:", 1)) as cache:
        cache.put("b", IndexBatch(1, 1, [(1, checkpoint)], []), "aa")
        found = cache.checkpoint("b", 1)
    assert found is not None
    return found[1]


@given(odd_events() | shopping(), st.data())
def test_a_form_made_like_another_is_the_form_made_anew(history: list[Event], data: st.DataObject) -> None:
    """Whatever the state that parts are taken from: one before it, one after it, or one that has nothing to do."""
    states = [Bounded()]
    for one in history:
        states.append(apply(states[-1], one, lambda list_name, key: None)[0])
    state, other = data.draw(st.sampled_from(states)), data.draw(st.sampled_from(states))

    shared = bounded_json(state, (other, bounded_json(other)))

    assert repr(shared) == repr(bounded_json(state))


@given(odd_events())
def test_the_bounded_part_never_depends_on_what_is_found(history: list[Event]) -> None:
    found, lost = Bounded(), Bounded()
    for one in history:
        advance(found, one, lambda list_name, key: 1)
        advance(lost, one)

    assert repr(bounded_json(found)) == repr(bounded_json(lost))


def scores(history: list[Event], now: int) -> dict[str, float]:
    state = fold_all(history).bounded.recommendation
    return {item: score_of(item, state.items[item], state.evidence, now) for item in state.items}


@settings(max_examples=200)
@given(shopping(), st.randoms(use_true_random=False))
def test_reasons_name_the_events_that_matter_and_no_others(history: list[Event], chance: random.Random) -> None:
    """Taking a reason's events away changes the score; taking any unnamed ones away does not."""
    now = len(history)
    state = full_json(fold_all(history))["recommendation"]
    for predicted in state["predicted"]:
        item, score = predicted["item"], predicted["score"]
        assert predicted["reasons"]
        named: set[int] = set()
        for reason in predicted["reasons"]:
            assert reason["events"]
            named.update(reason["events"])
            without = [one for one in history if one.position not in reason["events"]]
            assert scores(without, now).get(item, 0.0) != score, reason
        unnamed = [one.position for one in history if one.position not in named]
        dropped = set(chance.sample(unnamed, chance.randint(0, len(unnamed))))
        assert scores([one for one in history if one.position not in dropped], now)[item] == score


@given(shopping())
def test_owned_items_are_never_predicted(history: list[Event]) -> None:
    for upto in range(len(history) + 1):
        state: dict[str, Any] = full_json(fold_all(history[:upto]))["recommendation"]
        owned = {item for item, net in state["purchased"].items() if net > 0}
        assert owned.isdisjoint(one["item"] for one in state["predicted"])
