"""The database itself refuses to change or remove what was stored, whoever asks."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from app.adapters.store.driver import load_driver
from app.adapters.store.store import SqlEventStore

DRIVER = load_driver()  # a second SQLite in one process would break the locks of the first

TABLES = ("event", "session", "stream", "name", "kind", "blob", "store")
EVENT_COLUMNS = (
    "stream, position, id, source, kind, subject, time, recorded, causation_id, correlation_id, encoding, data, salt,"
    " digest, hash"
)


def run(file: Path, sql: str) -> None:
    """As a stranger with another program would: none of our settings are on."""
    with closing(DRIVER.connect(file)) as stranger, stranger:
        stranger.execute("PRAGMA recursive_triggers = OFF")
        stranger.execute(sql)


@pytest.mark.parametrize("table", TABLES)
def test_nothing_can_be_deleted(filled: SqlEventStore, file: Path, table: str) -> None:
    with pytest.raises(DRIVER.IntegrityError, match="append-only"):
        run(file, f"DELETE FROM {table}")


@pytest.mark.parametrize(
    "change",
    [
        "event SET data = x'00'",
        "event SET time = 5",
        "event SET data = NULL, salt = NULL, digest = zeroblob(32)",
        "session SET title = 'other'",
        "stream SET name = name || '!'",
        "stream SET fork_position = 0",
        "stream SET epoch = epoch + 1",
        "kind SET actor = 3",
        "name SET text = text || '!'",
        "blob SET media_type = 'x/y'",
        "store SET uid = 'x'",
    ],
)
def test_nothing_can_be_changed(filled: SqlEventStore, file: Path, change: str) -> None:
    with pytest.raises(DRIVER.IntegrityError, match="append-only"):
        run(file, f"UPDATE {change}")


@pytest.mark.parametrize("head", ["head = head - 1", "head = head + 1", "head_hash = zeroblob(32)"])
def test_a_head_only_moves_to_a_stored_event(filled: SqlEventStore, file: Path, head: str) -> None:
    with pytest.raises(DRIVER.IntegrityError, match="head"):
        run(file, f"UPDATE stream SET {head} WHERE name = 'main'")


@pytest.mark.parametrize("table", TABLES)
def test_insert_or_replace_replaces_nothing(filled: SqlEventStore, file: Path, table: str) -> None:
    with pytest.raises(DRIVER.IntegrityError, match=r"duplicate|wrong"):
        run(file, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1")


def test_insert_or_replace_cannot_take_over_an_identity(filled: SqlEventStore, file: Path) -> None:
    moved = EVENT_COLUMNS.replace("position,", "(SELECT max(position) + 1 FROM event WHERE stream = e.stream),", 1)
    with pytest.raises(DRIVER.IntegrityError, match="duplicate"):
        run(
            file,
            f"INSERT OR REPLACE INTO event (seq, {EVENT_COLUMNS}) "
            f"SELECT (SELECT max(seq) + 1 FROM event), {moved} FROM event e WHERE seq = 1",
        )


@pytest.mark.parametrize(("seq", "position"), [("seq + 100", "position + 10"), ("seq + 11", "position + 11")])
def test_an_event_only_fits_right_behind_the_last(filled: SqlEventStore, file: Path, seq: str, position: str) -> None:
    placed = EVENT_COLUMNS.replace("position, id,", f"{position}, x'00',", 1)
    with pytest.raises(DRIVER.IntegrityError, match="wrong"):
        run(file, f"INSERT INTO event (seq, {EVENT_COLUMNS}) SELECT {seq}, {placed} FROM event WHERE seq = 1")


def test_refused_changes_leave_a_sound_store(filled: SqlEventStore, file: Path) -> None:
    with pytest.raises(DRIVER.IntegrityError):
        run(file, "DELETE FROM event")

    assert filled.verify().ok
    assert filled.branch("s/main").head == 10
