"""Stores whole sessions, chunk by chunk in one transaction, so that a million events never lie in memory."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, func, insert, select

from app.adapters.store.blobs import put_blob
from app.adapters.store.chain import session_hash
from app.adapters.store.forking import make_branch
from app.adapters.store.kinds import require_text
from app.adapters.store.records import is_countable, prepare
from app.adapters.store.streams import BRANCH, KINDS, Stream, add_stream, next_stream_number, standard_id
from app.adapters.store.tables import session_table
from app.application.ports import Stored
from app.domain.errors import BadInput, NotFound, WrongPosition
from app.domain.events import DERIVED
from app.domain.sessions import SessionHeader

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from app.adapters.store.recorder import Added, Line, Recorder, WriteTools
    from app.adapters.store.records import Prepared
    from app.application.ports import BranchDraft, Progress, SessionDraft

_CHUNK: Final = 2_000

_HEADER_COLUMNS = (
    session_table.c.id,
    session_table.c.title,
    session_table.c.source,
    session_table.c.external_id,
    session_table.c.subject,
    session_table.c.created_at,
)
HEADER: Final = select(*_HEADER_COLUMNS).where(session_table.c.id == bindparam("session"))
_LAST = select(func.max(session_table.c.no))


def header_of(row: Row[*tuple[Any, ...]]) -> SessionHeader:
    """The header in a row of ``HEADER``."""
    session_id, title, source, external_id, subject, created_at = row
    return SessionHeader(
        id=session_id, title=title, source=source, external_id=external_id, subject=subject, created_at=created_at
    )


def require_at_end(line: Line) -> None:
    """A session that is there already takes new events only behind those it shares with the draft."""
    if line.seen != line.end:
        raise WrongPosition(line.stream.id, line.seen, line.head)


def allow_anywhere(_line: Line) -> None:
    """New events of a source that goes on come behind all there are."""


class SessionWriter:
    """Stores one draft inside the caller's transaction."""

    def __init__(
        self, connection: Connection, tools: WriteTools, recorder: Recorder, draft: SessionDraft, progress: Progress
    ) -> None:
        self._connection = connection
        self._tools = tools
        self._recorder = recorder
        self._draft = draft
        self._progress = progress
        self._session = draft.header.id
        self._is_new = False
        self._lines: dict[str, Line] = {}
        self._awaited = {branch.id: branch for branch in draft.branches}
        self._waiting: list[tuple[Line, Prepared]] = []
        self._names_of_waiting: list[str] = []
        self._added = 0
        self._duplicates = 0
        self._promises_kept = 0

    def run(self) -> Stored:
        events = iter(self._draft.events)
        first = next(events, None)
        self._find_or_add_session(first and first[1].time)
        branches_before = len(self._tools.streams.branches(self._connection, self._session))
        for name, event in chain(() if first is None else (first,), events):
            line = self._lines.get(name) or self._open_line(name)
            self._waiting.append((line, prepare(event)))
            self._names_of_waiting.append(name)
            if len(self._waiting) >= _CHUNK:
                self._flush()
        self._flush()
        for branch in self._draft.branches:
            if branch.id in self._awaited:
                self._open_line(branch.id)
        for content, media_type in self._draft.attachments:
            put_blob(self._connection, content, media_type)
        if self._promises_kept != len(self._draft.hashes):
            raise BadInput(f"session {self._session} promises hashes of events that it does not hold")
        branches_after = len(self._tools.streams.branches(self._connection, self._session))
        if self._is_new or self._added or branches_after > branches_before:
            self._tell_about()
            self._recorder.finish()
        return Stored(self._session, self._added, self._duplicates)

    def _flush(self) -> None:
        if not self._waiting:
            return
        policy = allow_anywhere if self._draft.continues else require_at_end
        added = self._recorder.add(self._waiting, policy, likely_new=self._is_new)
        self._added += added.new
        self._duplicates += len(added.positions) - added.new
        if self._draft.hashes:
            self._compare(added)
        self._waiting.clear()
        self._names_of_waiting.clear()
        self._progress(self._added + self._duplicates, None, "storing events")

    def _tell_about(self) -> None:
        """What is to be told of the import stands in the side stream, behind what others found."""
        if self._draft.about:
            line = self._lines.get(DERIVED) or self._open_line(DERIVED)
            told = [(line, prepare(event)) for event in self._draft.about]
            self._recorder.add(told, allow_anywhere, likely_new=False)

    def _compare(self, added: Added) -> None:
        """Hold what was computed against what a native file promises."""
        for name, position, computed in zip(self._names_of_waiting, added.positions, added.hashes, strict=True):
            promised = self._draft.hashes.get((name, position))
            if promised is None:
                continue
            if promised != computed.hex():
                raise BadInput(
                    f"session {self._session} was changed after it was exported: the hash of event {position} "
                    f"of {name} does not match; nothing was stored"
                )
            self._promises_kept += 1

    def _find_or_add_session(self, first_time: int | None) -> None:
        header = self._draft.header
        found = self._connection.execute(HEADER, {"session": header.id}).one_or_none()
        if found is None:
            self._is_new = True
            self._add_session(header, first_time)
        elif header.created_at is not None and header != header_of(found):
            raise BadInput(f"session {header.id} is already stored with another title, source or subject")

    def _add_session(self, header: SessionHeader, first_time: int | None) -> None:
        if not header.id:
            raise BadInput("a session needs an id")
        for text in (header.id, header.title, header.source, header.external_id, header.subject):
            require_text(text or "")
        if not (is_countable(header.created_at) and is_countable(first_time)):
            raise BadInput(f"session {header.id} begins at a time that is out of range")
        created_at = self._recorder.now if header.created_at is None else header.created_at
        header = replace(header, created_at=created_at)
        session_no = (self._connection.execute(_LAST).scalar() or 0) + 1
        start = session_hash(header)
        row = {column.name: getattr(header, column.name) for column in _HEADER_COLUMNS}
        self._connection.execute(insert(session_table), {"no": session_no, **row, "hash": start})
        for name, kind in KINDS.items():
            stream = Stream(
                no=next_stream_number(self._connection),
                id=standard_id(header.id, name),
                session=header.id,
                session_no=session_no,
                name=name,
                kind=kind,
                parent=None,
                fork_position=0,
                fork_hash=start,
                created_at=created_at,
                epoch=created_at if first_time is None else first_time,
            )
            add_stream(self._connection, stream, None)

    def _open_line(self, name: str) -> Line:
        """The line that a draft's name stands for; a branch is made when its first event comes."""
        while name in self._awaited and (earlier := next(iter(self._awaited))) != name:
            self._open_line(earlier)  # branches stay in the order they were made, those without events too
        branch = self._awaited.pop(name, None)
        if branch is None:
            stream = self._own_stream(standard_id(self._session, name) if name in KINDS else name)
        else:
            self._flush()  # the parent's events must be there
            stream = self._find_or_fork(branch)
        line = self._lines[name] = self._recorder.line(stream)
        return line

    def _find_or_fork(self, draft: BranchDraft) -> Stream:
        try:
            stream = self._own_stream(draft.id)
        except NotFound:
            stream = self._fork(draft)
        parent = self._stream_of_parent(draft)
        if (stream.parent, stream.fork_position) != (parent.id, draft.fork_position):
            raise BadInput(f"branch {draft.id} is already stored with another parent or fork position")
        if draft.fork_hash is not None and draft.fork_hash != stream.fork_hash.hex():
            raise BadInput(
                f"session {self._session} was changed after it was exported: branch {draft.name} does not fit to "
                f"event {draft.fork_position} of its parent; nothing was stored"
            )
        return stream

    def _fork(self, draft: BranchDraft) -> Stream:
        if not is_countable(draft.created_at):
            raise BadInput(f"branch {draft.id} was made at a time that is out of range")
        if draft.kind != BRANCH:
            raise BadInput(f"branch {draft.id} is of the unknown kind {draft.kind!r}")
        make_branch(
            self._connection,
            self._tools,
            self._stream_of_parent(draft),
            draft.fork_position,
            branch_id=draft.id,
            name=draft.name,
            created_at=self._recorder.now if draft.created_at is None else draft.created_at,
        )
        return self._own_stream(draft.id)

    def _stream_of_parent(self, draft: BranchDraft) -> Stream:
        if draft.parent is None:
            raise BadInput(f"branch {draft.id} has no parent")
        return (self._lines.get(draft.parent) or self._open_line(draft.parent)).stream

    def _own_stream(self, stream_id: str) -> Stream:
        stream = self._tools.streams.stream(self._connection, stream_id)
        if stream.session != self._session:
            raise BadInput(f"branch {stream_id} belongs to session {stream.session}, not to {self._session}")
        return stream
