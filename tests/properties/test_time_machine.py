"""Seeking equals the plain full fold: any history, any branches, any order, with the cache and without."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

from fakes.fixed_clock import FixedClock
from fakes.making import new_event
from fakes.memory_derived_cache import MemoryDerivedCache
from fakes.memory_event_store import MemoryEventStore
from hypothesis import given, settings
from hypothesis import strategies as st

from app.application.ports import SessionDraft
from app.application.time_machine import TimeMachine
from app.domain.fold.fold import fold_all
from app.domain.fold.state_json import full_json
from app.domain.sessions import SessionHeader

if TYPE_CHECKING:
    from app.domain.events import NewEvent

ITEMS = ("A", "B", "C")


def some_event(number: int, chance: random.Random) -> NewEvent:
    item = chance.choice(ITEMS)
    kind, data = chance.choice([
        ("conversation.message-posted", {"message_id": f"m{number}", "role": "user", "text": f"text {number}"}),
        ("conversation.message-edited", {"message_id": f"m{chance.randint(1, number)}", "text": f"edited {number}"}),
        ("conversation.message-retracted", {"message_id": f"m{chance.randint(1, number)}"}),
        ("conversation.slots-changed", {"service": "s", "set": {item: [f"v{number}"]}}),
        ("conversation.tool-called", {"call_id": f"c{number // 2}", "name": "find"}),
        ("conversation.tool-returned", {"call_id": f"c{chance.randint(0, number) // 2}", "result": number}),
        ("conversation.feedback-given", {"rating": number}),
        ("behaviour.item-purchased", {"item": item, "name": f"red {item}", "quantity": 1}),
        ("behaviour.item-returned", {"item": item, "quantity": 1}),
        ("recommendation.items-shown", {"items": [{"item": item, "rank": 1}]}),
        ("generation.requested", {"model": "tiny"}),
        ("generation.completed", {"request_id": f"n{chance.randint(1, number)}"}),
        ("generation.failed", {"request_id": f"n{chance.randint(1, number)}", "text": f"half {number}"}),
        (
            "conversation.message-posted",
            {"message_id": f"m{number}", "role": "assistant", "text": "half", "partial": True,
             "generated_by": {"request": f"n{chance.randint(1, number)}"}},
        ),
    ])  # fmt: skip
    return new_event(number, kind, data)


@settings(max_examples=25)
@given(st.integers(0, 600), st.integers(0, 4), st.randoms(use_true_random=False))
def test_seeking_equals_the_full_fold(length: int, forks: int, chance: random.Random) -> None:
    store, cache = MemoryEventStore(clock=FixedClock()), MemoryDerivedCache()
    events = [("main", some_event(number, chance)) for number in range(1, length + 1)]
    header = SessionHeader(id="s", title="s", source="urn:test")
    store.store_session(SessionDraft(header=header, events=events))
    branches = [store.branches("s")[0].id]
    machine = TimeMachine(store, cache)
    number = length
    for fork in range(forks):
        parent = store.branch(chance.choice(branches))
        made = store.fork(parent.id, chance.randint(0, parent.head), branch_id=f"b{fork}", name=f"b{fork}")
        if chance.random() < 0.5:
            machine.prepare(made.id)
        grown = [some_event(number := number + 1, chance) for _ in range(chance.randint(0, 40))]
        if grown:
            store.append(made.id, grown, expected=None)
        branches.append(made.id)

    for _ in range(12):
        branch = store.branch(chance.choice(branches))
        position = chance.randint(0, branch.head)
        if chance.random() < 0.15:
            cache.forget()
            machine = TimeMachine(store, cache)
        expected = full_json(fold_all(store.read(branch.id, 1, position)))
        assert json.dumps(machine.state(branch.id, position)) == json.dumps(expected)
        assert_window_agrees(machine, branch.id, branch.head, position)


def assert_window_agrees(machine: TimeMachine, branch: str, head: int, position: int) -> None:
    """The past of the transcript as at the position; entries born later as they were when born."""
    births = machine.births(branch)
    messages = {one["position"]: one["text"] for one in machine.state(branch, position)["conversation"]["messages"]}
    for entry in machine.entries(branch, 1, len(births), position):
        assert births[entry.ord - 1] == entry.position
        if entry.kind == "message" and entry.position <= position:
            assert messages[entry.position] == entry.text
    assert machine.moment(branch, position).transcript_length == sum(1 for born in births if born <= position)
