"""Reports of imports: what was in a file, what became of it, kept in the store and with each session."""

import zipfile

import pytest
from fakes.fixed_clock import FixedClock
from fakes.places import DATA
from fakes.sequential_ids import SequentialIds

from app.adapters.files.formats import KnownFormats
from app.adapters.store.store import open_store
from app.application.importing import FILE_READ, IMPORTS, SESSION_IMPORTED, Importing
from app.application.ports import SessionDraft
from app.domain.errors import WrongPosition
from app.domain.events import NewEvent
from app.domain.sessions import SessionHeader

CHAT = DATA / "openai-messages" / "toy_chat.jsonl"


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path / "s.branchline", clock=FixedClock(), ids=SequentialIds())
    yield opened
    opened.close()


@pytest.fixture
def importing(store):
    return Importing(store, KnownFormats())


def events(store, session, name):
    branch = next(one for one in store.branches(session) if one.name == name)
    return list(store.iterate(branch.id))


def test_a_session_tells_which_file_it_came_from_and_what_was_not_captured(store, importing):
    report = importing.run([CHAT])

    for session in report.imported:
        (told,) = events(store, session, "derived")
        assert told.type == SESSION_IMPORTED
        assert told.data["file"] == CHAT.name  # no folder of this machine goes along when the session leaves
        assert told.data["not_captured"] == [{"what": "openai-messages: times (the format has none)", "count": 1}]
    assert report.events == sum(len(events(store, session, "main")) for session in report.imported)


def test_the_report_of_a_file_is_kept_once(store, importing):
    importing.run([CHAT])
    again = importing.run([CHAT])

    (kept,) = events(store, IMPORTS.id, "main")
    assert kept.type == FILE_READ
    assert (kept.data["sessions"], kept.data["format"], kept.data["duplicates"]) == (4, "openai-messages", 0)
    assert (again.events, again.sessions) == (0, 4)


def test_what_was_left_out_is_kept_too(store, importing, tmp_path):
    path = tmp_path / "chat.jsonl"
    path.write_bytes(CHAT.read_bytes() + b'{"messages": [{"role": "user", "content": NaN}]}\n')

    report = importing.run([path])

    (kept,) = events(store, IMPORTS.id, "main")
    assert kept.data["quarantined_parts"] == [{"line": 5, "reason": "NaN is no JSON number"}]
    assert report.to_json()["reports"][0]["quarantined"] == 1


def test_a_source_that_goes_on_continues_its_session(store):
    """New events come behind those that are there, whatever the draft repeats."""
    header = SessionHeader(id="s", title="Spans", source="urn:test")
    one, two, three = (
        NewEvent(id=str(n), source="urn:test", type="x", data={"n": n}, actor="system") for n in range(3)
    )
    store.store_session(SessionDraft(header=header, events=(("main", one), ("main", two))))

    with pytest.raises(WrongPosition):
        store.store_session(SessionDraft(header=header, events=(("main", three),)))
    stored = store.store_session(SessionDraft(header=header, events=(("main", one), ("main", three)), continues=True))

    assert (stored.added, stored.duplicates) == (1, 1)
    assert [event.id for event in events(store, "s", "main")] == ["0", "1", "2"]


def test_a_file_of_an_archive_goes_by_the_archives_name_and_its_own(store, importing, tmp_path):
    path = tmp_path / "secret-folder" / "export.zip"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(CHAT, "chats/a.jsonl")

    report = importing.run([path])

    (told,) = events(store, report.imported[0], "derived")
    assert told.data["file"] == "export.zip/chats/a.jsonl"
    assert report.files[0].notes.file == f"{path}/chats/a.jsonl"
