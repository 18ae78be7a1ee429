"""Every store and cache that must keep the same contract."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fakes.fixed_clock import FixedClock
from fakes.memory_derived_cache import MemoryDerivedCache
from fakes.memory_event_store import MemoryEventStore
from fakes.sequential_ids import SequentialIds

from app.adapters.store.cache import open_cache
from app.adapters.store.store import open_store
from app.application.ports import DerivedCache, EventStore
from app.domain.vocabulary import UPCASTERS, Upcasters

StoreMaker = Callable[..., EventStore]


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture(params=["memory", "sqlite"])
def make_store(request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock) -> Iterator[StoreMaker]:
    made: list[EventStore] = []

    def make(upcasters: Upcasters = UPCASTERS) -> EventStore:
        if request.param == "memory":
            made.append(MemoryEventStore(clock, upcasters))
        else:
            file = tmp_path / f"{len(made)}.branchline"
            made.append(open_store(file, clock=clock, ids=SequentialIds(), upcasters=upcasters))
        return made[-1]

    yield make
    for store in made:
        store.close()


@pytest.fixture
def store(make_store: StoreMaker) -> EventStore:
    return make_store()


@pytest.fixture(params=["memory", "sqlite"])
def cache(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[DerivedCache]:
    made = MemoryDerivedCache() if request.param == "memory" else open_cache(tmp_path / "s.branchline", 1)
    yield made
    made.close()
