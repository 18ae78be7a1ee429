"""A session that is imported again after it, or what is stored of it, went on: nothing is lost and nothing moves."""

import pytest
from fakes.fixed_clock import FixedClock
from fakes.sequential_ids import SequentialIds
from hypothesis import given, settings
from hypothesis import strategies as st

from app.adapters.files.chats.steps import ChatNode, Said
from app.adapters.files.chats.tree_writer import write_chat
from app.adapters.files.drafting import SessionWriter
from app.adapters.store.store import open_store
from app.application.importing import Importing
from app.application.ports import FoundFile, ImportNotes
from app.domain.events import NewEvent


class OneDraft:
    """A format of one session."""

    name = title = "test"

    def __init__(self, parents, shown, text="said"):
        self._parents, self._shown, self._text = parents, shown, text

    def read(self, path, notes):
        writer = SessionWriter("urn:test", "tree")
        writer.add("session.started", "system", {"turn": 0}, part="session")
        nodes = [
            ChatNode(id=own, parent=parent, steps=(Said(role="user", text=f"{own} {self._text}"),))
            for own, parent in self._parents.items()
        ]
        write_chat(writer, nodes, self._shown, ImportNotes(), "test")
        yield writer.draft("A tree")


class OneFile:
    """Where it comes from."""

    def __init__(self, path):
        self._path = path

    def expand(self, paths, skipped):
        yield FoundFile("tree", self._path)

    def digest(self, path):
        return ""


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path / "s.branchline", clock=FixedClock(), ids=SequentialIds())
    yield opened
    opened.close()


def brought_in(store, path, parents, shown, text="said"):
    path.write_bytes(b"")
    return Importing(store, OneFile(path)).run([path], chosen=OneDraft(parents, shown, text))


def branches_of(store):
    (session,) = [one.header.id for one in store.sessions() if one.header.external_id == "tree"]
    return [one for one in store.branches(session) if one.kind == "branch"]


def lines(store):
    """Branch name -> ids of its messages."""
    branches = branches_of(store)
    found = {one.name: [event.data.get("message_id") for event in store.iterate(one.id)] for one in branches}
    return {name: [own for own in ids if own] for name, ids in found.items()}


BEFORE = {"q": None, "a": "q", "q2": "a"}


def test_an_answer_that_was_asked_for_again_and_is_shown_now_is_a_branch(store, tmp_path):
    brought_in(store, tmp_path / "f", BEFORE, "q2")
    report = brought_in(store, tmp_path / "f", {**BEFORE, "b": "q", "b2": "b"}, "b2")

    assert not report.quarantined
    assert (report.events, report.duplicates) == (2, 4)
    assert report.to_json()["not_captured"] == [
        "import: that the source shows another branch now (main stays what it was)"
    ]
    assert lines(store) == {"main": ["q", "a", "q2"], "shown later": ["q", "b", "b2"]}
    assert brought_in(store, tmp_path / "f", {**BEFORE, "b": "q", "b2": "b"}, "b2").events == 0
    assert not store.verify().problems


def test_a_branch_that_grew_grows(store, tmp_path):
    brought_in(store, tmp_path / "f", {**BEFORE, "b": "q"}, "q2")
    report = brought_in(store, tmp_path / "f", {**BEFORE, "b": "q", "b2": "b"}, "q2")

    assert not report.quarantined
    assert lines(store) == {"main": ["q", "a", "q2"], "b said": ["q", "b", "b2"]}


def test_what_a_person_continued_stays_and_what_is_new_leaves_before_it(store, tmp_path):
    brought_in(store, tmp_path / "f", BEFORE, "q2")
    main = branches_of(store)[0]
    own = NewEvent(
        id="own", source="urn:us", type="conversation.message-posted", data={"message_id": "own"}, actor="user"
    )
    store.append(main.id, [own], expected=None)

    report = brought_in(store, tmp_path / "f", {**BEFORE, "a2": "q2"}, "a2")

    assert not report.quarantined
    assert lines(store) == {"main": ["q", "a", "q2", "own"], "shown later": ["q", "a", "q2", "a2"]}


def test_a_message_that_says_something_else_now_is_refused_and_nothing_comes_in(store, tmp_path):
    brought_in(store, tmp_path / "f", BEFORE, "q2")
    report = brought_in(store, tmp_path / "f", {**BEFORE, "a2": "q2"}, "a2", "told")

    assert [part.line for part in report.quarantined] == [None]
    assert lines(store) == {"main": ["q", "a", "q2"]}


def _parents(above, count):
    return {f"n{i}": f"n{one}" if 0 <= one < i else None for i, one in enumerate(above[:count])}


@settings(max_examples=40)
@given(
    st.lists(st.integers(min_value=-1, max_value=12), min_size=2, max_size=12),
    st.lists(st.tuples(st.integers(1, 12), st.integers(0, 12)), min_size=2, max_size=4),
)
def test_however_a_tree_grows_every_message_stands_behind_its_parent(tmp_path_factory, above, exports):
    folder = tmp_path_factory.mktemp("graft")
    store = open_store(folder / "s.branchline", clock=FixedClock(), ids=SequentialIds())
    try:
        counts = sorted(min(count, len(above)) for count, _ in exports)
        for count, (_, shown) in zip(counts, exports, strict=True):
            report = brought_in(store, folder / "f", _parents(above, count), f"n{shown}")
            assert not report.quarantined

        known = _parents(above, counts[-1])
        found = {}
        for ids in lines(store).values():
            for own, before in zip(ids, [None, *ids[:-1]], strict=True):
                assert found.setdefault(own, before) == before
        assert found == known
        assert not store.verify().problems
    finally:
        store.close()
