"""The whole log in the order in which it was stored, whatever session an event belongs to."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, select

from app.adapters.store.kinds import KindReader
from app.adapters.store.names import NameReader
from app.adapters.store.records import EventReader
from app.adapters.store.statements import EVENT_COLUMNS, LAST_SEQ
from app.adapters.store.streams import StreamDirectory
from app.adapters.store.tables import event_table, stream_table

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from app.adapters.store.codec import PayloadReader
    from app.adapters.store.streams import Stream
    from app.domain.events import Event
    from app.domain.vocabulary import Upcasters

_AFTER: Final = (
    select(event_table.c.seq, event_table.c.stream, *EVENT_COLUMNS)
    .where(event_table.c.seq > bindparam("number"))
    .order_by(event_table.c.seq)
    .limit(bindparam("count"))
)
_STREAM_ID: Final = select(stream_table.c.id).where(stream_table.c.no == bindparam("no"))


class JournalReader:
    """Any thread may call; streams never change, so what was read of them once stays true."""

    def __init__(self, payloads: PayloadReader, upcasters: Upcasters) -> None:
        self._events = EventReader(NameReader(), KindReader(), payloads, upcasters)
        self._directory = StreamDirectory()
        self._streams: dict[int, Stream] = {}

    def read(self, connection: Connection, after: int, limit: int) -> tuple[tuple[int, Event], ...]:
        """(number, event) of the events stored after a number. Raises ``StoreUnusable`` at damage."""
        rows = connection.execute(_AFTER, {"number": after, "count": limit}).all()
        found: list[tuple[int, Event]] = []
        for number, group in groupby(rows, key=lambda row: row[1]):
            part = list(group)
            events = self._events.events(connection, self._stream(connection, number), (row[2:] for row in part))
            found += zip((int(row[0]) for row in part), events, strict=True)
        return tuple(found)

    def count(self, connection: Connection) -> int:
        return int(connection.execute(LAST_SEQ).scalar() or 0)

    def _stream(self, connection: Connection, number: int) -> Stream:
        found = self._streams.get(number)
        if found is None:
            stream_id: str = connection.execute(_STREAM_ID, {"no": number}).scalar_one()
            found = self._streams[number] = self._directory.stream(connection, stream_id)
        return found
