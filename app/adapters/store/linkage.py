"""Follows every stream's chain while events come by in the store's global order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.adapters.store.chain import EventHeader, next_hash, payload_digest
from app.adapters.store.failures import Unreadable
from app.adapters.store.packed_ids import readable, unpack, unpack_optional
from app.adapters.store.small_tables import NONSENSE
from app.application.ports import StoreProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import Connection

    from app.adapters.store.codec import PayloadReader
    from app.adapters.store.small_tables import SmallTables
    from app.adapters.store.streams import Stream

Place = tuple[str | None, str | None, int | None, str | None]
"""Session, branch, position and event id of a problem."""

_NAMED_AT_MOST: Final = 1_000  # of one stream's missing events


@dataclass(frozen=True, slots=True)
class Lost:
    """What an index still knows of an event whose row cannot be read."""

    seq: int
    id: str | None


@dataclass(slots=True)
class _End:
    """How far a stream's chain was followed; ``hashes`` are what the next event may build on."""

    position: int
    hashes: tuple[bytes, ...]


class ChainCheck:
    """Told every readable event in global order; knows in the end which are missing."""

    def __init__(self, tables: SmallTables, payloads: PayloadReader) -> None:
        self._names, self._kinds = tables.names, tables.kinds
        self._sessions, self._streams = tables.sessions, tables.streams
        self._payloads = payloads
        self._ends = {
            no: _End(stream.fork_position, (stream.fork_hash,)) for no, (stream, _, _) in self._streams.items()
        }
        self._missing: dict[int, list[int]] = {}
        self._fork_points = fork_points(self._streams)
        self._seq = 0
        self.newest: int | None = None

    def problems_of_streams(self) -> Iterator[StoreProblem]:
        """Fork points at position 0, which need no event."""
        for stream, _, _ in self._streams.values():
            start = self._sessions.get(stream.session_no, ("", None))[1]
            if stream.fork_position == 0 and stream.fork_hash != start:
                yield StoreProblem(stream.session, stream.id, None, None, "it does not begin at its session's header")

    def check(self, connection: Connection, row: Sequence[Any]) -> StoreProblem | None:
        """Hold one event against its digest, its hash and its place."""
        seq, stream_no = row[:2]
        known = self._streams.get(stream_no)
        place = self.place(row)
        try:
            reason = self._fault(connection, known, row)
        except (*NONSENSE, Unreadable) as error:
            reason = f"it cannot be read: {error}"
        gap, self._seq = seq - self._seq - 1, seq
        if reason is None and gap:
            return StoreProblem(None, None, None, None, f"{gap} events before number {seq} of the store are missing")
        return None if reason is None else StoreProblem(*place, reason)

    def place(self, row: Sequence[Any]) -> Place:
        """Where the event of a row that begins with (seq, stream, position, id) stands, as far as that is known."""
        _, stream_no, position, packed = row[:4]
        known = self._streams.get(stream_no)
        session, branch = (None, None) if known is None else (known[0].session, known[0].id)
        return session, branch, position, readable(packed)

    def is_incomplete(self) -> bool:
        return any(self._ends[no].position < head or no in self._missing for no, (_, head, _) in self._streams.items())

    def problems_of_ends(self, lost: Mapping[tuple[int, int], Lost]) -> Iterator[StoreProblem]:
        """Missing events, heads that are not where the events end, forks from events that are not as they were."""
        for no, (stream, head, head_hash) in self._streams.items():
            end = self._ends[no]
            missing = self._missing.get(no, []) + list(range(end.position + 1, head + 1))
            for position in missing[:_NAMED_AT_MOST]:
                event = lost[no, position].id if (no, position) in lost else None
                yield StoreProblem(stream.session, stream.id, position, event, "the event is missing or cannot be read")
            if end.position > head:
                reason = f"its events end at {end.position}, but its head says {head}"
                yield StoreProblem(stream.session, stream.id, None, None, reason)
            elif end.position == head and head_hash not in end.hashes:
                reason = "the hash at its head is not that of its last event"
                yield StoreProblem(stream.session, stream.id, None, None, reason)
        for (_, position), streams in self._fork_points.items():
            for stream in streams:
                reason = f"the event at {position} that it branches from is missing or was changed"
                yield StoreProblem(stream.session, stream.id, None, None, reason)

    def _fault(self, connection: Connection, known: tuple[Stream, int, bytes] | None, row: Sequence[Any]) -> str | None:
        (_, stream_no, position, event_id, source, kind_no, subject, time, recorded, causation_id, correlation_id,
         encoding, data, salt, digest, event_hash) = row  # fmt: skip
        if known is None:
            return "its branch is missing or cannot be read"
        stream, end = known[0], self._ends[stream_no]
        previous = self._step(stream_no, position, event_hash)
        self._settle_forks(stream_no, position, event_hash)
        kind, recorded_at = self._kinds[kind_no], recorded + stream.created_at
        header = EventHeader(
            kind.actor, stream.id, unpack_optional(causation_id), kind.classification, unpack_optional(correlation_id),
            unpack(event_id), position, str(recorded_at), stream.session, self._names[source],
            None if subject is None else self._names[subject], None if time is None else str(time + stream.epoch),
            kind.type, kind.version,
        )  # fmt: skip
        self.newest = recorded_at if self.newest is None else max(self.newest, recorded_at)
        if data is not None:
            digest = payload_digest(salt, self._payloads.payload(connection, encoding, data))
        computed = tuple(next_hash(one, header, digest) for one in previous)
        if previous and event_hash not in computed:
            end.hashes = (event_hash, *computed)  # whichever it was, the next event tells
            return "its payload, envelope or hash was changed, or the event before it was"
        return None

    def _step(self, stream_no: int, position: int, event_hash: bytes) -> tuple[bytes, ...]:
        """Move the stream's end to this event; the hashes it may build on, none when the one before is missing."""
        end = self._ends[stream_no]
        previous = end.hashes if position == end.position + 1 else ()
        if position > end.position:
            self._missing.setdefault(stream_no, []).extend(range(end.position + 1, position)) if not previous else None
            end.position, end.hashes = position, (event_hash,)
        return previous

    def _settle_forks(self, stream_no: int, position: int, event_hash: bytes) -> None:
        point = (stream_no, position)
        if point in self._fork_points:
            self._fork_points[point] = [s for s in self._fork_points[point] if s.fork_hash != event_hash]


def fork_points(streams: Mapping[int, tuple[Stream, int, bytes]]) -> dict[tuple[int, int], list[Stream]]:
    """(number of the owner, position) -> the streams that branch there."""
    by_id = {stream.id: stream for stream, _, _ in streams.values()}
    points: dict[tuple[int, int], list[Stream]] = {}
    for stream, _, _ in streams.values():
        owner = by_id.get(stream.parent) if stream.parent is not None else None
        while owner is not None and 0 < stream.fork_position <= owner.fork_position:
            parent = by_id.get(owner.parent) if owner.parent is not None else None
            owner = parent if parent is not None and parent.no < owner.no else None
        if owner is not None and stream.fork_position > 0:
            points.setdefault((owner.no, stream.fork_position), []).append(stream)
    return points
