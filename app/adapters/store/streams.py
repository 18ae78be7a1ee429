"""Streams (branches and side streams) and who owns which positions of their line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, func, insert, select

from app.adapters.store import statements
from app.adapters.store.chain import row_digest
from app.adapters.store.tables import session_table, stream_table
from app.domain.branches import Branch, Segment, clip
from app.domain.errors import NotFound, StoreUnusable
from app.domain.events import ANALYST, DERIVED, MAIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, Row

ENDLESS: Final = 2**62
BRANCH: Final = "branch"
KINDS: Final = {MAIN: BRANCH, ANALYST: ANALYST, DERIVED: DERIVED}
_KIND_ORDER: Final = {BRANCH: 0, ANALYST: 1, DERIVED: 2}

_parent = stream_table.alias("parent")
_asked = stream_table.alias("asked")
_STREAMS = (
    select(
        stream_table.c.no,
        stream_table.c.id,
        session_table.c.id.label("session"),
        stream_table.c.session.label("session_no"),
        stream_table.c.name,
        stream_table.c.kind,
        _parent.c.id.label("parent"),
        stream_table.c.fork_position,
        stream_table.c.fork_hash,
        stream_table.c.created_at,
        stream_table.c.epoch,
        stream_table.c.head,
    )
    .join_from(stream_table, session_table)
    .outerjoin(_parent, _parent.c.no == stream_table.c.parent)
    .order_by(stream_table.c.no)
)
_OF_SESSION = _STREAMS.where(session_table.c.id == bindparam("session"))
_WITH_SIBLINGS = _STREAMS.where(
    stream_table.c.session == select(_asked.c.session).where(_asked.c.id == bindparam("stream")).scalar_subquery()
)
_LAST = select(func.max(stream_table.c.no))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """What never changes of a stream: all but its head. ``epoch`` is what the times of its rows are counted from."""

    no: int
    id: str
    session: str
    session_no: int
    name: str
    kind: str
    parent: str | None
    fork_position: int
    fork_hash: bytes
    created_at: int
    epoch: int

    def digest(self) -> bytes:
        return row_digest(
            {
                "created_at": str(self.created_at),
                "fork_hash": self.fork_hash.hex(),
                "fork_position": self.fork_position,
                "id": self.id,
                "kind": self.kind,
                "name": self.name,
                "parent": self.parent,
                "session": self.session,
            }
        )

    def branch(self, head: int) -> Branch:
        return Branch(
            id=self.id,
            session=self.session,
            name=self.name,
            kind=self.kind,
            parent=self.parent,
            fork_position=self.fork_position,
            fork_hash=self.fork_hash.hex(),
            head=head,
            created_at=self.created_at,
        )


def standard_id(session: str, name: str) -> str:
    """The id of ``main``, ``analyst`` or ``derived`` of a session: the same in every store."""
    return f"{session}/{name}"


def add_stream(connection: Connection, stream: Stream, parent_no: int | None) -> None:
    """Insert an empty stream, inside the caller's write transaction."""
    connection.execute(
        insert(stream_table),
        {
            "no": stream.no,
            "id": stream.id,
            "session": stream.session_no,
            "name": stream.name,
            "kind": stream.kind,
            "parent": parent_no,
            "fork_position": stream.fork_position,
            "fork_hash": stream.fork_hash,
            "created_at": stream.created_at,
            "digest": stream.digest(),
            "epoch": stream.epoch,
            "head": stream.fork_position,
            "head_hash": stream.fork_hash,
        },
    )


def next_stream_number(connection: Connection) -> int:
    return (connection.execute(_LAST).scalar() or 0) + 1


class StreamDirectory:
    """Streams by id, and their lines; read once, for neither ever changes. Any thread may call."""

    def __init__(self) -> None:
        self._streams: dict[str, Stream] = {}
        self._lines: dict[str, tuple[Segment, ...]] = {}

    def stream(self, connection: Connection, stream_id: str) -> Stream:
        found = self._streams.get(stream_id)
        if found is None:
            rows = connection.execute(_WITH_SIBLINGS, {"stream": stream_id}).all()
            self._remember(rows)
            found = self._streams.get(stream_id)
        if found is None:
            raise NotFound(f"there is no branch {stream_id}")
        return found

    def forget(self) -> None:
        """Streams that were read inside a transaction may be gone: it was rolled back."""
        self._streams = {}
        self._lines = {}

    def branches(self, connection: Connection, session: str) -> tuple[Branch, ...]:
        """Main first, then branches as they were made, then the side streams. Empty for an unknown session."""
        rows = connection.execute(_OF_SESSION, {"session": session}).all()
        self._remember(rows)
        rows = sorted(rows, key=lambda row: _KIND_ORDER[row.kind])
        return tuple(self._streams[row.id].branch(row.head) for row in rows)

    def line(self, connection: Connection, stream: Stream) -> tuple[Segment, ...]:
        """The owners of the stream's positions, oldest first; the last part, its own, is open-ended."""
        found = self._lines.get(stream.id)
        if found is None:
            found = self._lines[stream.id] = self._trace(connection, stream)
        return found

    def parts(self, connection: Connection, stream: Stream, first: int, last: int) -> Sequence[tuple[Stream, int, int]]:
        """(owner, first, last) of the ranges that hold positions ``first`` to ``last``; the end may be beyond it."""
        own_first = stream.fork_position + 1
        if first >= own_first:  # by far the most frequent: no need to look at the ancestors
            return ((stream, first, last),)
        line = clip(self.line(connection, stream), first, last)
        return tuple((self.stream(connection, part.owner), part.first, part.last) for part in line)

    def hash_at(self, connection: Connection, stream: Stream, position: int) -> bytes | None:
        """The hash at a position of the stream's line, 0 included; None beyond its end."""
        while position < stream.fork_position and stream.parent is not None:
            stream = self._parent(connection, stream)
        if position == stream.fork_position:
            return stream.fork_hash
        where = {"stream": stream.no, "position": position}
        found: bytes | None = connection.execute(statements.HASH_AT, where).scalar()
        return found

    def _trace(self, connection: Connection, stream: Stream) -> tuple[Segment, ...]:
        chain = [stream]
        while (parent := chain[-1].parent) is not None and parent not in self._lines:
            chain.append(self._parent(connection, chain[-1]))
        line = self._lines[parent] if parent is not None else ()
        for link in reversed(chain):
            line = (*clip(line, 1, link.fork_position), Segment(link.id, link.fork_position + 1, ENDLESS))
            self._lines[link.id] = line
        return line

    def _parent(self, connection: Connection, stream: Stream) -> Stream:
        parent = self.stream(connection, stream.parent or "")
        if parent.no >= stream.no:  # parents are made first; a damaged file must not lead round in circles
            raise StoreUnusable(f"branch {stream.id} is damaged: run `branchline verify` to see what else is")
        return parent

    def _remember(self, rows: Sequence[Row[*tuple[object, ...]]]) -> None:
        for row in rows:
            if row.id not in self._streams:
                fields = row._asdict()
                del fields["head"]
                self._streams[row.id] = Stream(**fields)
