"""What a store needs in SQLite beside its tables: the version, and triggers that make it append-only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import create_engine
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool
from sqlalchemy.schema import CreateIndex, CreateTable

from app.adapters.store.driver import load_driver
from app.adapters.store.tables import metadata
from app.domain.errors import StoreUnusable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

APPLICATION_ID: Final = 0x42524E43  # "BRNC"
SCHEMA_VERSION: Final = 2

_EVENT_OF_INDEX: Final = re.compile(r"row (\d+) missing from index event_")


def _refuse(name: str, when: str, sentence: str, condition: str = "") -> str:
    clause = f"WHEN {condition} " if condition else ""
    return f"CREATE TRIGGER {name} BEFORE {when} {clause}BEGIN SELECT RAISE(ABORT, '{sentence}'); END"


def _append_only(table: str, frozen: str = "") -> tuple[str, str]:
    """Triggers against DELETE and UPDATE; ``frozen`` names the columns that may not change (none: all)."""
    columns = f" OF {frozen}" if frozen else ""
    return (
        _refuse(f"{table}_no_delete", f"DELETE ON {table}", f"{table} is append-only"),
        _refuse(f"{table}_no_update", f"UPDATE{columns} ON {table}", f"{table} is append-only"),
    )


def _no_replace(table: str, *keys: str) -> str:
    """INSERT OR REPLACE deletes the row in its way without firing delete triggers, unless recursive_triggers is on."""
    taken = " OR ".join(f"EXISTS(SELECT 1 FROM {table} WHERE {key})" for key in keys)  # noqa: S608 - our own words
    return _refuse(f"{table}_no_replace", f"INSERT ON {table}", "duplicate", taken)


# Position and global order are dense because an event can only stand right behind the last one. Then only the
# identity is left that an INSERT OR REPLACE could run into.
_EVENT_APPEND: Final = """\
CREATE TRIGGER event_append BEFORE INSERT ON event BEGIN
  SELECT RAISE(ABORT, 'wrong position') WHERE NEW.position <> 1 + coalesce(
    (SELECT max(position) FROM event WHERE stream = NEW.stream),
    (SELECT fork_position FROM stream WHERE no = NEW.stream));
  SELECT RAISE(ABORT, 'wrong global order') WHERE NEW.seq <> 1 + coalesce((SELECT max(seq) FROM event), 0);
  SELECT RAISE(ABORT, 'duplicate') WHERE EXISTS(SELECT 1 FROM event WHERE id = NEW.id AND source = NEW.source);
END"""

TRIGGERS: Final = (
    _EVENT_APPEND,
    *_append_only("event"),
    *_append_only("session"),
    *_append_only("name"),
    *_append_only("kind"),
    *_append_only("dictionary"),
    *_append_only("blob"),
    *_append_only("stream", "no, id, session, name, kind, parent, fork_position, fork_hash, created_at, digest, epoch"),
    _refuse(
        "stream_head_follows_log",
        "UPDATE OF head, head_hash ON stream",
        "a head can only move to the last event",
        "NEW.head < OLD.head OR NOT EXISTS(SELECT 1 FROM event"
        " WHERE stream = NEW.no AND position = NEW.head AND hash = NEW.head_hash)",
    ),
    _refuse("store_no_delete", "DELETE ON store", "store is append-only"),
    _refuse("store_no_update", "UPDATE OF one, uid ON store", "store is append-only"),
    _refuse(
        "store_forward",
        "UPDATE OF last_recorded ON store",
        "time does not go back",
        "NEW.last_recorded IS NULL OR NEW.last_recorded < OLD.last_recorded",
    ),
    _no_replace("store", "one = NEW.one"),
    _no_replace("name", "no = NEW.no", "text = NEW.text"),
    _no_replace(
        "kind",
        "no = NEW.no",
        "type = NEW.type AND version = NEW.version AND actor = NEW.actor AND classification = NEW.classification",
    ),
    _no_replace("dictionary", "no = NEW.no"),
    _no_replace("session", "no = NEW.no", "id = NEW.id"),
    _no_replace("stream", "no = NEW.no", "id = NEW.id", "session = NEW.session AND name = NEW.name"),
    _no_replace("blob", "hash = NEW.hash"),
)


def definitions() -> Iterator[str]:
    """The statements that make an empty store."""
    dialect = sqlite.dialect()
    for table in metadata.sorted_tables:
        yield str(CreateTable(table).compile(dialect=dialect)).strip()
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            yield str(CreateIndex(index).compile(dialect=dialect)).strip()
    yield from TRIGGERS


def create(connection: Connection) -> None:
    """Make an empty store, inside the caller's transaction."""
    for definition in definitions():
        connection.exec_driver_sql(definition)
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


def is_empty(connection: Connection) -> bool:
    """Whether the file is a database with nothing in it."""
    return _number(connection, "SELECT count(*) FROM sqlite_schema") == 0


def require_known(connection: Connection, file: str) -> None:
    """Raise ``StoreUnusable`` unless this is a store, and none of a newer layout."""
    if _number(connection, "PRAGMA application_id") != APPLICATION_ID:
        raise StoreUnusable(f"{file} is an SQLite database, but not a Branchline store")
    version = layout_of(connection)
    if version > SCHEMA_VERSION:
        raise StoreUnusable(
            f"the store {file} was made by a newer Branchline (layout {version}, this one knows {SCHEMA_VERSION}): "
            "use that version to open it"
        )


def layout_of(connection: Connection) -> int:
    """The number of the store's layout."""
    return _number(connection, "PRAGMA user_version")


def stored_definitions(connection: Connection) -> dict[str, str]:
    """Name -> SQL of everything that the file defines, as SQLite keeps it."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    return {row.name: row.sql for row in rows}


def structure_problems(connection: Connection) -> Iterator[tuple[int | None, str]]:
    """(global number of the event, if one can be told, what is wrong) as SQLite's own check sees the file."""
    try:
        rows = connection.exec_driver_sql("PRAGMA integrity_check(1000)").all()
    except DBAPIError as error:
        rows = [(f"the file's structure cannot be read: {error.orig}",)]  # type: ignore[list-item]  # like a row
    for (text,) in rows:
        for line in str(text).splitlines():
            if line != "ok":
                found = _EVENT_OF_INDEX.search(line)
                yield (int(found[1]) if found else None), line
    try:
        as_made = stored_definitions(connection) == _expected_definitions()
    except (DBAPIError, UnicodeDecodeError):
        as_made = False
    if not as_made:
        yield None, "tables or triggers are not those that Branchline makes; events may no longer be protected"


def _expected_definitions() -> dict[str, str]:
    engine = create_engine("sqlite://", module=load_driver(), poolclass=StaticPool)
    with engine.connect() as connection:
        create(connection)
        expected = stored_definitions(connection)
    engine.dispose()
    return expected


def _number(connection: Connection, sql: str) -> int:
    value: Any = connection.exec_driver_sql(sql).scalar_one()
    return int(value)
