"""Rows that lie in a database's log are read, and the files of the program that has it open stay as they are."""

import sqlite3
from contextlib import closing

import pytest

from app.adapters.files import settled_copy
from app.adapters.files.mapped import databases
from app.adapters.files.mapped.format import MappedFormat
from app.application.ports import ImportNotes
from app.domain.errors import BadInput
from app.domain.mapping.mapping import SourceRule, parse

SOURCE = SourceRule(table="talk")
TOLD = {
    "branchline_mapping": 1,
    "name": "Talk",
    "recognise": ["ticket", "said"],
    "session": {"id": "ticket"},
    "source": {"table": "talk"},
    "events": [{"type": "conversation.message-posted", "actor": "user", "data": {"text": "said"}}],
}


@pytest.fixture
def desk(tmp_path):
    """A database that its own program has open, with one row in the file and two in its log."""
    path = tmp_path / "desk.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("CREATE TABLE talk (ticket, said)")
        writer.execute("INSERT INTO talk VALUES (1, 'in the file')")
        writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        writer.execute("INSERT INTO talk VALUES (1, 'in the log')")
        writer.execute("INSERT INTO talk VALUES (2, 'too')")
        yield path


def said(path):
    return [row.record["said"] for row in databases.sqlite_rows(path, SOURCE)]


def test_rows_of_the_log_are_read_and_no_file_is_touched(desk):
    beside = [desk.with_name(desk.name + end) for end in ("", "-wal", "-shm")]
    before = [(one.read_bytes(), one.stat().st_mtime_ns) for one in beside]

    assert said(desk) == ["in the file", "in the log", "too"]

    assert [(one.read_bytes(), one.stat().st_mtime_ns) for one in beside] == before
    assert sorted(desk.parent.iterdir()) == sorted(beside)


def test_a_database_is_known_by_a_table_that_is_only_in_the_log(tmp_path):
    path = tmp_path / "new.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("CREATE TABLE talk (ticket, said)")

        assert databases.tables(path) == ("talk",)
        assert MappedFormat(parse(TOLD)).recognises_file(path)


def test_a_log_that_is_none_changes_nothing(desk, tmp_path):
    alone = tmp_path / "alone.db"
    alone.write_bytes(desk.read_bytes())
    alone.with_name("alone.db-wal").write_bytes(b"x" * 64)

    assert said(alone) == ["in the file"]


def test_beyond_the_limit_the_file_alone_is_read_and_a_sentence_says_so(desk, monkeypatch):
    monkeypatch.setattr(settled_copy, "LARGEST_COPY", 1)
    notes = ImportNotes()

    drafts = list(MappedFormat(parse(TOLD)).read(desk, notes))

    assert [draft.header.external_id for draft in drafts] == ["1"]
    assert any("(-wal)" in one and "import again" in one for one in notes.not_captured)


def test_a_database_that_never_rests_is_refused_in_words(desk, monkeypatch):
    copyfile = settled_copy.shutil.copyfile
    with closing(sqlite3.connect(desk, isolation_level=None)) as writer:

        def copied_while_written(source, target):
            copyfile(source, target)
            writer.execute("INSERT INTO talk VALUES (3, 'more')")

        monkeypatch.setattr(settled_copy.shutil, "copyfile", copied_while_written)

        with pytest.raises(BadInput, match="being written to"):
            said(desk)
