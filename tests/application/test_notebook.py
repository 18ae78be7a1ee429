"""The analyst's record beside a session: what is noted, changed and undone, and that nothing else changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fakes.fixed_clock import SECOND, FixedClock
from fakes.making import new_event, said
from fakes.sequential_ids import SequentialIds

from app.adapters.files.export_native import export_native
from app.adapters.files.formats import KnownFormats
from app.adapters.store.store import open_store
from app.application.importing import Importing
from app.application.notebook import Notebook
from app.application.ports import SessionDraft
from app.domain.errors import BadInput, NotFound, OutOfRange
from app.domain.notebook import Record
from app.domain.sessions import SessionHeader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from app.adapters.store.store import SqlEventStore
    from app.domain.events import Event

HEADER = SessionHeader(id="s", title="Refund", source="urn:test", subject="customer-1")


@pytest.fixture
def open_at(tmp_path: Path) -> Iterator[Callable[[str], SqlEventStore]]:
    opened: list[SqlEventStore] = []

    def open_named(name: str) -> SqlEventStore:
        opened.append(open_store(tmp_path / name, clock=FixedClock(step=SECOND), ids=SequentialIds(name)))
        return opened[-1]

    yield open_named
    for store in opened:
        store.close()


@pytest.fixture
def store(open_at: Callable[[str], SqlEventStore]) -> SqlEventStore:
    """Ten messages on main; a branch at 6 with two of its own."""
    store = open_at("first.branchline")
    store.store_session(SessionDraft(header=HEADER, events=[("main", one) for one in said("abcdefghij")]))
    fork = store.fork(main_of(store), 6, branch_id="b", name="kinder")
    store.append(fork.id, [new_event(91, "session.closed"), new_event(92, "session.closed")], expected=6)
    return store


@pytest.fixture
def book(store: SqlEventStore) -> Notebook:
    return Notebook(store, FixedClock(step=SECOND), SequentialIds("note"))


def main_of(store: SqlEventStore) -> str:
    return store.branches("s")[0].id


def told(book: Notebook) -> list[tuple[int, str, str]]:
    return [(one.position, one.kind, one.text) for one in book.entries("s")]


def record(store: SqlEventStore) -> list[Any]:
    return [event for one in store.branches("s") if one.kind == "branch" for event in store.read(one.id, 1, one.head)]


def test_entries_come_by_position_with_kind_and_text(store: SqlEventStore, book: Notebook) -> None:
    main = main_of(store)
    book.write_note(main, 7, "Here the price was\nwrong. 价格错了")
    book.set_marker(main, 3, "  first   refusal ")
    book.add_tag(main, 5, "refund")
    rated = book.rate(main, 4, 2, "curt")

    assert told(book) == [
        (3, "marker", "first refusal"),
        (4, "rating", "curt"),
        (5, "tag", "refund"),
        (7, "note", "Here the price was\nwrong. 价格错了"),
    ]
    assert rated.rating == 2
    assert book.tags("s") == ("refund",)


def test_every_entry_points_at_branch_position_and_event(store: SqlEventStore, book: Notebook) -> None:
    own, inherited = book.set_marker("b", 8), book.set_marker("b", 6)

    assert (own.branch, own.position, own.event) == ("b", 8, "n92")
    assert (inherited.branch, inherited.position, inherited.event) == (main_of(store), 6, "n6")
    assert book.set_marker("b", 0).event is None


def test_an_entry_at_an_inherited_event_shows_on_every_branch_that_holds_it(
    store: SqlEventStore, book: Notebook
) -> None:
    main = main_of(store)
    for branch, position in (("b", 6), (main, 7), ("b", 7), (main, 0)):
        book.set_marker(branch, position)

    assert [one.position for one in book.entries("s", main)] == [0, 6, 7]
    assert [one.position for one in book.entries("s", "b")] == [0, 6, 7]
    assert {one.branch for one in book.entries("s", "b") if one.position == 7} == {"b"}


def test_lineages_are_those_of_the_store(store: SqlEventStore, book: Notebook) -> None:
    assert book.lineages("s") == {one: store.lineage(one) for one in (main_of(store), "b")}


def test_setting_again_edits_and_the_same_again_writes_nothing(store: SqlEventStore, book: Notebook) -> None:
    main = main_of(store)
    first = book.set_marker(main, 3)
    labelled = book.set_marker(main, 3, "here")
    head = store.branches("s")[2].head
    book.set_marker(main, 3)
    book.set_marker(main, 3, "here")
    book.add_tag(main, 3, "refund")
    book.add_tag(main, 3, " refund ")
    book.rate(main, 3, 5)
    book.rate(main, 3, 1)

    assert first.id == labelled.id
    assert labelled.edited
    assert labelled.time == first.time
    assert store.branches("s")[2].head == head + 3
    assert [one.rating for one in book.entries("s") if one.kind == "rating"] == [1]


def test_editing_and_removing_are_new_events_and_the_old_ones_stay(store: SqlEventStore, book: Notebook) -> None:
    note = book.write_note(main_of(store), 3, "maybe")
    book.edit("s", note.id, "certainly")
    book.remove("s", note.id)

    analyst = store.branches("s")[2]
    assert [event.type for event in store.read(analyst.id, 1, analyst.head)] == [
        "analyst.note-written",
        "analyst.note-written",
        "analyst.entry-removed",
    ]
    assert book.entries("s") == ()
    with pytest.raises(NotFound):
        book.edit("s", note.id, "again")


def test_undo_goes_back_one_change_at_a_time_until_nothing_is_left(store: SqlEventStore, book: Notebook) -> None:
    main = main_of(store)
    note = book.write_note(main, 3, "maybe")
    book.rate(main, 4, 2)
    book.rate(main, 4, 5)
    book.edit("s", note.id, "certainly")
    book.remove("s", note.id)

    seen = []
    for _ in range(5):
        book.undo("s")
        seen.append([(one.text, one.rating) for one in book.entries("s")])

    assert seen == [
        [("certainly", None), ("", 5)],
        [("maybe", None), ("", 5)],
        [("maybe", None), ("", 2)],
        [("maybe", None)],
        [],
    ]
    with pytest.raises(BadInput, match="nothing to undo"):
        book.undo("s")


def test_one_change_can_be_undone_though_others_came_after_it(store: SqlEventStore, book: Notebook) -> None:
    main = main_of(store)
    marker, note = book.set_marker(main, 2, "mine"), book.write_note(main, 3, "theirs")
    removal = book.remove("s", marker.id)
    book.edit("s", note.id, "theirs, later")

    book.undo("s", removal.changed_by)

    assert told(book) == [(2, "marker", "mine"), (3, "note", "theirs, later")]


def test_the_record_of_the_customer_is_never_touched(store: SqlEventStore, book: Notebook) -> None:
    main, before = main_of(store), record(store)
    note = book.write_note(main, 3, "one")
    book.rate("b", 8, 4)
    book.edit("s", note.id, "two")
    book.remove("s", note.id)
    book.undo("s")

    assert record(store) == before
    assert store.verify().ok


def test_a_native_export_carries_the_notebook_into_another_store(
    store: SqlEventStore, book: Notebook, open_at: Callable[[str], SqlEventStore], tmp_path: Path
) -> None:
    book.set_marker("b", 8, "分支")
    book.edit("s", book.write_note(main_of(store), 3, "one").id, "two")
    path = tmp_path / "export.jsonl"
    path.write_text("".join(export_native(store, ["s"])), encoding="utf-8")

    other = open_at("second.branchline")
    Importing(other, KnownFormats()).run([path])

    brought = Notebook(other, FixedClock(), SequentialIds())
    assert brought.entries("s") == book.entries("s")
    assert brought.entries("s", "b") == book.entries("s", "b")
    assert other.verify().ok


def test_what_detectors_found_is_listed_and_what_is_not_understood_is_not(store: SqlEventStore, book: Notebook) -> None:
    main, analyst, derived = main_of(store), store.branches("s")[2], store.branches("s")[3]
    place = {"branch": main, "position": 4, "event": "n4"}
    store.append(derived.id, [new_event(1001, "derived.rate-anomaly", {**place, "text": "9 a minute"})], expected=0)
    bad = ({**place, "rating": 9}, {**place, "rating": None}, {"branch": main, "position": True, "rating": 3})
    store.append(
        analyst.id, [new_event(2000 + i, "analyst.rating-given", one) for i, one in enumerate(bad)], expected=0
    )

    assert told(book) == [(4, "derived", "rate anomaly: 9 a minute")]


def test_an_entry_of_another_program_without_an_entry_id_goes_by_its_event(store: SqlEventStore) -> None:
    analyst = store.branches("s")[2]
    data = {"branch": main_of(store), "position": 4, "event": "n4", "text": "seen"}
    store.append(analyst.id, [new_event(1, "analyst.marker-set", data, id="foreign")], expected=0)

    record = Record()
    record.take(store.read(analyst.id, 1, 1)[0])
    assert set(record.entries) == {"foreign"}


@pytest.mark.parametrize("position", [-1, 11])
def test_a_place_that_is_not_there_is_refused(store: SqlEventStore, book: Notebook, position: int) -> None:
    with pytest.raises(OutOfRange, match="10 events"):
        book.set_marker(main_of(store), position)


def test_what_cannot_be_noted_is_refused_in_words(store: SqlEventStore, book: Notebook) -> None:
    main, analyst = main_of(store), store.branches("s")[2].id
    refused: list[tuple[Callable[[], object], str]] = [
        (lambda: book.write_note(main, 1, " \n "), "a note needs"),
        (lambda: book.add_tag(main, 1, " "), "a tag needs"),
        (lambda: book.rate(main, 1, 6), "1 .* to 5"),
        (lambda: book.set_marker(analyst, 0), "side stream"),
    ]

    for attempt, sentence in refused:
        with pytest.raises(BadInput, match=sentence):
            attempt()
    assert book.entries("s") == ()


class Watched:
    """A store of which is noted how many events were read."""

    def __init__(self, store: SqlEventStore) -> None:
        self._store, self.read_events = store, 0

    def read(self, branch: str, first: int, last: int) -> tuple[Event, ...]:
        found = self._store.read(branch, first, last)
        self.read_events += len(found)
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


def test_a_write_reads_what_was_added_and_no_more(store: SqlEventStore) -> None:
    watched = Watched(store)
    book = Notebook(watched, FixedClock(step=SECOND), SequentialIds("note"))  # type: ignore[arg-type]
    main = main_of(store)
    for number in range(20):
        book.write_note(main, 1 + number % 10, f"note {number}")
        book.set_marker(main, 1 + number % 10, f"mark {number}")
        book.entries("s")
    book.undo("s")

    assert watched.read_events == 41


def test_what_others_note_meanwhile_is_there_too(store: SqlEventStore, book: Notebook) -> None:
    other = Notebook(store, FixedClock(step=SECOND), SequentialIds("other"))
    main, derived = main_of(store), store.branches("s")[3]
    mine = book.write_note(main, 3, "mine")
    theirs = other.write_note(main, 3, "theirs")
    other.edit("s", mine.id, "mine, said they")
    place = {"branch": main, "position": 4, "event": "n4"}
    store.append(derived.id, [new_event(1001, "derived.trend-rising", place)], expected=0)

    assert told(book) == [(3, "note", "mine, said they"), (3, "note", "theirs"), (4, "derived", "trend rising")]
    assert book.remove("s", theirs.id).text == "theirs"
    assert told(other) == told(book)
