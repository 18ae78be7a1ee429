"""Histories and conditions, looked up in the index, agree with folding everything at every position."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fakes.fixed_clock import FixedClock
from fakes.histories import any_event
from fakes.memory_derived_cache import MemoryDerivedCache
from fakes.memory_event_store import MemoryEventStore
from hypothesis import given, settings
from hypothesis import strategies as st

from app.application.finding import Finding
from app.application.histories import Histories
from app.application.ports import SessionDraft
from app.application.time_machine import TimeMachine
from app.domain.conditions import parse, test_of
from app.domain.diff import same
from app.domain.fold.bounded import Bounded
from app.domain.fold.fields import FIELDS
from app.domain.fold.fold import advance, fold_all
from app.domain.fold.state_json import full_json
from app.domain.fold.touches import touches
from app.domain.pointers import ABSENT, at, steps_of
from app.domain.sessions import SessionHeader

if TYPE_CHECKING:
    import random

POINTERS = (
    *("/conversation/messages", "/conversation/messages/2/text", "/conversation/messages/1", "/conversation/calls"),
    *("/conversation/calls/0/result", "/conversation/slots", "/conversation/slots/k1", "/conversation/slots/k2/colour"),
    *("/conversation/intents/k1", "/conversation/requested", "/conversation/forms/", "/conversation/forms"),
    *("/conversation/instructions", "/conversation/classification/topic", "/conversation/open_calls"),
    *("/conversation/status", "/conversation/feedback", "/conversation/feedback/1/rating", "/conversation"),
    *("/recommendation/shown", "/recommendation/shown/0/item", "/recommendation/shown_at", "/recommendation/strategy"),
    *("/recommendation/seen", "/recommendation/rated", "/recommendation/rated/A", "/recommendation/purchased"),
    *(
        "/recommendation/purchased/B",
        "/recommendation/names",
        "/generation/strategy",
        "/generation/runs",
        "/generation",
    ),
    *("/generation/runs/0/status", "/resources", "/resources/k1/name", "/problems", "/problems/3/reason"),
)
CONDITIONS = (
    "conversation.status == 'closed'",
    "conversation.status != 'open' and len(conversation.messages) > 3",
    "len(conversation.messages) > 5",
    "'refund' in conversation.messages[-1].text",
    "conversation.messages[2].edited",
    "recommendation.shown[0].item == 'B'",
    "'C' in recommendation.shown[*].item",
    "conversation.slots.k1.colour[0] == 'Red' or conversation.slots['k2'].colour[2] > 9",
    "recommendation.purchased.A >= 2 and not 'B' in recommendation.seen",
    "recommendation.interests['category:k1'] > 0.5",
    "recommendation.interests['tag:colour=red'] > recommendation.interests['category:k1']",
    "recommendation.interests['category:k2'] > -0.2",
    "len(recommendation.interests) > 4",
    "recommendation.predicted[0].item == 'A'",
    "len(conversation.open_calls) == 0",
    "len(problems) > 1 and generation.runs[-1].status == 'completed'",
    "resources.k1 != null",
    "len(generation.runs) + len(conversation.calls) >= 3",
    "len(conversation.messages) - len(conversation.calls) == 2",
    "len(conversation.messages) > 2 and recommendation.interests['category:k1'] > 0.1",
    "not recommendation.interests['category:k1'] or -recommendation.interests['tag:colour=red'] < -0.4",
    "recommendation.interests['category:k2'] == null and len(problems) != 1",
    "conversation.messages[-2].text == 'text 5' or conversation.messages[-1].edited",
    "conversation.messages[-1].retracted and conversation.messages[-1].role == 'user'",
    "'edited' in conversation.messages[0].text or 'edited 7' in conversation.messages[*].text",
    "conversation.calls[-1].result > 20",
    "recommendation.purchased == recommendation.rated",
    "len(recommendation.rated) > 1 and recommendation.seen[1] == 'B'",
    "'C' in recommendation.purchased",
    "'category:k1' in recommendation.interests and 'k2' not in conversation.slots",
    "'C' in recommendation.predicted[*].item",
    "recommendation.predicted[0].score > 0.8 or len(recommendation.predicted) == 2",
    "recommendation.predicted[1].item == 'B' and recommendation.predicted[-1].name == 'blue mug'",
    "recommendation.predicted[2].reasons[0].kind == 'tag'",
    "recommendation.names.A == 'red mug'",
    "len(recommendation.names) == 2",
)


class World:
    """A session with branches that were made at random, and its states by brute force."""

    def __init__(self, chance: random.Random, length: int) -> None:
        self.store, cache = MemoryEventStore(clock=FixedClock()), MemoryDerivedCache()
        events = [("main", any_event(number, chance)) for number in range(1, length + 1)]
        self.store.store_session(
            SessionDraft(header=SessionHeader(id="s", title="s", source="urn:test"), events=events)
        )
        main = self.store.branches("s")[0]
        fork = self.store.fork(main.id, chance.randint(0, length), branch_id="b", name="b")
        grown = [any_event(number, chance) for number in range(length + 1, length + 10)]
        self.store.append(fork.id, grown, expected=None)
        self.branch = chance.choice((main.id, fork.id))
        machine = TimeMachine(self.store, cache)
        self.histories, self.finding = Histories(self.store, cache, machine), Finding(self.store, cache, machine)
        self.head = self.store.branch(self.branch).head
        self.log = self.store.read(self.branch, 1, self.head)
        self.states = [full_json(fold_all(self.log[:position])) for position in range(self.head + 1)]

    def changes(self, pointer: str, first: int, last: int) -> list[tuple[Any, ...]]:
        """The history of a field by looking at every position."""
        values = [at(state, steps_of(pointer)) for state in self.states]
        return [
            (position, self.log[position - 1].id, self.log[position - 1].type, values[position - 1], values[position])
            for position in range(max(first, 1), last + 1)
            if not same(values[position - 1], values[position])
        ]

    def risings(self, condition: str, first: int, last: int) -> list[int]:
        truths = [test_of(parse(condition))(state) for state in self.states]
        return [one for one in range(first, last + 1) if truths[one] and (one == 0 or not truths[one - 1])]


@settings(max_examples=40)
@given(st.integers(0, 60), st.randoms(use_true_random=False))
def test_a_history_is_what_looking_at_every_position_gives(length: int, chance: random.Random) -> None:
    world = World(chance, length)
    first = chance.randint(0, world.head)
    last = chance.randint(first, world.head)
    for pointer in POINTERS:
        found = world.histories.history(world.branch, pointer, first=first, last=last)

        seen = [(one.position, one.event, one.type, one.before, one.after) for one in found]
        assert seen == world.changes(pointer, first, last), pointer


@settings(max_examples=40)
@given(st.integers(0, 60), st.randoms(use_true_random=False))
def test_a_condition_becomes_true_where_looking_at_every_position_says(length: int, chance: random.Random) -> None:
    world = World(chance, length)
    first = chance.choice((0, chance.randint(0, world.head)))
    last = chance.randint(first, world.head)
    for condition in CONDITIONS:
        expected = world.risings(condition, first, last)

        assert list(world.finding.find(world.branch, condition, first=first, last=last)) == expected, condition
        assert list(world.finding.find(world.branch, condition, first=first, last=last, limit=1)) == expected[:1]


@settings(max_examples=40)
@given(st.integers(1, 60), st.randoms(use_true_random=False))
def test_an_interest_changes_where_evidence_comes_and_is_the_sum_of_what_weighs(
    length: int, chance: random.Random
) -> None:
    world = World(chance, length)
    values = [state["recommendation"]["interests"] for state in world.states]
    for key in values[-1]:
        changes = world.histories.history(world.branch, f"/recommendation/interests/{key.replace('/', '~1')}")
        assert changes
        for one in changes:
            assert one.before == values[one.position - 1].get(key, ABSENT)
            assert one.after == values[one.position].get(key, ABSENT)
        told = world.histories.explain(world.branch, world.head, f"/recommendation/interests/{key}")
        assert told.kind == "computed"
        assert told.total == told.value == values[-1][key]
        assert {one.weight.position for one in told.contributions} <= {one.position for one in changes}


@settings(max_examples=40)
@given(st.integers(1, 60), st.randoms(use_true_random=False))
def test_a_predicted_score_is_the_sum_of_what_weighs(length: int, chance: random.Random) -> None:
    world = World(chance, length)
    for rank, one in enumerate(world.states[-1]["recommendation"]["predicted"]):
        told = world.histories.explain(world.branch, world.head, f"/recommendation/predicted/{rank}/score")

        assert told.value == one["score"]
        assert told.total == pytest.approx(one["score"], rel=1e-12)
        assert {part.weight.item for part in told.contributions} == {one["item"]}


@settings(max_examples=60)
@given(st.integers(1, 60), st.randoms(use_true_random=False))
def test_no_field_changes_without_being_touched(length: int, chance: random.Random) -> None:
    world = World(chance, length)
    state = Bounded()
    for event, before, after in zip(world.log, world.states, world.states[1:], strict=False):
        problem = len(before["problems"]) != len(after["problems"])
        changes = advance(state, event, fold_all(world.log[: event.position - 1]).find)
        touched = {field for field, _ in touches(event, changes, state)}
        assert problem == ("problems" in touched)
        for path, field in FIELDS.items():
            if field.touch and not field.computed and at(before, path) != at(after, path):
                assert field.touch in touched, (event.type, path)


def test_the_table_of_fields_is_the_state() -> None:
    state = full_json(fold_all([]))
    known = {(part, name) for part, fields in state.items() if isinstance(fields, dict) for name in fields}

    assert set(FIELDS) == known | {("resources",), ("extensions",), ("problems",)}
