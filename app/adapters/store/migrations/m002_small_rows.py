"""Layout 2: rows of events take two thirds of the room; every hash stays what it was.

Types, versions, actors and classifications move into ``kind``; UUIDs are packed; times are counted from the stream's
epoch, and times of recording from when the stream was made; the mark at the begin of each zstd frame goes, and so does
a digest that the payload beside it gives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.adapters.store import sqlite_schema
from app.adapters.store.failures import Unreadable
from app.adapters.store.hot_path import run, run_all, run_many
from app.adapters.store.packed_ids import pack

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import Connection

    from app.application.ports import Progress

_Row = tuple[Any, ...]

_CHUNK: Final = 2_000
_PLAIN: Final = 0
_FRAME_MARK: Final = b"\x28\xb5\x2f\xfd"
_TABLES: Final = ("store", "name", "dictionary", "session", "stream", "event", "blob")
_EPOCHS: Final = """\
SELECT no, coalesce(
  (SELECT time FROM event WHERE stream = no AND time IS NOT NULL ORDER BY position LIMIT 1), created_at)
FROM stream"""
_INSERT: Final = "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_EVENTS: Final = """\
SELECT seq, stream, position, id, source, type, version, actor, classification, subject, time, recorded_at,
  causation_id, correlation_id, encoding, data, salt, digest, hash
FROM old_event WHERE seq > ? ORDER BY seq LIMIT ?"""


def migrate(connection: Connection, progress: Progress) -> None:
    """Raises ``Unreadable`` when the store is damaged; the caller's transaction then leaves it as it was."""
    epochs = dict(run_all(connection, _EPOCHS))
    ((count,),) = run_all(connection, "SELECT count(*) FROM event")
    _set_aside(connection)
    definitions = list(sqlite_schema.definitions())
    tables = [text for text in definitions if text.startswith("CREATE TABLE")]
    for text in tables:
        run(connection, text)
    _copy_small_tables(connection, epochs)
    done = 0
    for rows in _events(connection, epochs):
        run_many(connection, _INSERT, rows)
        done += len(rows)
        progress(done, count, "bringing the store to its new layout")
    if done != count:
        raise Unreadable(f"{count - done} events cannot be read")
    for table in reversed(_TABLES):
        run(connection, f"DROP TABLE old_{table}")
    for text in definitions:  # indexes and triggers last: they would only slow the copying down
        if text not in tables:
            run(connection, text)
    run(connection, "PRAGMA user_version = 2")


def _set_aside(connection: Connection) -> None:
    for kind, name in run_all(connection, "SELECT type, name FROM sqlite_schema WHERE sql IS NOT NULL"):
        if kind in {"index", "trigger"}:
            run(connection, f"DROP {kind} {name}")
    for table in _TABLES:
        run(connection, f"ALTER TABLE {table} RENAME TO old_{table}")


def _copy_small_tables(connection: Connection, epochs: Mapping[int, int]) -> None:
    for table in ("store", "name", "dictionary", "session"):
        run(connection, f"INSERT INTO {table} SELECT * FROM old_{table}")  # noqa: S608 - our own words
    run(
        connection,
        "INSERT INTO kind SELECT row_number() OVER (ORDER BY min(seq)), type, version, actor, classification"
        " FROM old_event GROUP BY type, version, actor, classification",
    )
    streams = run_all(connection, "SELECT * FROM old_stream ORDER BY no")
    rows = [(*row[:10], epochs[row[0]], *row[10:]) for row in streams]
    run_many(connection, "INSERT INTO stream VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    run(
        connection,
        "INSERT INTO blob SELECT hash, media_type, digest, encoding,"
        " CASE encoding WHEN 0 THEN content ELSE substr(content, 5) END FROM old_blob",
    )


def _events(connection: Connection, epochs: Mapping[int, int]) -> Iterator[list[_Row]]:
    """The rows of the new table, in chunks."""
    kinds = {tuple(row[1:]): int(row[0]) for row in run_all(connection, "SELECT * FROM kind")}
    made = dict(run_all(connection, "SELECT no, created_at FROM stream"))
    last = 0
    while old := run_all(connection, _EVENTS, (last, _CHUNK)):
        first, last = old[0][0], old[-1][0]
        try:
            yield [_new_row(row, kinds, epochs[row[1]], made[row[1]]) for row in old]
        except (LookupError, TypeError, AttributeError, UnicodeError) as error:
            raise Unreadable(f"not all of the events {first} to {last} of the store can be read") from error


def _new_row(old: Sequence[Any], kinds: Mapping[_Row, int], epoch: int, made: int) -> _Row:
    (seq, stream, position, event_id, source, event_type, version, actor, classification, subject, time, recorded_at,
     causation_id, correlation_id, encoding, data, salt, digest, event_hash) = old  # fmt: skip
    if data is not None and encoding != _PLAIN:
        if not data.startswith(_FRAME_MARK):
            raise Unreadable(f"the payload of event number {seq} is damaged")
        data = bytearray(data[len(_FRAME_MARK) :])
    return (  # bytearrays, for the driver binds them faster
        seq, stream, position, bytearray(pack(event_id)), source, kinds[event_type, version, actor, classification],
        subject, None if time is None else time - epoch, recorded_at - made,
        None if causation_id is None else pack(causation_id), None if correlation_id is None else pack(correlation_id),
        encoding, data, salt and bytearray(salt), None if data is not None else digest, bytearray(event_hash),
    )  # fmt: skip
