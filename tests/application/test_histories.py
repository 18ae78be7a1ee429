"""Histories of what branches share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakes.fixed_clock import FixedClock
from fakes.making import message, new_event
from fakes.memory_derived_cache import MemoryDerivedCache
from fakes.memory_event_store import MemoryEventStore

from app.application.histories import Histories
from app.application.ports import SessionDraft
from app.application.time_machine import TimeMachine
from app.domain.sessions import SessionHeader

if TYPE_CHECKING:
    from app.domain.events import NewEvent


def edit(number: int, text: str) -> NewEvent:
    return new_event(number, "conversation.message-edited", {"message_id": "m1", "text": text})


def test_a_message_from_before_the_fork_may_be_edited_again_and_again() -> None:
    store, cache = MemoryEventStore(clock=FixedClock()), MemoryDerivedCache()
    header = SessionHeader(id="s", title="s", source="urn:test")
    store.store_session(SessionDraft(header=header, events=[("main", message(1, "one"))]))
    store.fork("s/main", 1, branch_id="b", name="b")
    store.append("b", [edit(2, "two"), edit(3, "three")], expected=None)
    histories = Histories(store, cache, TimeMachine(store, cache))

    changes = histories.history("b", "/conversation/messages/0/text")

    assert [one.after for one in changes] == ["one", "two", "three"]
