"""Puts events at the end of streams, inside one write transaction: identity, chain, rows, heads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import IntegrityError

from app.adapters.store.chain import row_digest
from app.adapters.store.ends import Ends
from app.adapters.store.hot_path import run, run_in_groups
from app.adapters.store.identity import find_stored, require_same
from app.adapters.store.rows import RowMaker
from app.adapters.store.salts import Salts
from app.adapters.store.statements import ROWS_AT_ONCE
from app.domain.errors import BranchlineError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from app.adapters.store.codec import PayloadWriter
    from app.adapters.store.kinds import LabelWriter
    from app.adapters.store.names import NameWriter
    from app.adapters.store.records import Prepared
    from app.adapters.store.rows import Row
    from app.adapters.store.statements import WriteStatements
    from app.adapters.store.streams import Stream, StreamDirectory

Policy = Callable[["Line"], None]


@dataclass(slots=True, eq=False)
class Line:
    """The end of a stream while events are put on it.

    Attributes:
        seen: position of the last event handed in for this stream, new or stored already.
        pending: new events of the present batch that are not inserted yet.
    """

    stream: Stream
    head: int
    head_hash: bytes
    seen: int
    pending: int = 0

    @property
    def end(self) -> int:
        return self.head + self.pending


@dataclass(slots=True)
class Added:
    """Where the events that were handed in stand now, in their order, and how many of them are new."""

    positions: list[int] = field(default_factory=list)
    hashes: list[bytes] = field(default_factory=list)
    new: int = 0


@dataclass(frozen=True, slots=True)
class WriteTools:
    """What writing needs and keeps from one transaction to the next; for the holder of the write lock."""

    sql: WriteStatements
    streams: StreamDirectory
    names: NameWriter
    labels: LabelWriter
    payloads: PayloadWriter
    uid: str
    ends: Ends = field(default_factory=Ends)
    salts: Salts = field(default_factory=Salts)

    def forget(self) -> None:
        """Something was rolled back: the streams, names, kinds, dictionaries and ends that it added are gone."""
        self.streams.forget()
        self.names.forget()
        self.labels.forget()
        self.payloads.forget()
        self.ends.forget()


class AlreadyStored(BranchlineError):
    """An event that was taken for new is stored already."""


class Recorder:
    """One append's (or one session's) worth of events; ``finish`` moves the heads of the streams it touched."""

    def __init__(self, connection: Connection, tools: WriteTools, now: int) -> None:
        self._connection = connection
        self._tools = tools
        ends = tools.ends
        ends.catch_up(connection, tools.sql)
        self._rows = RowMaker(connection, tools, now if ends.newest is None else max(now, ends.newest + 1))
        self._lines: dict[int, Line] = {}
        self._touched: set[int] = set()

    @property
    def now(self) -> int:
        """When this transaction's events count as recorded; rises from one transaction to the next."""
        return self._rows.now

    def line(self, stream: Stream) -> Line:
        line = self._lines.get(stream.no)
        if line is None:
            known = self._tools.ends.heads.get(stream.no)
            head, head_hash = known or run(self._connection, self._tools.sql.line, (stream.no,)).fetchone()
            line = self._lines[stream.no] = Line(stream, head, head_hash, stream.fork_position)
        return line

    def add_new(self, line: Line, events: Sequence[Prepared]) -> Added:
        """Put events on a line without looking whether they are stored already.

        Raises ``AlreadyStored`` when one is; the caller must then undo all that this recorder did.
        """
        self._tools.payloads.prepare(self._connection, self._rows.seq)
        try:
            return self._insert(((line, events),))
        except IntegrityError as error:
            if "duplicate" in str(error.orig):
                raise AlreadyStored from error
            raise

    def add(self, items: Sequence[tuple[Line, Prepared]], policy: Policy, *, likely_new: bool) -> Added:
        """Put events on their lines unless they are stored already.

        ``policy`` is asked about each new event before any of them is stored, and raises to refuse it.
        ``likely_new`` lets the database notice duplicates; without it they are looked for first.
        """
        self._tools.payloads.prepare(self._connection, self._rows.seq)
        if likely_new:
            for line in dict.fromkeys(line for line, _ in items):
                policy(line)
            added = self._try_all_new(items)
            if added is not None:
                return added
        return self._add_missing(items, policy)

    def finish(self) -> None:
        """Move the heads and the store's time; nothing may be added afterwards."""
        ends, rows = self._tools.ends, self._rows
        for number in self._touched:
            line = self._lines[number]
            run(self._connection, self._tools.sql.move_head, (line.head, bytearray(line.head_hash), number))
            ends.heads[number] = line.head, line.head_hash
        if self._touched and rows.last == rows.newest:  # the last event tells it
            ends.seq, ends.newest = rows.seq, rows.newest
        else:
            self.stamp()

    def stamp(self) -> None:
        """Note in the store's own row that something was stored."""
        ends, newest = self._tools.ends, self._rows.newest
        run(self._connection, self._tools.sql.stamp, (newest, store_digest(self._tools.uid, newest)))
        ends.seq, ends.stamped, ends.newest = self._rows.seq, newest, newest

    def _try_all_new(self, items: Sequence[tuple[Line, Prepared]]) -> Added | None:
        """Insert without looking first; None, and nothing inserted, when one is stored already."""
        rows = self._rows
        before = rows.seq, rows.last, rows.newest
        touched = set(self._touched)
        ends = [(line, line.head, line.head_hash, line.seen) for line in dict.fromkeys(line for line, _ in items)]
        run(self._connection, "SAVEPOINT batch")
        try:
            added = self._insert(_runs(items))
        except IntegrityError as error:
            if "duplicate" not in str(error.orig):
                raise
            run(self._connection, "ROLLBACK TO batch")
            self._tools.names.forget()
            self._tools.labels.forget()
            rows.seq, rows.last, rows.newest = before
            self._touched = touched
            for line, head, head_hash, seen in ends:
                line.head, line.head_hash, line.seen = head, head_hash, seen
            added = None
        run(self._connection, "RELEASE batch")
        return added

    def _add_missing(self, items: Sequence[tuple[Line, Prepared]], policy: Policy) -> Added:
        tools = self._tools
        stored = find_stored(self._connection, tools.names, tools.payloads, [prepared for _, prepared in items])
        first: dict[tuple[str, str], int] = {}  # new event -> index of its first appearance in this batch
        for index, (line, prepared) in enumerate(items):
            found = stored.get(prepared.identity)
            if found is not None:
                found.require_same(line.stream, prepared)
                line.seen = found.position
            elif prepared.identity in first:
                other_line, other = items[first[prepared.identity]]
                require_same(other_line.stream, other, line.stream, prepared)
            else:
                policy(line)
                first[prepared.identity] = index
                line.pending += 1
                line.seen = line.end
        inserted = self._insert(_runs(items[index] for index in first.values()))
        places = dict(zip(first, zip(inserted.positions, inserted.hashes, strict=True), strict=True))
        places.update((identity, (found.position, found.hash)) for identity, found in stored.items())
        every = [places[prepared.identity] for _, prepared in items]
        return Added([position for position, _ in every], [found for _, found in every], inserted.new)

    def _insert(self, runs: Iterable[tuple[Line, Iterable[Prepared]]]) -> Added:
        """Put runs of events on their lines."""
        added = Added()
        rows: list[Row] = []
        for line, events in runs:
            before = line.head
            made, hashes = self._rows.rows(line, events)
            rows += made
            added.positions += range(before + 1, line.head + 1)
            added.hashes += hashes
            line.seen, line.pending = line.head, 0
            self._touched.add(line.stream.no)
        added.new = len(rows)
        sql = self._tools.sql
        run_in_groups(self._connection, sql.insert_event, sql.insert_events, ROWS_AT_ONCE, rows)
        return added


def _runs(items: Iterable[tuple[Line, Prepared]]) -> Iterator[tuple[Line, Iterator[Prepared]]]:
    """Neighbours on the same line together."""
    return ((line, map(_PREPARED, run_of)) for line, run_of in groupby(items, key=_LINE))


_LINE: Final = itemgetter(0)
_PREPARED: Final = itemgetter(1)


def store_digest(uid: str, last_recorded: int | None) -> bytes:
    return row_digest({"uid": uid, "last_recorded": None if last_recorded is None else str(last_recorded)})
