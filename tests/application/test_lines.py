"""Columns that were kept are those that the log would give."""

from __future__ import annotations

import pytest
from fakes.fixed_clock import FixedClock
from fakes.making import message, new_event
from fakes.memory_derived_cache import MemoryDerivedCache
from fakes.memory_event_store import MemoryEventStore

from app.application.lines import Lines
from app.application.ports import SessionDraft
from app.domain.sessions import SessionHeader


def some(first: int, last: int) -> list[tuple[str, object]]:
    kinds = ("behaviour.item-viewed", "session.closed", "unheard.of")
    return [
        message(number, "hello") if number % 3 else new_event(number, kinds[number % 7 % 3], {"item": "A"}, time=None)
        for number in range(first, last + 1)
    ]


@pytest.fixture
def store() -> MemoryEventStore:
    made = MemoryEventStore(clock=FixedClock())
    header = SessionHeader(id="s", title="s", source="urn:test")
    made.store_session(SessionDraft(header=header, events=[("main", one) for one in some(1, 40)]))
    made.fork("s/main", 30, branch_id="b", name="b")
    made.append("b", some(101, 140), expected=None)
    made.fork("b", 33, branch_id="c", name="c")
    made.append("c", some(201, 203), expected=None)
    return made


@pytest.mark.parametrize("worth", [1, 5, 35, 10_000])
def test_columns_are_those_of_the_log_however_much_is_kept(store: MemoryEventStore, worth: int) -> None:
    lines = Lines(store, MemoryDerivedCache(), worth)
    for _ in range(2):
        for branch in ("c", "s/main", "b"):
            assert lines.columns(branch) == store.columns(branch)
    store.append("s/main", some(41, 60), expected=None)
    for branch in ("s/main", "c"):
        assert lines.columns(branch) == store.columns(branch)


def test_kept_columns_are_used_and_only_the_rest_is_read(store: MemoryEventStore) -> None:
    cache = MemoryDerivedCache()
    Lines(store, cache, 5).columns("s/main")
    store.append("s/main", some(41, 42), expected=None)
    asked: list[tuple[int, int | None]] = []
    read = store.columns

    def columns(branch: str, first: int = 1, last: int | None = None) -> object:
        asked.append((first, last))
        return read(branch, first, last)

    store.columns = columns  # type: ignore[method-assign,assignment]
    Lines(store, cache, 5).columns("s/main")

    assert asked == [(41, 42)]


@pytest.mark.parametrize("content", [b"", b"rubbish", b'{"events": 1}\n', b"[]\n"])
def test_columns_that_were_damaged_are_read_anew(store: MemoryEventStore, content: bytes) -> None:
    cache = MemoryDerivedCache()
    cache.put_columns("s/main", 40, content)

    assert Lines(store, cache, 5).columns("s/main") == store.columns("s/main")


def test_columns_of_another_history_are_not_used(store: MemoryEventStore) -> None:
    cache = MemoryDerivedCache()
    Lines(store, cache, 5).columns("s/main")
    other = MemoryEventStore(clock=FixedClock())
    events = [("main", message(number, "other")) for number in range(1, 46)]
    other.store_session(SessionDraft(header=SessionHeader(id="s", title="t", source="urn:test"), events=events))

    assert Lines(other, cache, 5).columns("s/main") == other.columns("s/main")
