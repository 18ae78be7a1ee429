"""The event store on SQLite: append-only, hash-chained, branches by reference."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.adapters.store import blobs
from app.adapters.store.backup import back_up
from app.adapters.store.codec import PayloadReader, PayloadWriter
from app.adapters.store.driver import BUSY_TIMEOUT_S
from app.adapters.store.forking import make_branch
from app.adapters.store.importing import SessionWriter
from app.adapters.store.journal import JournalReader
from app.adapters.store.kinds import LabelWriter, require_text
from app.adapters.store.names import NameWriter
from app.adapters.store.opening import open_file, path_of
from app.adapters.store.reader import LogReader
from app.adapters.store.recorder import AlreadyStored, Line, Recorder, WriteTools
from app.adapters.store.records import prepare
from app.adapters.store.statements import WriteStatements
from app.adapters.store.streams import StreamDirectory
from app.adapters.store.verify import verify_store
from app.adapters.store.writer import Writer
from app.application.ports import Appended, no_progress
from app.domain.errors import StoreUnusable, WrongPosition
from app.domain.vocabulary import UPCASTERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sqlalchemy import Connection

    from app.adapters.store.opening import OpenFile
    from app.application.ports import Brief, Clock, EventColumns, Ids, Progress, SessionDraft, Stored, Verified
    from app.domain.branches import Branch, Segment
    from app.domain.events import Event, NewEvent
    from app.domain.fold.facts import LateFact
    from app.domain.sessions import SessionHeader, SessionSummary
    from app.domain.vocabulary import Upcasters


def open_store(
    location: str | Path,
    *,
    clock: Clock,
    ids: Ids,
    create: bool = True,
    read_only: bool = False,
    upcasters: Upcasters = UPCASTERS,
    busy_timeout_s: float = BUSY_TIMEOUT_S,
    progress: Progress = no_progress,
    why_read_only: str = "",
) -> SqlEventStore:
    """Open a store, a file or ``sqlite:///`` URL; one that may not be written opens for reading only.

    ``why_read_only`` is the sentence that refuses changes, where the file's being read-only is not why.
    ``progress`` is told while a store of an older layout is brought to the present one. Raises ``StoreUnusable`` with
    one sentence when it is none, is damaged, is newer, or SQLite is unsound.
    """
    path = path_of(location)
    opened = open_file(path, ids, create=create, read_only=read_only, busy_timeout_s=busy_timeout_s, progress=progress)
    return SqlEventStore(opened, clock, ids, upcasters, why_read_only)


class SqlEventStore:
    """One store file; reads and writes may come from any thread."""

    def __init__(self, opened: OpenFile, clock: Clock, ids: Ids, upcasters: Upcasters, why_read_only: str = "") -> None:
        self._path, self._read_path, self._copy = opened.path, opened.read_path, opened.copy
        self._why_read_only = why_read_only or (
            f"the store {self.location} is open for reading only: the file or its folder is read-only"
        )
        self._clock = clock
        self._ids = ids
        self._payloads = PayloadReader()
        self._reader = LogReader(opened.reading, self.location, self._payloads, upcasters)
        self._journal = JournalReader(self._payloads, upcasters)
        sql = WriteStatements(opened.reading.dialect)
        names = NameWriter(sql)
        self._tools = WriteTools(sql, StreamDirectory(), names, LabelWriter(sql, names), PayloadWriter(), opened.uid)
        self._writer = None if opened.writing is None else Writer(opened.writing, self.location, self._tools.forget)

    @property
    def location(self) -> str:
        return str(self._path)

    @property
    def uid(self) -> str:
        return self._tools.uid

    @property
    def read_only(self) -> bool:
        return self._writer is None

    # --- writing

    def store_session(self, draft: SessionDraft, progress: Progress = no_progress) -> Stored:
        def change(connection: Connection) -> Stored:
            recorder = Recorder(connection, self._tools, self._clock.now())
            return SessionWriter(connection, self._tools, recorder, draft, progress).run()

        return self._writable().run_alone(change)

    def append(self, branch: str, events: Sequence[NewEvent], *, expected: int | None) -> Appended:
        prepared = [prepare(event) for event in events]

        def require_expected(line: Line) -> None:
            if expected is not None and line.head != expected:
                raise WrongPosition(branch, expected, line.head)

        def change(connection: Connection, *, look_first: bool) -> Appended:
            recorder = Recorder(connection, self._tools, self._clock.now())
            line = recorder.line(self._tools.streams.stream(connection, branch))
            if not look_first and expected in (None, line.head):
                added = recorder.add_new(line, prepared)
            else:
                added = recorder.add([(line, event) for event in prepared], require_expected, likely_new=False)
            if added.new:
                recorder.finish()
            return Appended(tuple(added.positions), len(added.positions) - added.new, line.head)

        try:
            return self._writable().run(partial(change, look_first=False))
        except AlreadyStored:
            return self._writable().run(partial(change, look_first=True))

    def fork(self, parent: str, at: int, *, branch_id: str, name: str) -> Branch:
        def change(connection: Connection) -> Branch:
            recorder = Recorder(connection, self._tools, self._clock.now())
            stream = self._tools.streams.stream(connection, parent)
            branch = make_branch(
                connection, self._tools, stream, at, branch_id=branch_id, name=name, created_at=recorder.now
            )
            recorder.stamp()
            return branch

        return self._writable().run(change)

    def put_blob(self, content: bytes, media_type: str) -> str:
        require_text(media_type)
        return self._writable().run(lambda connection: blobs.put_blob(connection, content, media_type))

    # --- reading

    def sessions(self) -> tuple[SessionSummary, ...]:
        return self._reader.sessions()

    def header(self, session: str) -> SessionHeader:
        return self._reader.header(session)

    def header_hash(self, session: str) -> str:
        return self._reader.header_hash(session)

    def branches(self, session: str) -> tuple[Branch, ...]:
        return self._reader.branches(session)

    def made_as(self, session: str, name: str) -> Branch | None:
        return self._reader.made_as(session, name)

    def branch(self, branch: str) -> Branch:
        return self._reader.branch(branch)

    def lineage(self, branch: str) -> tuple[Segment, ...]:
        return self._reader.lineage(branch)

    def read(self, branch: str, first: int, last: int) -> tuple[Event, ...]:
        return self._reader.read(branch, first, last)

    def iterate(self, branch: str, first: int = 1, last: int | None = None) -> Iterator[Event]:
        return self._reader.iterate(branch, first, last)

    def events_at(self, branch: str, positions: Sequence[int]) -> tuple[Event, ...]:
        return self._reader.events_at(branch, positions)

    def facts_at(self, branch: str, positions: Sequence[int]) -> Iterator[LateFact]:
        return self._reader.facts_at(branch, positions)

    def locate(self, session: str, event_id: str) -> tuple[tuple[str, int], ...]:
        return self._reader.locate(session, event_id)

    def hash_at(self, branch: str, position: int) -> str:
        return self._reader.hash_at(branch, position)

    def salt_at(self, branch: str, position: int) -> bytes:
        return self._reader.salt_at(branch, position)

    def salts(self, branch: str, first: int, last: int) -> Sequence[bytes]:
        return self._reader.salts(branch, first, last)

    def columns(self, branch: str, first: int = 1, last: int | None = None) -> EventColumns:
        return self._reader.columns(branch, first, last)

    def recorded_after(self, number: int, limit: int) -> tuple[tuple[int, Event], ...]:
        with self._reader.connection() as connection:
            return self._journal.read(connection, number, limit)

    def brief_after(self, number: int, limit: int) -> tuple[Brief, ...]:
        with self._reader.connection() as connection:
            return self._journal.brief(connection, number, limit)

    def recorded_count(self) -> int:
        with self._reader.connection() as connection:
            return self._journal.count(connection)

    def last_recorded(self) -> int | None:
        return self._reader.last_recorded()

    def blob(self, address: str) -> tuple[bytes, str]:
        with self._reader.connection() as connection:
            return blobs.get_blob(connection, self._payloads, address)

    # --- keeping

    def verify(self, progress: Progress = no_progress) -> Verified:
        with self._reader.connection() as connection:
            return verify_store(connection, progress, self._read_path)

    def backup(self, target: Path, progress: Progress = no_progress) -> Verified:
        with self._reader.connection() as connection:
            return back_up(connection, target, self._ids, progress)

    def close(self) -> None:
        self._reader.close()
        if self._writer is not None:
            self._writer.close()
        if self._copy is not None:
            self._copy.cleanup()

    def _writable(self) -> Writer:
        if self._writer is None:
            raise StoreUnusable(self._why_read_only)
        return self._writer
