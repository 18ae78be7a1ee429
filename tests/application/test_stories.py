"""A customer's story over their sessions, in the order in which it happened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from fakes.fixed_clock import FixedClock
from fakes.making import SECOND, new_event
from fakes.memory_event_store import MemoryEventStore

from app.adapters.search.index import open_search_index
from app.application.ports import SessionDraft
from app.application.searching import Searching
from app.application.stories import Stories
from app.domain.errors import NotFound
from app.domain.sessions import SessionHeader


@pytest.fixture
def store() -> MemoryEventStore:
    return MemoryEventStore(FixedClock())


@pytest.fixture
def stories(store: MemoryEventStore, tmp_path: Path) -> Iterator[Stories]:
    with closing(open_search_index(tmp_path / "s")) as index:
        yield Stories(store, Searching(store, index))


def add(
    store: MemoryEventStore, session: str, times: list[int | None], who: str | None, about: str | None = None
) -> None:
    events = [
        ("main", new_event(n, "behaviour.item-viewed", {"item": "x"}, id=f"{session}{n}",
                           time=None if time is None else time * SECOND, subject=about))
        for n, time in enumerate(times)
    ]  # fmt: skip
    header = SessionHeader(id=session, title=session, source="urn:test", subject=who)
    store.store_session(SessionDraft(header=header, events=events))


def told(stories: Stories, subject: str = "ann") -> list[str]:
    return [f"{place.session}{place.position}" for place in stories.story(subject).places]


def test_sessions_are_told_in_order_of_time(store: MemoryEventStore, stories: Stories) -> None:
    add(store, "b", [10, 30], "ann")
    add(store, "a", [20, 40], "ann")
    add(store, "c", [1, 2], "bob")

    assert told(stories) == ["b1", "a1", "b2", "a2"]
    assert [one.header.id for one in stories.story("ann").sessions] == ["b", "a"]


def test_a_position_is_never_contradicted_by_a_clock(store: MemoryEventStore, stories: Stories) -> None:
    add(store, "a", [None, 20, 5, None, 40], "ann")
    add(store, "b", [10, 30], "ann")

    assert told(stories) == ["b1", "a1", "a2", "a3", "a4", "b2", "a5"]


def test_a_session_without_times_comes_last(store: MemoryEventStore, stories: Stories) -> None:
    add(store, "a", [None, None], "ann")
    add(store, "b", [10], "ann")

    assert told(stories) == ["b1", "a1", "a2"]


def test_events_about_the_customer_elsewhere_belong_to_the_story(store: MemoryEventStore, stories: Stories) -> None:
    add(store, "a", [10], "ann")
    add(store, "b", [5, 15], None, about="ann")
    store.fork("b/main", 1, branch_id="what-if", name="what if")
    store.append("what-if", [new_event(99, "behaviour.item-viewed", {}, subject="ann")], expected=1)

    assert told(stories) == ["b1", "a1", "b2"]


def test_nobody_has_no_story(store: MemoryEventStore, stories: Stories) -> None:
    with pytest.raises(NotFound, match="nobody"):
        stories.story("nobody")
