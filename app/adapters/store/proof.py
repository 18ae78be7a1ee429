"""Shows that a part of the log is sound, as quickly as can be; what is wrong where is a question for ``linkage``.

The log is in the store's global order. A part is sound when it is dense and when every event in it follows, by position
and hash, what stood before it in its stream. What stood there before the part is taken from the store and told with the
proof, so that the proofs of neighbouring parts can be held against each other (``are_whole``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import msgspec
from sqlalchemy import bindparam, select
from sqlalchemy.exc import DBAPIError
from zstandard import ZstdError

from app.adapters.store.chain import EventHeader, next_hash, payload_digest
from app.adapters.store.codec import PayloadReader
from app.adapters.store.failures import Unreadable
from app.adapters.store.hot_path import run_all
from app.adapters.store.linkage import fork_points
from app.adapters.store.packed_ids import unpack
from app.adapters.store.small_tables import NONSENSE
from app.adapters.store.statements import HASH_AT
from app.adapters.store.tables import event_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sqlalchemy import Connection

    from app.adapters.store.small_tables import SmallTables
    from app.adapters.store.streams import Stream

_CHUNK: Final = 2_000
_PART: Final = (
    select(*event_table.columns)
    .where(event_table.c.seq >= bindparam("first"), event_table.c.seq <= bindparam("last"))
    .order_by(event_table.c.seq)
)


class Doubt(Exception):
    """Something is not as it should be."""


class Reach(msgspec.Struct):
    """How far a stream was followed: from what stood before the part to its last event in it."""

    stream: int
    before: int
    before_hash: bytes
    position: int
    hash: bytes


class Proof(msgspec.Struct):
    """That the events of a part are sound; ``newest`` is the latest time at which one was recorded."""

    events: int
    newest: int
    reaches: list[Reach]


@dataclass(slots=True)
class _Followed:
    """A stream while it is followed; its own fields beside the reach, for they are asked for with each event."""

    reach: Reach
    branch: str
    session: str
    epoch: int
    made: int
    position: int
    hash: bytes


class _Unpackers(dict[int, "Callable[[bytes], bytes]"]):
    """Encoding -> what unpacks it, found when first met."""

    def __init__(self, connection: Connection) -> None:
        super().__init__()
        self._connection = connection
        self._payloads = PayloadReader()

    def __missing__(self, encoding: int) -> Callable[[bytes], bytes]:
        found = self[encoding] = self._payloads.unpacker(self._connection, encoding)
        return found


def prove(connection: Connection, tables: SmallTables, first: int, last: int, told: Callable[[int], None]) -> Proof:
    """Follow the events numbered ``first`` to ``last``; ``told`` hears how many are done. Raises ``Doubt``."""
    following = _Following(connection, tables, first)
    sql = str(_PART.compile(dialect=connection.dialect))
    try:
        for start in range(first, last + 1, _CHUNK):
            stop = min(start + _CHUNK - 1, last)
            rows = run_all(connection, sql, (start, stop))
            following.follow(rows)
            if following.seq != stop:
                raise Doubt
            told(stop - first + 1)
    except (DBAPIError, ZstdError, Unreadable, *NONSENSE) as error:
        raise Doubt from error
    return following.proof(last - first + 1)


class _Following:
    def __init__(self, connection: Connection, tables: SmallTables, first: int) -> None:
        self._connection = connection
        self._names, self._kinds, self._streams = tables.names, tables.kinds, tables.streams
        self._hash_at = str(HASH_AT.compile(dialect=connection.dialect))
        self._unpackers = _Unpackers(connection)
        self._followed: dict[int, _Followed] = {}
        self._newest = -(2**63)
        self.seq = first - 1

    def follow(self, rows: Iterable[Sequence[Any]]) -> None:
        names, kinds, followed, unpackers = self._names, self._kinds, self._followed, self._unpackers
        expected, newest = self.seq, self._newest
        for (seq, stream_no, position, packed, source, kind_no, subject, time, recorded, causation, correlation,
             encoding, data, salt, digest, event_hash) in rows:  # fmt: skip
            line = followed.get(stream_no) or self._begin(stream_no, position)
            expected += 1
            line.position += 1
            if seq != expected or position != line.position:
                raise Doubt
            if data is not None:
                digest = payload_digest(salt, unpackers[encoding](data) if encoding else data)  # noqa: PLW2901
            event_type, version, actor, classification = kinds[kind_no]
            recorded_at = recorded + line.made
            header = EventHeader(
                actor, line.branch, None if causation is None else unpack(causation), classification,
                None if correlation is None else unpack(correlation), unpack(packed), position, str(recorded_at),
                line.session, names[source], None if subject is None else names[subject],
                None if time is None else str(time + line.epoch), event_type, version,
            )  # fmt: skip
            if next_hash(line.hash, header, digest) != event_hash:
                raise Doubt
            line.hash = event_hash
            newest = max(newest, recorded_at)
        self.seq, self._newest = expected, newest

    def proof(self, events: int) -> Proof:
        for line in self._followed.values():
            line.reach.position, line.reach.hash = line.position, line.hash
        return Proof(events, self._newest, [line.reach for line in self._followed.values()])

    def _begin(self, number: int, position: int) -> _Followed:
        stream: Stream = self._streams[number][0]
        before = position - 1
        if before == stream.fork_position:
            before_hash = stream.fork_hash
        else:
            ((before_hash,),) = run_all(self._connection, self._hash_at, (number, before))
        reach = Reach(number, before, before_hash, before, before_hash)
        found = _Followed(reach, stream.id, stream.session, stream.epoch, stream.created_at, before, before_hash)
        self._followed[number] = found
        return found


def are_whole(connection: Connection, tables: SmallTables, proofs: Iterable[Proof]) -> bool:
    """Whether proofs of all parts, in order, join to every stream's whole line, and each fork fits where it forks."""
    ends = {number: (stream.fork_position, stream.fork_hash) for number, (stream, _, _) in tables.streams.items()}
    for proof in proofs:
        for reach in proof.reaches:
            if ends.get(reach.stream) != (reach.before, reach.before_hash):
                return False
            ends[reach.stream] = (reach.position, reach.hash)
    if any(ends[number] != (head, head_hash) for number, (_, head, head_hash) in tables.streams.items()):
        return False
    hash_at = str(HASH_AT.compile(dialect=connection.dialect))
    try:
        return all(
            run_all(connection, hash_at, place) == [(stream.fork_hash,)]
            for place, streams in fork_points(tables.streams).items()
            for stream in streams
        )
    except DBAPIError:
        return False
