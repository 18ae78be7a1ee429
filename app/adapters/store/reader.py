"""Reads the log on read-only connections: as many as threads read at the same time, no transaction held open."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, select

from app.adapters.store import statements
from app.adapters.store.columns import ColumnReader
from app.adapters.store.ends import newest_recorded
from app.adapters.store.facts import FACTS_STEP, FactReader
from app.adapters.store.failures import told_plainly
from app.adapters.store.importing import HEADER, header_of
from app.adapters.store.kinds import KindReader
from app.adapters.store.names import NameReader
from app.adapters.store.packed_ids import pack
from app.adapters.store.records import EventReader
from app.adapters.store.statements import ReadStatements
from app.adapters.store.streams import StreamDirectory
from app.adapters.store.summaries import read_summaries
from app.adapters.store.tables import event_table, session_table, stream_table
from app.domain.branches import Segment, clip
from app.domain.errors import NotFound, OutOfRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection, Engine

    from app.adapters.store.codec import PayloadReader
    from app.adapters.store.streams import Stream
    from app.application.ports import EventColumns
    from app.domain.branches import Branch
    from app.domain.events import Event
    from app.domain.fold.facts import LateFact
    from app.domain.sessions import SessionHeader, SessionSummary
    from app.domain.vocabulary import Upcasters

_STEP: Final = 512
_FEW: Final = 500

_SESSION_HASH = select(session_table.c.hash).where(session_table.c.id == bindparam("session"))
_SESSION_NO = select(session_table.c.no).where(session_table.c.id == bindparam("session"))
_MADE_AS = select(stream_table.c.id, stream_table.c.head).where(
    stream_table.c.session == _SESSION_NO.scalar_subquery(), stream_table.c.name == bindparam("name")
)
_SOME = select(*statements.EVENT_COLUMNS).where(
    event_table.c.stream == bindparam("stream"), event_table.c.position.in_(bindparam("positions", expanding=True))
)


class LogReader:
    """The reading half of the store; any thread may call."""

    def __init__(self, engine: Engine, file: str, payloads: PayloadReader, upcasters: Upcasters) -> None:
        self._engine = engine
        self._file = file
        self._sql = ReadStatements(engine.dialect)
        self._streams = StreamDirectory()
        kinds = KindReader()
        self._events = EventReader(NameReader(), kinds, payloads, upcasters)
        self._facts = FactReader(engine.dialect, kinds, payloads, upcasters)
        self._columns = ColumnReader(self._sql, self._streams, kinds)

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        with told_plainly(self._file), self._engine.connect() as connection:
            yield connection

    def sessions(self) -> tuple[SessionSummary, ...]:
        with self.connection() as connection:
            return read_summaries(connection)

    def header(self, session: str) -> SessionHeader:
        with self.connection() as connection:
            row = connection.execute(HEADER, {"session": session}).one_or_none()
        if row is None:
            raise NotFound(f"there is no session {session}")
        return header_of(row)

    def header_hash(self, session: str) -> str:
        with self.connection() as connection:
            found = connection.execute(_SESSION_HASH, {"session": session}).scalar()
        if found is None:
            raise NotFound(f"there is no session {session}")
        return bytes(found).hex()

    def branches(self, session: str) -> tuple[Branch, ...]:
        with self.connection() as connection:
            found = self._streams.branches(connection, session)
        if not found:
            raise NotFound(f"there is no session {session}")
        return found

    def made_as(self, session: str, name: str) -> Branch | None:
        with self.connection() as connection:
            row = connection.execute(_MADE_AS, {"session": session, "name": name}).one_or_none()
            return None if row is None else self._streams.stream(connection, row.id).branch(row.head)

    def branch(self, branch: str) -> Branch:
        with self.connection() as connection:
            stream = self._streams.stream(connection, branch)
            return stream.branch(self._head(connection, stream))

    def lineage(self, branch: str) -> tuple[Segment, ...]:
        with self.connection() as connection:
            stream = self._streams.stream(connection, branch)
            return clip(self._streams.line(connection, stream), 1, self._head(connection, stream))

    def read(self, branch: str, first: int, last: int) -> tuple[Event, ...]:
        first = max(first, 1)
        events: list[Event] = []
        if last < first:
            return ()
        with self.connection() as connection:
            stream = self._streams.stream(connection, branch)
            for owner, start, stop in self._streams.parts(connection, stream, first, last):
                rows = connection.exec_driver_sql(self._sql.read, (owner.no, start, stop)).all()
                events += self._events.events(connection, owner, rows)
        return tuple(events)

    def iterate(self, branch: str, first: int, last: int | None) -> Iterator[Event]:
        end = self.branch(branch).head
        end = end if last is None else min(last, end)
        for start in range(max(first, 1), end + 1, _STEP):
            yield from self.read(branch, start, min(start + _STEP - 1, end))

    def events_at(self, branch: str, positions: Sequence[int]) -> tuple[Event, ...]:
        found: dict[int, Event] = {}
        with self.connection() as connection:
            stream = self._streams.stream(connection, branch)
            for owner, wanted in self._owned(connection, stream, sorted(set(positions))):
                for start in range(0, len(wanted), _FEW):
                    where = {"stream": owner.no, "positions": wanted[start : start + _FEW]}
                    rows = connection.execute(_SOME, where).all()
                    found.update((event.position, event) for event in self._events.events(connection, owner, rows))
        missing = [position for position in positions if position not in found]
        if missing:
            raise self._out_of_range(stream.branch(self.branch(branch).head), missing[0])
        return tuple(found[position] for position in positions)

    def facts_at(self, branch: str, positions: Sequence[int]) -> Iterator[LateFact]:
        """The part of ``events_at`` that folds read; rising positions, a step of them at a time."""
        for start in range(0, len(positions), FACTS_STEP):
            step = positions[start : start + FACTS_STEP]
            with self.connection() as connection:
                stream = self._streams.stream(connection, branch)
                facts: list[LateFact] = []
                for owner, wanted in self._owned(connection, stream, step):
                    facts += self._facts.facts(connection, owner, wanted)
            yield from facts

    def locate(self, session: str, event_id: str) -> tuple[tuple[str, int], ...]:
        with self.connection() as connection:
            number = connection.execute(_SESSION_NO, {"session": session}).scalar()
            rows = connection.execute(statements.LOCATE, {"event": pack(event_id), "session": number}).all()
        return tuple((branch, position) for _, branch, position in sorted(rows))

    def hash_at(self, branch: str, position: int) -> str:
        with self.connection() as connection:
            stream = self._streams.stream(connection, branch)
            found = self._streams.hash_at(connection, stream, position) if position >= 0 else None
        if found is None:
            raise self._out_of_range(self.branch(branch), position)
        return found.hex()

    def salt_at(self, branch: str, position: int) -> bytes:
        found = None
        with self.connection() as connection:
            stream = self._streams.stream(connection, branch)
            for owner, start, _ in self._streams.parts(connection, stream, position, position):
                where = {"stream": owner.no, "position": start}
                found = connection.execute(statements.SALT_AT, where).one_or_none()
        if found is None:
            raise self._out_of_range(self.branch(branch), position)
        return bytes(found[0] or b"")

    def salts(self, branch: str, first: int, last: int) -> tuple[bytes, ...]:
        first = max(first, 1)
        found: list[bytes] = []
        if last < first:
            return ()
        with self.connection() as connection:
            stream = self._streams.stream(connection, branch)
            for owner, start, stop in self._streams.parts(connection, stream, first, last):
                where = {"stream": owner.no, "first": start, "last": stop}
                found += (bytes(salt or b"") for salt in connection.execute(statements.SALTS, where).scalars())
        return tuple(found)

    def columns(self, branch: str, first: int, last: int | None) -> EventColumns:
        with self.connection() as connection:
            stream = self._streams.stream(connection, branch)
            head = self._head(connection, stream)
            return self._columns.read(connection, stream, max(first, 1), head if last is None else min(last, head))

    def last_recorded(self) -> int | None:
        with self.connection() as connection:
            return newest_recorded(connection, self._sql)

    def close(self) -> None:
        self._engine.dispose()

    def _head(self, connection: Connection, stream: Stream) -> int:
        return int(connection.exec_driver_sql(self._sql.head, (stream.no,)).scalar_one())

    def _owned(
        self, connection: Connection, stream: Stream, positions: Sequence[int]
    ) -> Iterator[tuple[Stream, list[int]]]:
        if positions and positions[0] >= 1:
            for owner, first, last in self._streams.parts(connection, stream, positions[0], positions[-1]):
                yield owner, [position for position in positions if first <= position <= last]

    @staticmethod
    def _out_of_range(branch: Branch, position: int) -> OutOfRange:
        return OutOfRange(f"branch {branch.name} has {branch.head} events; there is no event {position}")
