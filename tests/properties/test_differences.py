"""Differences between any two places equal those of the whole states, and patch one into the other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from fakes.fixed_clock import FixedClock
from fakes.memory_derived_cache import MemoryDerivedCache
from fakes.memory_event_store import MemoryEventStore
from hypothesis import given, settings
from hypothesis import strategies as st
from properties.test_time_machine import some_event

from app.application.differences import Differences
from app.application.ports import SessionDraft
from app.application.time_machine import TimeMachine
from app.domain.diff import diff, patched, same
from app.domain.fold.fold import fold_all
from app.domain.fold.state_json import full_json
from app.domain.sessions import SessionHeader

if TYPE_CHECKING:
    import random


@settings(max_examples=40)
@given(st.integers(0, 150), st.integers(0, 4), st.randoms(use_true_random=False))
def test_a_difference_equals_that_of_the_whole_states(length: int, forks: int, chance: random.Random) -> None:
    store, cache = MemoryEventStore(clock=FixedClock()), MemoryDerivedCache()
    events = [("main", some_event(number, chance)) for number in range(1, length + 1)]
    header = SessionHeader(id="s", title="s", source="urn:test")
    store.store_session(SessionDraft(header=header, events=events))
    branches = [store.branches("s")[0].id]
    number = length
    for fork in range(forks):
        parent = store.branch(chance.choice(branches))
        made = store.fork(parent.id, chance.randint(0, parent.head), branch_id=f"b{fork}", name=f"b{fork}")
        grown = [some_event(number := number + 1, chance) for _ in range(chance.randint(0, 40))]
        if grown:
            store.append(made.id, grown, expected=None)
        branches.append(made.id)
    differences = Differences(store, cache, TimeMachine(store, cache))

    for _ in range(10):
        places, states = [], []
        for branch in (store.branch(chance.choice(branches)), store.branch(chance.choice(branches))):
            at = chance.randint(0, branch.head)
            places += [branch.id, at]
            states.append(full_json(fold_all(store.read(branch.id, 1, at))))

        found = differences.difference(*places)  # type: ignore[arg-type]

        assert json.dumps(found.patch) == json.dumps(diff(*states))
        assert same(patched(states[0], found.patch), states[1])
