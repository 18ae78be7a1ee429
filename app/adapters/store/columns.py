"""A branch as plain columns, read from an index that covers them."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final

from app.adapters.store.hot_path import run
from app.application.ports import EventColumns
from app.domain.vocabulary import lane_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from app.adapters.store.kinds import KindReader
    from app.adapters.store.statements import ReadStatements
    from app.adapters.store.streams import Stream, StreamDirectory

_AT_ONCE: Final = 16_384


class _Drawn(dict[int, tuple[int, int]]):
    """Kind as stored -> (lane, index into the type names), learned while reading."""

    def __init__(self, connection: Connection, kinds: KindReader) -> None:
        super().__init__()
        self._connection = connection
        self._kinds = kinds
        self.type_names: dict[str, int] = {}  # in order of first appearance

    def __missing__(self, number: int) -> tuple[int, int]:
        kind = self._kinds.kind(self._connection, number)
        lane = lane_of(kind.type, kind.actor)
        found = self[number] = (int(lane), self.type_names.setdefault(kind.type, len(self.type_names)))
        return found


class ColumnReader:
    """Reads lanes, types and times of a whole branch: one range of the index for each owner."""

    def __init__(self, sql: ReadStatements, streams: StreamDirectory, kinds: KindReader) -> None:
        self._sql = sql
        self._streams = streams
        self._kinds = kinds

    def read(self, connection: Connection, stream: Stream, begin: int, end: int) -> EventColumns:
        lanes, types, times = array("B"), array("H"), array("q")
        known = _Drawn(connection, self._kinds)
        for owner, first, last in self._streams.parts(connection, stream, begin, end):
            for start in range(first, last + 1, _AT_ONCE):
                stop = min(start + _AT_ONCE - 1, last)
                kinds, moments = run(connection, self._sql.columns, (owner.epoch, owner.no, start, stop)).fetchone()
                if kinds is None:
                    continue
                drawn = [known[kind] for kind in map(int, kinds.split(","))]
                lanes.extend([lane for lane, _ in drawn])
                types.extend([index for _, index in drawn])
                times.extend(map(int, moments.split(",")))
        return EventColumns(lanes, types, times, tuple(known.type_names))
