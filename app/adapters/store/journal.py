"""The whole log in the order in which it was stored, whatever session an event belongs to."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

import msgspec
from sqlalchemy import bindparam, select

from app.adapters.store.failures import Unreadable
from app.adapters.store.hot_path import run_all
from app.adapters.store.kinds import KindReader
from app.adapters.store.names import NameReader
from app.adapters.store.records import EventReader, damaged
from app.adapters.store.statements import EVENT_COLUMNS, LAST_SEQ
from app.adapters.store.streams import StreamDirectory
from app.adapters.store.tables import event_table, stream_table
from app.application.ports import Brief

if TYPE_CHECKING:
    from collections.abc import Sequence

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
_event = event_table.c
_BRIEF: Final = (
    select(
        _event.seq, _event.stream, _event.position, _event.kind, _event.subject, _event.time, _event.encoding,
        _event.data, _event.hash,
    )
    .where(_event.seq > bindparam("after"), _event.seq <= bindparam("last"))  # numbers leave nothing out
    .order_by(_event.seq)
)  # fmt: skip
_STREAM_ID: Final = select(stream_table.c.id).where(stream_table.c.no == bindparam("no"))


class JournalReader:
    """Any thread may call; streams never change, so what was read of them once stays true."""

    def __init__(self, payloads: PayloadReader, upcasters: Upcasters) -> None:
        self._names, self._kinds, self._payloads, self._upcasters = NameReader(), KindReader(), payloads, upcasters
        self._events = EventReader(self._names, self._kinds, payloads, upcasters)
        self._sql = ""
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

    def brief(self, connection: Connection, after: int, limit: int) -> tuple[Brief, ...]:
        """What searching looks at of the events stored after a number. Raises ``StoreUnusable`` at damage."""
        self._sql = self._sql or str(_BRIEF.compile(dialect=connection.dialect))
        rows = run_all(connection, self._sql, (after, after + limit))
        return tuple(self._brief(connection, self._stream(connection, row[1]), row) for row in rows)

    def _brief(self, connection: Connection, stream: Stream, row: Sequence[Any]) -> Brief:
        number, _, position, kind_no, subject, time, encoding, stored, event_hash = row
        try:
            event_type, version, actor, classification = self._kinds.kind(connection, kind_no)
            data = {} if stored is None else _decode(self._payloads.payload(connection, encoding, stored))
            named = None if subject is None else self._names.text(connection, subject)
        except (Unreadable, msgspec.DecodeError) as error:
            raise damaged(position, stream) from error
        if self._upcasters:
            _, data = self._upcasters.lift(event_type, version, data)
        return Brief(
            number, stream.session, stream.id, position, event_type, actor, named, classification,
            None if time is None else time + stream.epoch, event_hash.hex(), data,
        )  # fmt: skip

    def count(self, connection: Connection) -> int:
        return int(connection.execute(LAST_SEQ).scalar() or 0)

    def _stream(self, connection: Connection, number: int) -> Stream:
        found = self._streams.get(number)
        if found is None:
            stream_id: str = connection.execute(_STREAM_ID, {"no": number}).scalar_one()
            found = self._streams[number] = self._directory.stream(connection, stream_id)
        return found


_decode: Final[Any] = msgspec.json.Decoder(dict[str, Any]).decode
