"""Branches that begin with the same content, found in a real store; what grew since is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

import pytest
from fakes.fixed_clock import FixedClock
from fakes.making import message, said
from fakes.memory_event_store import MemoryEventStore

from app.application.ports import SessionDraft
from app.application.shared_prefixes import STEP, SharedPrefixes
from app.domain.branch_merging import Repeated
from app.domain.errors import Cancelled
from app.domain.sessions import SessionHeader

if TYPE_CHECKING:
    from app.domain.branch_merging import Merged

MAIN = "s/main"


@pytest.fixture
def store() -> MemoryEventStore:
    store = MemoryEventStore(FixedClock())
    header = SessionHeader(id="s", title="Refund", source="urn:test")
    store.store_session(SessionDraft(header=header, events=[("main", one) for one in said("abcdefghijklmnopqrst")]))
    return store


def tell(store: MemoryEventStore, branch: str, at: int, texts: str, parent: str = MAIN) -> None:
    """A branch of that id, with messages of its own whose ids are made up anew."""
    store.fork(parent, at, branch_id=branch, name=branch)
    append(store, branch, texts)


def append(store: MemoryEventStore, branch: str, texts: str) -> None:
    head = store.branch(branch).head
    made = [
        message(crc32(f"{branch} {at}".encode()), text, "user" if at % 2 else "assistant")
        for at, text in enumerate(texts, start=head + 1)
    ]
    store.append(branch, made, expected=head)


def merged(prefixes: SharedPrefixes, store: MemoryEventStore, hidden: tuple[str, ...] = ()) -> Merged:
    return prefixes.merged(store.branches("s"), hidden)


def test_what_repeats_the_parent_or_a_sibling_is_found(store: MemoryEventStore) -> None:
    tell(store, "again", 4, "efg?")
    tell(store, "one", 10, "xyz")
    tell(store, "two", 10, "xy!")
    tell(store, "other", 10, "!!")

    found = merged(SharedPrefixes(store), store)

    assert found.repeated == {"again": Repeated(MAIN, 3), "two": Repeated("one", 2)}
    assert {twig.id: (twig.parent, twig.fork) for twig in found.twigs} == {
        MAIN: (None, 0), "again": (MAIN, 7), "one": (MAIN, 10), "two": ("one", 12), "other": (MAIN, 10),
    }  # fmt: skip


def test_a_branch_that_grows_is_read_again(store: MemoryEventStore) -> None:
    prefixes = SharedPrefixes(store)
    tell(store, "again", 4, "")
    assert merged(prefixes, store).repeated == {}

    append(store, "again", "efghijklmn"[: STEP + 2])
    assert merged(prefixes, store).repeated == {"again": Repeated(MAIN, STEP + 2)}


def test_what_is_hidden_is_not_drawn_upon(store: MemoryEventStore) -> None:
    prefixes = SharedPrefixes(store)
    tell(store, "one", 10, "xyz")
    tell(store, "two", 10, "xy!")

    assert merged(prefixes, store, ("one",)).repeated == {}
    assert merged(prefixes, store).repeated == {"two": Repeated("one", 2)}


def test_it_can_be_cancelled(store: MemoryEventStore) -> None:
    tell(store, "one", 10, "xyz")

    def stop(done: int, total: int | None, what: str) -> None:
        raise Cancelled("enough")

    with pytest.raises(Cancelled):
        SharedPrefixes(store).merged(store.branches("s"), (), stop)
