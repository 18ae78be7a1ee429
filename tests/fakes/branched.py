"""Sessions with branches, in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.fixed_clock import FixedClock
from fakes.histories import any_event
from fakes.making import new_event, said
from fakes.memory_derived_cache import MemoryDerivedCache
from fakes.memory_event_store import MemoryEventStore
from fakes.sequential_ids import SequentialIds

from app.application.branch_labels import BranchLabels
from app.application.comparing import Comparing
from app.application.differences import Differences
from app.application.notebook import Notebook
from app.application.ports import SessionDraft
from app.application.time_machine import TimeMachine
from app.application.winners import Winners
from app.domain.sessions import SessionHeader

if TYPE_CHECKING:
    import random

    from app.domain.compare.comparison import Comparison


def random_session(length: int, chance: random.Random) -> tuple[MemoryEventStore, TimeMachine]:
    """One session ``s`` of events of every kind, some of them broken."""
    store = MemoryEventStore(clock=FixedClock())
    events = [("main", any_event(number, chance)) for number in range(1, length + 1)]
    store.store_session(SessionDraft(header=SessionHeader(id="s", title="s", source="urn:test"), events=events))
    return store, TimeMachine(store, MemoryDerivedCache())


class Branched:
    """A session ``s`` of messages, in memory, to be branched and compared. ``store`` is where it lies."""

    def __init__(self, *texts: str) -> None:
        self.store, self.ids = MemoryEventStore(clock=FixedClock()), SequentialIds()
        header = SessionHeader(id="s", title="Table for two", source="urn:test", subject="c1")
        self.store.store_session(SessionDraft(header=header, events=[("main", one) for one in said(texts)]))
        self.main = self.store.branches("s")[0].id
        clock, cache = FixedClock(), MemoryDerivedCache()
        self.machine = TimeMachine(self.store, cache)
        self.labels = BranchLabels(self.store, clock, self.ids)
        self.notebook = Notebook(self.store, clock, self.ids)
        differences = Differences(self.store, cache, self.machine)
        self.comparing = Comparing(self.store, self.machine, differences, self.notebook, self.labels)
        self.winners = Winners(self.store, self.machine, self.labels)
        self._number = 1_000

    def fork(self, name: str, at: int, parent: str | None = None) -> str:
        self.store.fork(parent or self.main, at, branch_id=name, name=name)
        return name

    def say(self, branch: str, *texts: str, first: str = "user") -> None:
        """Messages by turns, beginning with the role ``first``."""
        roles = ("user", "assistant") if first == "user" else ("assistant", "user")
        for number, text in enumerate(texts):
            self.add(branch, "conversation.message-posted", role=roles[number % 2], text=text)

    def add(self, branch: str, kind: str, /, *, cause: str | None = None, **data: Any) -> str:
        """One event; a message gets an id. Returns the event's id."""
        self._number += 1
        if kind == "conversation.message-posted":
            data = {"message_id": f"m{self._number}", **data}
        event = new_event(self._number, kind, data, causation_id=cause)
        self.store.append(branch, [event], expected=None)
        return event.id

    def answer(self, branch: str, text: str, *, ended: str = "completed", **told: Any) -> None:
        """A model's answer as a continuation records it; ``told`` are facts of its end, ``sent`` of its request."""
        sent = {"model": "tiny", "options": {"seed": 1, "temperature": 0.5}, "messages": [], **told.pop("sent", {})}
        setting = {"model": sent["model"], "digest": "d1", "server_version": "0.32.15", "request": sent}
        request = self.add(branch, "generation.requested", **setting)
        if ended == "completed":
            made = {"model": sent["model"], "request": request}
            self.add(branch, "conversation.message-posted", role="assistant", text=text, generated_by=made)
        else:
            told["text"] = text
        self.add(branch, f"generation.{ended}", cause=request, request_id=request, **told)

    def compare(self, *branches: str, **more: Any) -> Comparison:
        return self.comparing.compare("s", [self.main if one == "main" else one for one in branches], **more)
