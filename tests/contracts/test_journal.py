"""The whole log in the order of storing, from every store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakes.making import said
from fakes.searched import store_texts, text_event

if TYPE_CHECKING:
    from app.application.ports import EventStore


def test_events_of_all_sessions_come_in_the_order_of_storing(store: EventStore) -> None:
    store_texts(store, "a", ["one", "two"])
    store_texts(store, "b", ["three"])
    store.append("a/main", [text_event("late", "four")], expected=2)
    store.append("a/analyst", [text_event("note", "five")], expected=0)

    everything = store.recorded_after(0, 100)

    assert [number for number, _ in everything] == [1, 2, 3, 4, 5]
    assert [event.data["text"] for _, event in everything] == ["one", "two", "three", "four", "five"]
    assert everything[3][1] == store.read("a/main", 3, 3)[0]
    assert store.recorded_after(2, 2) == everything[2:4]
    assert store.recorded_after(5, 10) == ()
    assert store.recorded_count() == 5


def test_in_brief_are_the_same_events(store: EventStore) -> None:
    store_texts(store, "a", ["one", "two"], subject="customer-1")
    store_texts(store, "b", ["three"])
    store.append("a/analyst", [text_event("note", "five", actor="analyst", time=None)], expected=0)

    brief = store.brief_after(1, 2)

    assert brief == store.brief_after(0, 100)[1:3]
    for one, (number, event) in zip(store.brief_after(0, 100), store.recorded_after(0, 100), strict=True):
        assert one == (number, *(getattr(event, name) for name in one._fields[1:]))


def test_an_empty_store_has_recorded_nothing(store: EventStore) -> None:
    assert store.recorded_after(0, 10) == ()
    assert store.brief_after(0, 10) == ()
    assert store.recorded_count() == 0


def test_an_append_that_was_refused_leaves_no_number(store: EventStore) -> None:
    store_texts(store, "a", ["one"])
    store.append("a/main", said(["two"]), expected=1)
    store.append("a/main", said(["two"]), expected=1)

    assert store.recorded_count() == 2
