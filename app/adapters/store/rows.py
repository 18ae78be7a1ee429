"""Makes the rows of new events, each chained to the one before it in its stream."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.adapters.store.chain import EventHeader, next_hash, payload_digest
from app.adapters.store.packed_ids import pack
from app.adapters.store.statements import NO_ID, NO_TIME

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from app.adapters.store.recorder import Line, WriteTools
    from app.adapters.store.records import Prepared

Row = tuple[Any, ...]


class RowMaker:
    """The rows of one transaction.

    Attributes:
        seq: number of the last row.
        now: when events count as recorded that do not say so themselves.
        last: when the last row's event was recorded.
        newest: the latest of those, ``now`` included.
    """

    def __init__(self, connection: Connection, tools: WriteTools, now: int) -> None:
        self._connection = connection
        self._tools = tools
        self.seq = tools.ends.seq
        self.now = self.last = self.newest = now

    def rows(self, line: Line, events: Iterable[Prepared]) -> tuple[list[Row], list[bytes]]:
        """Rows for the end of a line, which they move on, as ``insert_event`` takes them; and their hashes."""
        connection, stream = self._connection, line.stream
        numbers, encode, new_salt = self._tools.labels.numbers, self._tools.payloads.encode, self._tools.salts.take
        now, now_text, recorded_at = self.now, str(self.now), self.last
        seq, position, event_hash = self.seq, line.head, line.head_hash
        rows: list[Row] = []
        hashes: list[bytes] = []
        for event, payload, label in events:
            seq, position = seq + 1, position + 1
            time, salt = event.time, event.salt or new_salt()
            if event.recorded_at is None:
                recorded_at, recorded_text = now, now_text
            else:
                recorded_at = event.recorded_at
                recorded_text = str(recorded_at)
                self.newest = max(self.newest, recorded_at)
            event_type, version, actor, classification = label.kind
            header = EventHeader(
                actor, stream.id, event.causation_id, classification, event.correlation_id, event.id, position,
                recorded_text, stream.session, label.source, label.subject, None if time is None else str(time),
                event_type, version,
            )  # fmt: skip
            event_hash = next_hash(event_hash, header, payload_digest(salt, payload))
            hashes.append(event_hash)
            encoding, data = encode(payload)
            rows.append((
                seq, stream.no, position, bytearray(pack(event.id)), *numbers(connection, label),
                NO_TIME if time is None else time - stream.epoch, recorded_at - stream.created_at,
                NO_ID if event.causation_id is None else bytearray(pack(event.causation_id)),
                NO_ID if event.correlation_id is None else bytearray(pack(event.correlation_id)),
                encoding, bytearray(data), bytearray(salt), bytearray(event_hash),
            ))  # fmt: skip
        self.seq, self.last = seq, recorded_at
        line.head, line.head_hash = position, event_hash
        return rows, hashes
