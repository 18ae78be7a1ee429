"""Reads everything that a store holds and holds it against every digest, hash, head and fork point."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, func, select
from sqlalchemy.exc import DBAPIError

from app.adapters.store import sqlite_schema
from app.adapters.store.blobs import blob_digest, get_blob
from app.adapters.store.chain import hash_of_bytes, session_hash
from app.adapters.store.codec import PayloadReader
from app.adapters.store.ends import newest_recorded
from app.adapters.store.failures import Unreadable
from app.adapters.store.kinds import Kind, kind_of_row
from app.adapters.store.linkage import NONSENSE, ChainCheck, Lost
from app.adapters.store.packed_ids import readable
from app.adapters.store.recorder import store_digest
from app.adapters.store.salvage import readable_rows
from app.adapters.store.statements import EndStatements
from app.adapters.store.streams import Stream
from app.adapters.store.tables import (
    blob_table,
    dictionary_table,
    event_table,
    kind_table,
    name_table,
    session_table,
    store_table,
    stream_table,
)
from app.application.ports import StoreProblem, Verified
from app.domain.errors import BranchlineError
from app.domain.sessions import SessionHeader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Connection, Table

    from app.application.ports import Progress

_CHUNK: Final = 2_000
_PLACE: Final = select(event_table.c.seq, event_table.c.stream, event_table.c.position, event_table.c.id).where(
    event_table.c.seq == bindparam("seq")
)


def verify_store(connection: Connection, progress: Progress) -> Verified:
    """Check a store on a connection that reads; damage is reported, never raised."""
    return _Verification(connection, progress).run()


def _agrees(compute: Callable[[], bytes], stored: bytes) -> bool:
    """Whether a digest can be computed from what was read, and is the stored one."""
    try:
        return compute() == stored
    except NONSENSE:
        return False


class _Verification:
    """One run over a store."""

    def __init__(self, connection: Connection, progress: Progress) -> None:
        self._connection = connection
        self._progress = progress
        self._payloads = PayloadReader()
        self._problems: list[StoreProblem] = []
        self._blamed: set[tuple[str | None, int | None]] = set()
        self._events = 0

    def run(self) -> Verified:
        names = {row[0]: row[1] for row in self._rows(name_table)}
        kinds = self._read_kinds(names)
        self._check_dictionaries()
        sessions = self._check_sessions()
        chain = ChainCheck(names, kinds, sessions, self._read_streams(sessions), self._payloads)
        self._note(*chain.problems_of_streams())
        self._check_events(chain)
        self._note(*chain.problems_of_ends(self._lost_events(chain)))
        self._check_store_row(chain.newest)
        self._check_blobs()
        self._check_structure(chain)
        return Verified(self._events, tuple(self._problems))

    def _note(self, *problems: StoreProblem) -> None:
        """Keep what was found, each event once: the first finding is the closest to the cause."""
        for problem in problems:
            place = (problem.branch, problem.position)
            if problem.position is None or place not in self._blamed:
                self._problems.append(problem)
            self._blamed.add(place)

    def _note_store(self, reason: str) -> None:
        self._note(StoreProblem(None, None, None, None, reason))

    def _rows(self, table: Table) -> Iterator[Sequence[Any]]:
        """All rows of a small numbered table; those that cannot be read are reported."""
        number = table.primary_key.columns[0]
        try:
            last = self._connection.execute(select(func.max(number))).scalar() or 0
        except DBAPIError:
            last = 0
        columns = select(*table.columns)
        for found, row in readable_rows(self._connection, columns, number, 1, last):
            if row is None:
                self._note_store(f"{table.name} {found} cannot be read")
            else:
                yield row

    def _read_kinds(self, names: dict[int, str]) -> dict[int, Kind]:
        """Those that mean something; an event of another kind cannot be read, which is said of the event."""
        kinds = {}
        for number, type_no, *rest in self._rows(kind_table):
            with suppress(Unreadable, *NONSENSE):
                kinds[number] = kind_of_row(names[type_no], *rest)
        return kinds

    def _check_dictionaries(self) -> None:
        for number, content, digest in self._rows(dictionary_table):
            if not isinstance(content, bytes) or hash_of_bytes(content) != digest:
                self._note_store(f"dictionary {number}, which payloads are compressed with, was changed")

    def _check_sessions(self) -> dict[int, tuple[str, bytes]]:
        """Number -> (id, hash at position 0)."""
        sessions = {}
        for number, *fields, stored in self._rows(session_table):
            session, title, source, external_id, subject, created_at = fields
            header = SessionHeader(
                id=session, title=title, source=source, external_id=external_id, subject=subject, created_at=created_at
            )
            if not _agrees(partial(session_hash, header), stored):
                self._note(
                    StoreProblem(session, None, None, None, "the session's title, source or other header was changed")
                )
            sessions[number] = (session, stored)
        return sessions

    def _read_streams(self, sessions: dict[int, tuple[str, bytes]]) -> dict[int, tuple[Stream, int, bytes]]:
        """Number -> (stream, head, head's hash)."""
        rows = list(self._rows(stream_table))
        ids = {row[0]: row[1] for row in rows}
        streams = {}
        for (
            number,
            stream_id,
            session_no,
            name,
            kind,
            parent,
            position,
            fork_hash,
            created_at,
            digest,
            epoch,
            *end,
        ) in rows:
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
            numbers = (position, created_at, epoch, end[0])
            if not all(isinstance(one, int) for one in numbers) or not isinstance(fork_hash, bytes):
                self._note(StoreProblem(session, None, None, None, f"branch number {number} is damaged"))
                continue
            if not _agrees(stream.digest, digest):
                self._note(
                    StoreProblem(session, stream_id, None, None, "the branch's name, parent or fork point was changed")
                )
            streams[number] = (stream, end[0], end[1])
        return streams

    def _check_events(self, chain: ChainCheck) -> None:
        last = self._last_event(chain)
        statement = select(*event_table.columns)
        for start in range(1, last + 1, _CHUNK):
            stop = min(start + _CHUNK - 1, last)
            for _, row in readable_rows(self._connection, statement, event_table.c.seq, start, stop):
                if row is not None:
                    self._events += 1
                    problem = chain.check(self._connection, row)
                    if problem is not None:
                        self._note(problem)
            self._progress(stop, last, "verifying events")

    def _last_event(self, chain: ChainCheck) -> int:
        try:
            found = self._connection.execute(select(func.max(event_table.c.seq))).scalar() or 0
        except DBAPIError:
            found = 0
        return max(found if found < 2 * chain.expected + _CHUNK else 0, chain.expected)

    def _lost_events(self, chain: ChainCheck) -> dict[tuple[int, int], Lost]:
        """What the indexes still know of events whose rows cannot be read: (stream, position) -> them."""
        if not chain.is_incomplete():
            return {}
        seq = event_table.c.seq
        ids: dict[int, str | None] = {}
        lost: dict[tuple[int, int], Lost] = {}
        with suppress(DBAPIError, UnicodeDecodeError):  # the other index may still tell the places
            rows = self._connection.execute(select(seq, event_table.c.id).order_by(event_table.c.id))
            ids = {number: readable(packed) for number, packed in rows}
        place = (event_table.c.stream, event_table.c.position)
        with suppress(DBAPIError):
            for number, stream, position in self._connection.execute(select(seq, *place).order_by(*place)):
                lost[stream, position] = Lost(number, ids.get(number))
        return lost

    def _check_store_row(self, newest: int | None) -> None:
        for _, uid, last_recorded, digest in self._rows(store_table):
            if not _agrees(partial(store_digest, uid, last_recorded), digest):
                self._note_store("the store's own row was changed")
            elif newest is not None and self._is_newer_than_store(newest):
                self._note_store("events claim to be recorded after the store's last change")
            return
        self._note_store("the store's own row is missing")

    def _is_newer_than_store(self, moment: int) -> bool:
        try:
            last = newest_recorded(self._connection, EndStatements(self._connection.dialect))
        except (DBAPIError, Unreadable):
            return False  # damage that is told where it is
        return last is None or last < moment

    def _check_blobs(self) -> None:
        try:
            keys = self._connection.execute(
                select(blob_table.c.hash, blob_table.c.media_type, blob_table.c.digest)
            ).all()
        except (DBAPIError, UnicodeDecodeError) as error:
            self._note_store(f"the list of attachments cannot be read: {error}")
            return
        for key, media_type, digest in keys:
            try:
                get_blob(self._connection, self._payloads, f"blake2b-256:{key.hex()}")
                intact = blob_digest(key, media_type) == digest
            except (BranchlineError, DBAPIError, *NONSENSE):
                intact = False
            if not intact:
                self._note_store(f"attachment {key.hex() if isinstance(key, bytes) else key} is damaged")

    def _check_structure(self, chain: ChainCheck) -> None:
        for number, text in sqlite_schema.structure_problems(self._connection):
            row = None
            if number is not None:
                with suppress(DBAPIError, UnicodeDecodeError):
                    row = self._connection.execute(_PLACE, {"seq": number}).one_or_none()
            if row is None:
                self._note_store(text)
            else:
                self._note(StoreProblem(*chain.place(row), f"an index has lost it: {text}"))
