"""Histories of what branches share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakes.fixed_clock import FixedClock
from fakes.making import message, new_event
from fakes.memory_derived_cache import MemoryDerivedCache
from fakes.memory_event_store import MemoryEventStore

from app.application.finding import Finding
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


def test_what_is_predicted_can_be_asked_from_far_in_a_long_session() -> None:
    store, cache = MemoryEventStore(clock=FixedClock()), MemoryDerivedCache()
    viewed = [new_event(one, "behaviour.item-viewed", {"item": "AB"[one // 1_100]}) for one in range(1, 1_200)]
    header = SessionHeader(id="s", title="s", source="urn:test")
    store.store_session(SessionDraft(header=header, events=[("main", one) for one in viewed]))
    machine = TimeMachine(store, cache)
    finding = Finding(store, cache, machine)

    (found,) = finding.find("s/main", "recommendation.predicted[0].item == 'B'", first=1_050)
    assert found == finding.find("s/main", "recommendation.predicted[0].item == 'B'")[0]

    changes = Histories(store, cache, machine).history("s/main", "/recommendation/predicted/0/item", first=1_050)
    assert [(one.position, one.before, one.after) for one in changes] == [(found, "A", "B")]
