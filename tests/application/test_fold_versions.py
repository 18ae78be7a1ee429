"""The same events under an old and a new fold; what was derived with the one is never used for the other."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from fakes.fixed_clock import FixedClock
from fakes.histories import any_event
from fakes.memory_derived_cache import MemoryDerivedCache
from fakes.memory_event_store import MemoryEventStore

from app.adapters.store.cache import open_cache
from app.application.fold_versions import FoldVersions
from app.application.ports import SessionDraft
from app.application.time_machine import TimeMachine
from app.domain.diff import diff
from app.domain.errors import BadInput
from app.domain.fold.fold import FOLD_VERSION, advance, fold_all
from app.domain.fold.lists import find_nothing
from app.domain.fold.state_json import full_json
from app.domain.fold.versions import CURRENT, Fold
from app.domain.sessions import SessionHeader

if TYPE_CHECKING:
    from pathlib import Path

    from app.domain.fold.bounded import Bounded
    from app.domain.fold.facts import Fact
    from app.domain.fold.lists import Find, ItemChange

NEXT = FOLD_VERSION + 1
LENGTH = 150


def shouting(draft: Bounded, event: Fact, find: Find = find_nothing) -> tuple[ItemChange, ...]:
    """A fold of tomorrow: instructions are kept in capitals."""
    changes = advance(draft, event, find)
    if draft.conversation.instructions is not None:
        draft.conversation.instructions = draft.conversation.instructions.upper()
    return changes


FOLDS = {FOLD_VERSION: CURRENT, NEXT: Fold(NEXT, shouting)}


@pytest.fixture
def store() -> MemoryEventStore:
    made = MemoryEventStore(clock=FixedClock())
    chance = random.Random(5)
    events = [("main", any_event(number, chance)) for number in range(1, LENGTH + 1)]
    made.store_session(SessionDraft(header=SessionHeader(id="s", title="s", source="urn:test"), events=events))
    return made


def test_two_folds_are_compared_at_every_position(store: MemoryEventStore) -> None:
    versions = FoldVersions(store, lambda version: MemoryDerivedCache(), FOLDS)
    differing = 0
    for position in range(LENGTH + 1):
        state = full_json(fold_all(store.read("s/main", 1, position)))
        shouted = {**state, "conversation": dict(state["conversation"])}
        if (text := state["conversation"]["instructions"]) is not None:
            shouted["conversation"]["instructions"] = text.upper()
            differing += 1

        found = versions.difference(FOLD_VERSION, "s/main", position, NEXT, "s/main", position)

        assert found == diff(state, shouted)
        assert not versions.difference(NEXT, "s/main", position, NEXT, "s/main", position)
    assert differing
    versions.close()


def test_a_cache_file_of_another_version_is_begun_anew(store: MemoryEventStore, tmp_path: Path) -> None:
    file = tmp_path / "s.branchline"
    position = next(
        one.position for one in store.read("s/main", 1, LENGTH) if one.type.endswith("instructions-changed")
    )
    told = []
    for version in (FOLD_VERSION, NEXT, FOLD_VERSION):
        cache = open_cache(file, version)
        assert cache.indexed_to("s/main") == 0
        machine = TimeMachine(store, cache, FOLDS[version])
        machine.prepare("s/main")
        assert cache.indexed_to("s/main") == LENGTH
        told.append(machine.state("s/main", LENGTH)["conversation"]["instructions"])
        assert machine.moment("s/main", position).state["conversation"]["instructions"].isupper() == (version == NEXT)
        cache.close()

    assert told[1] == told[0].upper() != told[0] == told[2]


def test_a_version_that_is_not_known_is_refused(store: MemoryEventStore) -> None:
    versions = FoldVersions(store, lambda version: MemoryDerivedCache())

    with pytest.raises(BadInput, match=f"no fold version 9; known are 1, {FOLD_VERSION}$"):
        versions.machine(9)
