"""A session in memory with all that what-ifs are made with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.fixed_clock import FixedClock
from fakes.memory_derived_cache import MemoryDerivedCache
from fakes.memory_event_store import MemoryEventStore
from fakes.sequential_ids import SequentialIds

from app.application.branch_labels import BranchLabels
from app.application.branching import Branching
from app.application.forking import Forking
from app.application.ports import SessionDraft
from app.application.time_machine import TimeMachine
from app.application.what_if.what_ifs import WhatIfs
from app.domain.sessions import SessionHeader

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.branches import Branch
    from app.domain.events import Event, NewEvent


class WhatIfDesk:
    """``main`` holds the events that are given."""

    def __init__(self, events: Iterable[NewEvent]) -> None:
        clock = FixedClock()
        self.ids = SequentialIds("new")
        self.store = MemoryEventStore(clock=clock)
        header = SessionHeader(id="s", title="s", source="urn:test", subject="customer 7")
        self.store.store_session(SessionDraft(header=header, events=[("main", one) for one in events]))
        self.main = self.store.branches("s")[0].id
        self.cache = MemoryDerivedCache()
        self.machine = TimeMachine(self.store, self.cache)
        self.labels = BranchLabels(self.store, clock, self.ids)
        self.forking = Forking(self.store, self.machine, self.labels)
        self.branching = Branching(self.store, clock, self.ids, self.forking, self.labels)
        self.what_ifs = WhatIfs(
            self.store,
            self.cache,
            self.machine,
            clock=clock,
            ids=self.ids,
            forking=self.forking,
            branching=self.branching,
            labels=self.labels,
        )

    def events(self, branch: str | None = None) -> tuple[Event, ...]:
        return self.store.read(branch or self.main, 1, 10**6)

    def own(self, branch: Branch) -> tuple[Event, ...]:
        return self.store.read(branch.id, branch.fork_position + 1, branch.head)

    def state(self, branch: str, at: int | None = None) -> dict[str, Any]:
        return self.machine.state(branch, self.store.branch(branch).head if at is None else at)
