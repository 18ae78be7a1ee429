"""What leaves of a session: the chosen part, with the state it had, and nothing that must not."""

from __future__ import annotations

import pytest
from fakes.fixed_clock import FixedClock
from fakes.making import message, new_event, said
from fakes.memory_event_store import MemoryEventStore
from fakes.outgoing import SECRET, FakeRedaction, secret_session

from app.application.outgoing.view import OutgoingView
from app.application.ports import SessionDraft
from app.domain.errors import BadInput, NotFound, OutOfRange, StoreUnusable
from app.domain.excerpts import Excerpt
from app.domain.sessions import SessionHeader
from app.domain.withheld import WITHHELD


@pytest.fixture
def store() -> MemoryEventStore:
    """main 1–6; a leaves it at 4 and grows to 6; b leaves a at 2 (an event of main's) and grows to 3."""
    store = MemoryEventStore(clock=FixedClock())
    header = SessionHeader(id="s", title="t", source="urn:test")
    store.store_session(SessionDraft(header=header, events=[("main", one) for one in said("abcdef")]))
    store.fork("s/main", 4, branch_id="a", name="A")
    store.append("a", [message(11, "on a"), message(12, "on a too")], expected=4)
    store.fork("a", 2, branch_id="b", name="B")
    store.append("b", [message(13, "on b")], expected=2)
    notes = [("s/main", 2), ("s/main", 6), ("a", 5), ("b", 3)]
    store.append("s/analyst", [note(20 + number, *place) for number, place in enumerate(notes)], expected=0)
    return store


def note(number: int, branch: str, position: int) -> object:
    data = {"entry": f"e{number}", "branch": branch, "position": position, "text": f"{branch} {position}"}
    return new_event(number, "analyst.note-written", data)


def heads(view: OutgoingView) -> dict[str, tuple[str | None, int, int]]:
    return {one.id: (one.parent, one.fork_position, one.head) for one in view.branches("s")}


def notes_of(view: OutgoingView) -> list[str]:
    return [event.data["text"] for event in view.iterate("s/analyst")]


def test_all_of_a_session_is_what_the_store_has(store: MemoryEventStore) -> None:
    view = OutgoingView(store, "s")

    assert view.branches("s") == store.branches("s")
    assert all(list(view.iterate(one.id)) == list(store.iterate(one.id)) for one in store.branches("s"))
    assert all(view.keeps_hashes(one.id) for one in view.branches("s"))


def test_a_branch_brings_its_ancestors_up_to_where_it_leaves_them(store: MemoryEventStore) -> None:
    view = OutgoingView(store, "s", Excerpt(branches=("a",)))

    assert heads(view) == {
        "s/main": (None, 0, 4),
        "a": ("s/main", 4, 6),
        "s/analyst": (None, 0, 2),
        "s/derived": (None, 0, 0),
    }
    assert [event.data["text"] for event in view.iterate("a")] == ["a", "b", "c", "d", "on a", "on a too"]
    assert notes_of(view) == ["s/main 2", "a 5"]
    assert view.keeps_hashes("a")
    assert not view.keeps_hashes("s/analyst")


def test_a_parent_that_owns_nothing_of_a_branch_stays_behind(store: MemoryEventStore) -> None:
    view = OutgoingView(store, "s", Excerpt(branches=("b",), streams=()))

    assert heads(view) == {
        "s/main": (None, 0, 2),
        "b": ("s/main", 2, 3),
        "s/analyst": (None, 0, 0),
        "s/derived": (None, 0, 0),
    }
    assert [one.id for one in view.unchosen] == ["a", "s/analyst", "s/derived"]
    with pytest.raises(NotFound):
        view.branch("a")


def test_a_range_ends_every_branch(store: MemoryEventStore) -> None:
    view = OutgoingView(store, "s", Excerpt(last=3))

    assert {name: head for name, (_, _, head) in heads(view).items()} == {
        "s/main": 3, "b": 3, "s/analyst": 2, "s/derived": 0,
    }  # fmt: skip
    assert notes_of(view) == ["s/main 2", "b 3"]


def test_of_what_was_said_before_the_range_only_that_it_was_remains(store: MemoryEventStore) -> None:
    view = OutgoingView(store, "s", Excerpt(first=4))

    assert [event.data["text"] for event in view.iterate("s/main")] == [WITHHELD] * 3 + ["d", "e", "f"]
    assert [event.id for event in view.iterate("s/main")] == [event.id for event in store.iterate("s/main")]
    assert notes_of(view) == ["s/main 6", "a 5"]
    assert not view.keeps_hashes("s/main")


@pytest.mark.parametrize(
    ("excerpt", "sentence"),
    [
        (Excerpt(first=5, last=4), "begins at 5 and ends at 4"),
        (Excerpt(branches=("b",), first=4), "no chosen branch has an event 4"),
        (Excerpt(first=99), "begins at 99 and ends at 6"),
    ],
)
def test_a_range_without_events_is_refused(store: MemoryEventStore, excerpt: Excerpt, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        OutgoingView(store, "s", excerpt)


def test_names_of_today_are_used_where_the_stream_that_tells_them_stays(store: MemoryEventStore) -> None:
    names = {"a": "kinder"}

    assert OutgoingView(store, "s", Excerpt(streams=()), names=names).branch("a").name == "kinder"
    assert OutgoingView(store, "s", names=names).branch("a").name == "A"


def test_reading_beyond_what_leaves_is_refused(store: MemoryEventStore) -> None:
    view = OutgoingView(store, "s", Excerpt(last=3))

    with pytest.raises(OutOfRange):
        view.events_at("s/main", (4,))
    assert view.read("s/main", 1, 99) == store.read("s/main", 1, 3)
    assert [fact.position for fact in view.facts_at("s/main", (2, 3, 4))] == [2, 3]
    assert len(view.columns("s/main")) == 3
    with pytest.raises(StoreUnusable):
        view.append("s/main", [message(99, "x")], expected=None)


def test_a_redaction_reaches_everything_that_is_read() -> None:
    store, session = secret_session()
    view = OutgoingView(store, session, redaction=FakeRedaction())

    told = [view.header(view.session), view.sessions()]
    for branch in view.branches(view.session):
        told += [branch, list(view.iterate(branch.id)), view.lineage(branch.id), view.columns(branch.id)]
        told += [vars_of(fact) for fact in view.facts_at(branch.id, range(1, 20))]

    assert SECRET not in repr(told)
    assert view.header_hash(view.session) == ""


def vars_of(fact: object) -> dict[str, object]:
    return {name: getattr(fact, name) for name in ("id", "type", "data", "causation_id")}


def test_texts_that_become_the_same_stay_apart() -> None:
    store = MemoryEventStore(clock=FixedClock())
    events = [("main", new_event(one, "x.y", id=name)) for one, name in enumerate(("Ann-7", "Bob-7", "plain"))]
    store.store_session(SessionDraft(header=SessionHeader(id="s", title="t", source="urn:test"), events=events))

    class Everyone(FakeRedaction):
        def text(self, text: str, place: object) -> str:
            return text.replace("Ann", "[NAME]").replace("Bob", "[NAME]")

    view = OutgoingView(store, "s", redaction=Everyone())

    assert [event.id for event in view.iterate("s/main")] == ["[NAME]-7", "[NAME]-7 (2)", "plain"]
    assert [event.id for event in view.iterate("s/main")] == ["[NAME]-7", "[NAME]-7 (2)", "plain"]
