"""A branch as plain columns, read from an index that covers them."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final

from app.adapters.store.failures import Unreadable
from app.adapters.store.hot_path import run
from app.adapters.store.records import ACTORS
from app.adapters.store.statements import ACTOR_BITS
from app.application.ports import EventColumns
from app.domain.vocabulary import lane_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from app.adapters.store.names import NameReader
    from app.adapters.store.statements import ReadStatements
    from app.adapters.store.streams import Stream, StreamDirectory

_AT_ONCE: Final = 16_384


class _Kinds(dict[int, tuple[int, int]]):
    """(type, actor) as stored -> (lane, index into the type names), learned while reading."""

    def __init__(self, connection: Connection, names: NameReader) -> None:
        super().__init__()
        self._connection = connection
        self._names = names
        self.type_names: dict[str, int] = {}  # in order of first appearance

    def __missing__(self, kind: int) -> tuple[int, int]:
        name = self._names.text(self._connection, kind >> ACTOR_BITS)
        actor = kind & (1 << ACTOR_BITS) - 1
        if actor >= len(ACTORS):
            raise Unreadable(f"actor {actor} is unknown")
        lane = lane_of(name, ACTORS[actor])
        found = self[kind] = (int(lane), self.type_names.setdefault(name, len(self.type_names)))
        return found


class ColumnReader:
    """Reads lanes, types and times of a whole branch: one range of the index for each owner."""

    def __init__(self, sql: ReadStatements, streams: StreamDirectory, names: NameReader) -> None:
        self._sql = sql
        self._streams = streams
        self._names = names

    def read(self, connection: Connection, stream: Stream, begin: int, end: int) -> EventColumns:
        lanes, types, times = array("B"), array("H"), array("q")
        known = _Kinds(connection, self._names)
        for owner, first, last in self._streams.parts(connection, stream, begin, end):
            for start in range(first, last + 1, _AT_ONCE):
                stop = min(start + _AT_ONCE - 1, last)
                kinds, moments = run(connection, self._sql.columns, (owner.no, start, stop)).fetchone()
                if kinds is None:
                    continue
                drawn = [known[kind] for kind in map(int, kinds.split(","))]
                lanes.extend([lane for lane, _ in drawn])
                types.extend([index for _, index in drawn])
                times.extend(map(int, moments.split(",")))
        return EventColumns(lanes, types, times, tuple(known.type_names))
