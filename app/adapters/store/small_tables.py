"""Reads the tables that are small beside the log, and holds them against their digests."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from app.adapters.store.chain import hash_of_bytes, session_hash
from app.adapters.store.failures import Unreadable
from app.adapters.store.kinds import Kind, kind_of_row
from app.adapters.store.salvage import readable_rows
from app.adapters.store.streams import Stream
from app.adapters.store.tables import (
    dictionary_table,
    event_table,
    kind_table,
    name_table,
    session_table,
    stream_table,
)
from app.application.ports import StoreProblem
from app.domain.sessions import SessionHeader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Connection, Table

NONSENSE: Final = (LookupError, TypeError, ValueError, AttributeError, OverflowError)
"""What damaged values raise when they are used; ValueError covers text that is not UTF-8."""
_PATIENCE: Final = 5
_LAST_EVENT: Final = select(func.max(event_table.c.seq))


@dataclass(frozen=True, slots=True)
class SmallTables:
    """What the log refers to, all of one moment.

    Attributes:
        sessions: number -> (id, hash at position 0).
        streams: number -> (stream, head, head's hash).
        last: number of the last event; None when even that cannot be read.
    """

    names: dict[int, str]
    kinds: dict[int, Kind]
    sessions: dict[int, tuple[str, bytes]]
    streams: dict[int, tuple[Stream, int, bytes]]
    last: int | None

    @property
    def expected(self) -> int:
        """How many events the heads promise."""
        return sum(max(0, head - stream.fork_position) for stream, head, _ in self.streams.values())


def read_small_tables(connection: Connection, note: Callable[[StoreProblem], None]) -> SmallTables:
    """Read them all; ``note`` is told what is damaged."""
    tables, found = _read_once(connection)
    for _ in range(_PATIENCE):  # heads move together with the log's end: while that stood still, so did they
        if last_event(connection) == tables.last:
            break
        tables, found = _read_once(connection)
    for problem in found:
        note(problem)
    return tables


def _read_once(connection: Connection) -> tuple[SmallTables, list[StoreProblem]]:
    found: list[StoreProblem] = []
    return _Reading(connection, found.append).tables(last_event(connection)), found


def last_event(connection: Connection) -> int | None:
    try:
        return connection.execute(_LAST_EVENT).scalar() or 0
    except DBAPIError:
        return None


def rows_of(connection: Connection, table: Table, note: Callable[[StoreProblem], None]) -> Iterator[Sequence[Any]]:
    """All rows of a small numbered table; ``note`` is told of those that cannot be read."""
    number = table.primary_key.columns[0]
    try:
        last = connection.execute(select(func.max(number))).scalar() or 0
    except DBAPIError:
        last = 0
    for found, row in readable_rows(connection, select(*table.columns), number, 1, last):
        if row is None:
            note(StoreProblem(None, None, None, None, f"{table.name} {found} cannot be read"))
        else:
            yield row


def agrees(compute: Callable[[], bytes], stored: bytes) -> bool:
    """Whether a digest can be computed from what was read, and is the stored one."""
    try:
        return compute() == stored
    except NONSENSE:
        return False


class _Reading:
    """One time through the tables."""

    def __init__(self, connection: Connection, note: Callable[[StoreProblem], None]) -> None:
        self._connection = connection
        self._note = note

    def tables(self, last: int | None) -> SmallTables:
        names = {row[0]: row[1] for row in self._rows(name_table)}
        kinds = self._kinds(names)
        self._check_dictionaries()
        sessions = self._sessions()
        return SmallTables(names, kinds, sessions, self._streams(sessions), last)

    def _rows(self, table: Table) -> Iterator[Sequence[Any]]:
        return rows_of(self._connection, table, self._note)

    def _kinds(self, names: dict[int, str]) -> dict[int, Kind]:
        """Those that mean something; an event of another kind cannot be read, which is said of the event."""
        kinds = {}
        for number, type_no, *rest in self._rows(kind_table):
            with suppress(Unreadable, *NONSENSE):
                kinds[number] = kind_of_row(names[type_no], *rest)
        return kinds

    def _check_dictionaries(self) -> None:
        for number, content, digest in self._rows(dictionary_table):
            if not isinstance(content, bytes) or hash_of_bytes(content) != digest:
                reason = f"dictionary {number}, which payloads are compressed with, was changed"
                self._note(StoreProblem(None, None, None, None, reason))

    def _sessions(self) -> dict[int, tuple[str, bytes]]:
        sessions = {}
        for number, *fields, stored in self._rows(session_table):
            session, title, source, external_id, subject, created_at = fields
            header = SessionHeader(
                id=session, title=title, source=source, external_id=external_id, subject=subject, created_at=created_at
            )
            if not agrees(partial(session_hash, header), stored):
                reason = "the session's title, source or other header was changed"
                self._note(StoreProblem(session, None, None, None, reason))
            sessions[number] = (session, stored)
        return sessions

    def _streams(self, sessions: dict[int, tuple[str, bytes]]) -> dict[int, tuple[Stream, int, bytes]]:
        rows = list(self._rows(stream_table))
        ids = {row[0]: row[1] for row in rows}
        streams = {}
        for row in rows:
            (number, stream_id, session_no, name, kind, parent, position, fork_hash, created_at, digest, epoch,
             head, head_hash) = row  # fmt: skip
            session = sessions.get(session_no, ("", b""))[0]
            stream = Stream(
                no=number,
                id=stream_id,
                session=session,
                session_no=session_no,
                name=name,
                kind=kind,
                parent=ids.get(parent),
                fork_position=position,
                fork_hash=fork_hash,
                created_at=created_at,
                epoch=epoch,
            )
            numbers = (position, created_at, epoch, head)
            if not all(isinstance(one, int) for one in numbers) or not isinstance(fork_hash, bytes):
                self._note(StoreProblem(session, None, None, None, f"branch number {number} is damaged"))
                continue
            if not agrees(stream.digest, digest):
                reason = "the branch's name, parent or fork point was changed"
                self._note(StoreProblem(session, stream_id, None, None, reason))
            streams[number] = (stream, head, head_hash)
        return streams
