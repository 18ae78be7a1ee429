"""The search index's file: kept up, thrown away, shared, and never believed when it is damaged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from fakes.fixed_clock import FixedClock
from fakes.memory_event_store import MemoryEventStore
from fakes.searched import places, scanned, store_texts, text_event

from app.adapters.search.block import Shape
from app.adapters.search.index import FileSearchIndex, open_search_index
from app.application.searching import Searching, SearchRequest
from app.domain.errors import Cancelled, NotFound

WORDS = ("refund", "退货", "pizza", "straße", "zq")
TEXTS = [f"{WORDS[number % 5]} number {number} {'x' * (number % 7)}" for number in range(60)]


@pytest.fixture
def store() -> MemoryEventStore:
    made = MemoryEventStore(FixedClock())
    store_texts(made, "old", TEXTS)
    store_texts(made, "new", TEXTS[:20])
    return made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "x.search"


@pytest.fixture
def index(file: Path) -> Iterator[FileSearchIndex]:
    with closing(FileSearchIndex(str(file), Shape(events=4, segment=2, learned=3))) as opened:
        yield opened


def agree(searching: Searching, store: MemoryEventStore) -> None:
    for text in (*WORDS, "number 1", '"number 1"', "7", "STRASSE", "退", "no"):
        request = SearchRequest(text=text)
        assert places(searching.search(request, count=500)) == scanned(store, request)


def test_sessions_that_came_last_come_first(store: MemoryEventStore, index: FileSearchIndex) -> None:
    page = Searching(store, index).search(SearchRequest(text="pizza"))

    assert [(hit.event.session, hit.event.position) for hit in page.hits[:5]] == [
        ("new", 3), ("new", 8), ("new", 13), ("new", 18), ("old", 3),
    ]  # fmt: skip
    assert page.hits[0].to_json()["title"] == "Title of new"


def test_pages_join_without_gap_or_overlap(store: MemoryEventStore, index: FileSearchIndex) -> None:
    searching = Searching(store, index)
    request = SearchRequest(text="number")

    pages = [searching.search(request, first=first, count=7, effort=None) for first in range(0, 84, 7)]

    assert [hit for page in pages for hit in places(page)] == scanned(store, request)
    assert {page.total for page in pages} == {80}


def test_a_count_that_was_cut_short_says_so(store: MemoryEventStore, index: FileSearchIndex) -> None:
    page = Searching(store, index).search(SearchRequest(text="number"), count=2, effort=0)

    assert len(page.hits) == 2
    assert not page.is_exact
    assert 2 <= page.total < 80


def test_what_is_appended_is_found_at_once(store: MemoryEventStore, index: FileSearchIndex) -> None:
    searching = Searching(store, index)
    agree(searching, store)
    for number in range(9):
        store.append("old/main", [text_event(f"more-{number}", f"pizza again {number}")], expected=None)
        agree(searching, store)


def test_a_deleted_file_is_made_again(store: MemoryEventStore, index: FileSearchIndex, file: Path) -> None:
    agree(Searching(store, index), store)
    index.close()
    file.unlink()

    with closing(FileSearchIndex(str(file))) as again:
        assert again.covered() == (0, "")
        agree(Searching(store, again), store)


@pytest.mark.parametrize("step", [701, 4_999, 16_391])
def test_damage_is_noticed_and_mended(store: MemoryEventStore, index: FileSearchIndex, file: Path, step: int) -> None:
    agree(Searching(store, index), store)
    index.close()
    content = bytearray(file.read_bytes())
    for place in range(100, len(content), step):
        content[place] ^= 0xFF
    file.write_bytes(content)

    with closing(FileSearchIndex(str(file), Shape(events=4, segment=2, learned=3))) as again:
        agree(Searching(store, again), store)


def test_the_index_of_another_history_is_begun_anew(store: MemoryEventStore, index: FileSearchIndex) -> None:
    Searching(store, index).catch_up()
    other = MemoryEventStore(FixedClock())
    store_texts(other, "other", [f"{text}!" for text in TEXTS] + TEXTS)

    agree(Searching(other, index), other)


def test_two_programs_may_keep_one_index(store: MemoryEventStore, index: FileSearchIndex, file: Path) -> None:
    with closing(FileSearchIndex(str(file), Shape(events=4, segment=2, learned=3))) as second:
        agree(Searching(store, index), store)
        store.append("new/main", [text_event("late", "pizza late")], expected=None)
        agree(Searching(store, second), store)
        agree(Searching(store, index), store)


def test_stopping_half_way_keeps_what_was_done(store: MemoryEventStore, index: FileSearchIndex) -> None:
    def stop(done: int, total: int | None, what: str) -> None:
        raise Cancelled("enough")

    with pytest.raises(Cancelled):
        Searching(store, index).catch_up(stop)

    assert index.covered()[0] == 80
    agree(Searching(store, index), store)


def test_a_branch_shows_what_it_inherits(store: MemoryEventStore, index: FileSearchIndex) -> None:
    store.fork("old/main", 10, branch_id="b", name="b")
    store.append("b", [text_event("own", "pizza on b")], expected=10)
    searching = Searching(store, index)
    request = SearchRequest(text="pizza", branch="b")

    assert searching.positions(request) == (3, 8, 11)
    assert places(searching.search(request)) == scanned(store, request)


def test_searching_a_session_that_is_not_there_is_refused(store: MemoryEventStore, index: FileSearchIndex) -> None:
    with pytest.raises(NotFound):
        Searching(store, index).search(SearchRequest(text="pizza", session="none"))


def test_postings_skip_blocks(store: MemoryEventStore, index: FileSearchIndex) -> None:
    searching = Searching(store, index)
    searching.catch_up()
    read: list[int] = []

    searching.search(SearchRequest(text='"number 57"'), progress=lambda done, total, what: read.append(total or 0))

    assert read
    assert max(read) <= 8  # of 20 blocks


def test_where_nothing_can_be_written_the_index_is_in_memory(store: MemoryEventStore, tmp_path: Path) -> None:
    with closing(open_search_index(tmp_path / "none" / "store")) as index:
        agree(Searching(store, index), store)

    assert not (tmp_path / "none").exists()
