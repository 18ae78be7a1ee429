"""When an event handed in is one that is stored already, and when it only claims to be."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, select

from app.adapters.store.chain import payload_digest
from app.adapters.store.kinds import ACTORS
from app.adapters.store.packed_ids import pack, unpack
from app.adapters.store.tables import event_table, kind_table, name_table, stream_table
from app.domain.errors import EventConflict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection

    from app.adapters.store.codec import PayloadWriter
    from app.adapters.store.names import NameWriter
    from app.adapters.store.records import Prepared
    from app.adapters.store.streams import Stream

_AT_ONCE: Final = 500

_STORED = (
    select(
        event_table.c.id,
        stream_table.c.id.label("branch"),
        stream_table.c.session,
        event_table.c.position,
        name_table.c.text.label("type"),
        kind_table.c.version,
        kind_table.c.actor,
        (event_table.c.time + stream_table.c.epoch).label("time"),
        event_table.c.encoding,
        event_table.c.data,
        event_table.c.digest,
        event_table.c.hash,
    )
    .join_from(event_table, stream_table, event_table.c.stream == stream_table.c.no)
    .join(kind_table, event_table.c.kind == kind_table.c.no)
    .join(name_table, kind_table.c.type == name_table.c.no)
    .where(event_table.c.source == bindparam("source"), event_table.c.id.in_(bindparam("ids", expanding=True)))
)


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """As much of a stored event as tells whether another one is the same."""

    branch: str
    session: int
    position: int
    type: str
    version: int
    actor: int
    time: int | None
    payload: bytes | None
    digest: bytes | None
    hash: bytes

    def require_same(self, stream: Stream, prepared: Prepared) -> None:
        """Raise ``EventConflict`` unless the event is this one, in this place."""
        for difference in self._differences(stream, prepared):
            raise EventConflict(prepared.event.source, prepared.event.id, difference)

    def _differences(self, stream: Stream, prepared: Prepared) -> Iterator[str]:
        event = prepared.event
        if self.session != stream.session_no:
            yield "session"
        if self.branch != stream.id:
            yield "branch"
        if self.type != event.type:
            yield "type"
        if self.version != event.version:
            yield "version"
        if ACTORS[self.actor] != event.actor:
            yield "actor"
        if self.time != event.time:
            yield "time"
        if self._differs_in_data(prepared):
            yield "data"

    def _differs_in_data(self, prepared: Prepared) -> bool:
        if self.payload is not None:
            return self.payload != prepared.payload
        # Of an erased event only who kept its salt can say what it was; without it the rest must do.
        salt = prepared.event.salt
        return salt is not None and payload_digest(salt, prepared.payload) != self.digest


def require_same(stream: Stream, one: Prepared, other_stream: Stream, other: Prepared) -> None:
    """The same question for two events of one batch. Raises ``EventConflict``."""
    pairs = {
        "session": (stream.session, other_stream.session),
        "branch": (stream.id, other_stream.id),
        "type": (one.event.type, other.event.type),
        "version": (one.event.version, other.event.version),
        "actor": (one.event.actor, other.event.actor),
        "time": (one.event.time, other.event.time),
        "data": (one.payload, other.payload),
    }
    for difference, (left, right) in pairs.items():
        if left != right:
            raise EventConflict(other.event.source, other.event.id, difference)


def find_stored(
    connection: Connection, names: NameWriter, payloads: PayloadWriter, events: Sequence[Prepared]
) -> dict[tuple[str, str], StoredEvent]:
    """(source, id) -> what is stored of those events that are."""
    ids_of: defaultdict[str, list[bytes]] = defaultdict(list)
    for prepared in events:
        ids_of[prepared.event.source].append(pack(prepared.event.id))
    found = {}
    for source, ids in ids_of.items():
        number = names.number(connection, source)
        for start in range(0, len(ids), _AT_ONCE):
            rows = connection.execute(_STORED, {"source": number, "ids": ids[start : start + _AT_ONCE]}).all()
            for event_id, *place, encoding, data, digest, event_hash in rows:
                payload = None if data is None else payloads.decode(connection, encoding, data)
                found[source, unpack(event_id)] = StoredEvent(*(*place, payload, digest, event_hash))
    return found
