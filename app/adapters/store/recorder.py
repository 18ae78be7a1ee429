"""Puts events at the end of streams, inside one write transaction: identity, chain, rows, heads."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy.exc import IntegrityError

from app.adapters.store.chain import SALT_BYTES, EventHeader, next_hash, payload_digest, row_digest
from app.adapters.store.hot_path import run, run_many
from app.adapters.store.identity import find_stored, require_same
from app.adapters.store.records import ACTORS
from app.domain.events import CLASSIFICATIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

    from app.adapters.store.codec import PayloadWriter
    from app.adapters.store.identity import StoredEvent
    from app.adapters.store.names import NameWriter
    from app.adapters.store.records import Prepared
    from app.adapters.store.statements import WriteStatements
    from app.adapters.store.streams import Stream, StreamDirectory

Policy = Callable[["Line"], None]
_Row = tuple[Any, ...]
_FRESH_RANDOM: Final = 256 * SALT_BYTES  # one call to the system for many salts


@dataclass(slots=True)
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


class Placed(NamedTuple):
    """Where an event stands: newly put there, or found there already."""

    position: int
    hash: bytes
    is_new: bool


@dataclass(frozen=True, slots=True)
class WriteTools:
    """What writing needs and keeps from one transaction to the next; for the holder of the write lock."""

    sql: WriteStatements
    streams: StreamDirectory
    names: NameWriter
    payloads: PayloadWriter
    uid: str

    def forget(self) -> None:
        """Something was rolled back: the streams, names and dictionaries that it added are gone."""
        self.streams.forget()
        self.names.forget()
        self.payloads.forget()


class Recorder:
    """One append's (or one session's) worth of events; ``finish`` moves the heads of the streams it touched."""

    def __init__(self, connection: Connection, tools: WriteTools, now: int) -> None:
        self._connection = connection
        self._tools = tools
        last_recorded, last_seq = run(connection, tools.sql.end).fetchone()
        self._seq: int = last_seq or 0
        self._now = now if last_recorded is None else max(now, last_recorded + 1)
        self._newest = self._now
        self._lines: dict[int, Line] = {}
        self._touched: set[int] = set()
        self._salts = b""

    @property
    def now(self) -> int:
        """When this transaction's events count as recorded; rises from one transaction to the next."""
        return self._now

    def line(self, stream: Stream) -> Line:
        line = self._lines.get(stream.no)
        if line is None:
            head, head_hash = run(self._connection, self._tools.sql.line, (stream.no,)).fetchone()
            line = self._lines[stream.no] = Line(stream, head, head_hash, stream.fork_position)
        return line

    def add(self, items: Sequence[tuple[Line, Prepared]], policy: Policy, *, likely_new: bool) -> list[Placed]:
        """Put events on their lines unless they are stored already.

        ``policy`` is asked about each new event before any of them is stored, and raises to refuse it.
        ``likely_new`` lets the database notice duplicates; without it they are looked for first.
        """
        self._tools.payloads.prepare(self._connection, self._seq)
        if likely_new:
            for line in {line.stream.no: line for line, _ in items}.values():
                policy(line)
            placed = self._try_all_new(items)
            if placed is not None:
                return placed
        return self._add_missing(items, policy)

    def finish(self) -> None:
        """Move the heads and the store's time; nothing may be added afterwards."""
        for number in self._touched:
            line = self._lines[number]
            run(self._connection, self._tools.sql.move_head, (line.head, line.head_hash, number))
        self.stamp()

    def stamp(self) -> None:
        """Note that something was stored, so that other windows look."""
        digest = store_digest(self._tools.uid, self._newest)
        run(self._connection, self._tools.sql.stamp, (self._newest, digest))

    def _try_all_new(self, items: Sequence[tuple[Line, Prepared]]) -> list[Placed] | None:
        before = self._seq, self._newest, set(self._touched)
        ends = {line.stream.no: (line, line.head, line.head_hash, line.seen) for line, _ in items}
        several = len(items) > 1
        if several:
            run(self._connection, "SAVEPOINT batch")
        try:
            placed = self._insert(items)
        except IntegrityError as error:
            if "duplicate" not in str(error.orig):
                raise
            if several:
                run(self._connection, "ROLLBACK TO batch")
                run(self._connection, "RELEASE batch")
                self._tools.names.forget()
            self._seq, self._newest, self._touched = before
            for line, head, head_hash, seen in ends.values():
                line.head, line.head_hash, line.seen = head, head_hash, seen
            return None
        if several:
            run(self._connection, "RELEASE batch")
        return placed

    def _add_missing(self, items: Sequence[tuple[Line, Prepared]], policy: Policy) -> list[Placed]:
        stored = find_stored(self._connection, self._tools.names, [prepared for _, prepared in items])
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
        new = dict(zip(first, self._insert([items[index] for index in first.values()]), strict=True))
        return [
            new[prepared.identity]
            if first.get(prepared.identity) == index
            else _known(prepared, stored, new)._replace(is_new=False)
            for index, (_, prepared) in enumerate(items)
        ]

    def _insert(self, items: Sequence[tuple[Line, Prepared]]) -> list[Placed]:
        placed = []
        rows = []
        for line, prepared in items:
            rows.append(self._row(line, prepared))
            placed.append(Placed(line.head, line.head_hash, is_new=True))
            line.seen, line.pending = line.head, 0
        if rows:
            run_many(self._connection, self._tools.sql.insert_event, rows)
        return placed

    def _row(self, line: Line, prepared: Prepared) -> _Row:
        """The event's row; moves the line on."""
        event, stream = prepared.event, line.stream
        recorded_at = self._now if event.recorded_at is None else event.recorded_at
        position = line.head + 1
        salt = event.salt or self._salt()
        digest = payload_digest(salt, prepared.payload)
        header = EventHeader(
            ACTORS[prepared.actor], stream.id, event.causation_id, CLASSIFICATIONS[prepared.classification],
            event.correlation_id, event.id, position, str(recorded_at), stream.session, event.source, event.subject,
            None if event.time is None else str(event.time), event.type, event.version,
        )  # fmt: skip
        event_hash = next_hash(line.head_hash, header, digest)
        encoding, data = self._tools.payloads.encode(prepared.payload)
        line.head, line.head_hash = position, event_hash
        self._seq += 1
        self._touched.add(stream.no)
        self._newest = max(self._newest, recorded_at)
        source, type_no, subject = self._tools.names.numbers(self._connection, event.source, event.type, event.subject)
        return (
            self._seq, stream.no, position, event.id, source, type_no, event.version, prepared.actor,
            prepared.classification, subject, event.time, recorded_at, event.causation_id, event.correlation_id,
            encoding, data, salt, digest, event_hash,
        )  # fmt: skip

    def _salt(self) -> bytes:
        if not self._salts:
            self._salts = os.urandom(_FRESH_RANDOM)
        salt, self._salts = self._salts[:SALT_BYTES], self._salts[SALT_BYTES:]
        return salt


def _known(
    prepared: Prepared, stored: Mapping[tuple[str, str], StoredEvent], new: Mapping[tuple[str, str], Placed]
) -> Placed:
    found = stored.get(prepared.identity)
    return new[prepared.identity] if found is None else Placed(found.position, found.hash, is_new=False)


def store_digest(uid: str, last_recorded: int | None) -> bytes:
    return row_digest({"uid": uid, "last_recorded": None if last_recorded is None else str(last_recorded)})
