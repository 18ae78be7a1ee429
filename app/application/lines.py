"""Branches as plain columns; those of long lines are kept packed, for reading them from the log takes seconds."""

from __future__ import annotations

import json
from array import array
from sys import byteorder
from typing import TYPE_CHECKING, Final
from zlib import crc32

from app.application.ports import EventColumns
from app.domain.vocabulary import EVENT_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.application.ports import DerivedCache, EventStore
    from app.domain.branches import Segment

WORTH_KEEPING: Final = 16_384
"""Events beyond those kept that make it worth keeping an owner's columns again."""

_LANES: Final = crc32(repr(sorted((one.name, one.lane) for one in EVENT_TYPES.values())).encode())
"""Kept columns hold lanes: with other lanes for a type they would be wrong."""


class Lines:
    """Columns of branches, part by part along their lines. Any thread may call."""

    def __init__(self, store: EventStore, cache: DerivedCache, worth_keeping: int = WORTH_KEEPING) -> None:
        self._store, self._cache, self._worth_keeping = store, cache, worth_keeping

    def columns(self, branch: str) -> EventColumns:
        return _joined(self._part(branch, part) for part in self._store.lineage(branch))

    def _part(self, branch: str, part: Segment) -> EventColumns:
        begin = self._store.branch(part.owner).fork_position + 1
        kept = self._kept(part, begin) if part.last - part.first >= self._worth_keeping else None
        if kept is None:
            kept = EventColumns(array("B"), array("H"), array("q"), ())
        fresh = part.first + len(kept)
        if fresh > part.last:
            return kept
        whole = _joined((kept, self._store.columns(branch, fresh, part.last)))
        if part.first == begin and part.last - fresh >= self._worth_keeping:
            self._cache.put_columns(part.owner, part.last, _packed(whole, self._store.hash_at(part.owner, part.last)))
        return whole

    def _kept(self, part: Segment, begin: int) -> EventColumns | None:
        """What is kept of a part that begins where its owner does; None when it is damaged or of another history."""
        found = self._cache.columns(part.owner)
        if found is None or part.first != begin:
            return None
        last, content = found
        head = self._store.branch(part.owner).head
        try:
            columns, anchor = _unpacked(content)
        except (ValueError, KeyError, TypeError):
            return None
        if last > head or len(columns) != last - begin + 1 or self._store.hash_at(part.owner, last) != anchor:
            return None
        count = part.last - begin + 1
        return EventColumns(columns.lanes[:count], columns.types[:count], columns.times[:count], columns.type_names)


def _joined(parts: Iterable[EventColumns]) -> EventColumns:
    lanes, types, times = array("B"), array("H"), array("q")
    names: dict[str, int] = {}
    for part in parts:
        if not names:  # the first part, most often the only one, is taken as it is
            names = {name: number for number, name in enumerate(part.type_names)}
            types.extend(part.types)
        else:
            number = [names.setdefault(name, len(names)) for name in part.type_names]
            types.extend([number[one] for one in part.types])
        lanes.extend(part.lanes)
        times.extend(part.times)
    return EventColumns(lanes, types, times, tuple(names))


def _packed(columns: EventColumns, anchor: str) -> bytes:
    """A line of JSON, then the columns one after the other as they lie in memory."""
    head: dict[str, object] = {
        "lanes": _LANES,
        "order": byteorder,
        "events": len(columns),
        "names": columns.type_names,
        "anchor": anchor,
    }
    parts = (columns.lanes, columns.types, columns.times)
    return b"".join((json.dumps(head).encode(), b"\n", *(part.tobytes() for part in parts)))


def _unpacked(content: bytes) -> tuple[EventColumns, str]:
    """Raises ValueError, KeyError or TypeError for anything else than ``_packed`` wrote on such a machine."""
    line, _, rest = content.partition(b"\n")
    head = json.loads(line)
    events: int = head["events"]
    if (head["order"], head["lanes"]) != (byteorder, _LANES) or len(rest) != events * 11:
        raise ValueError("columns of another machine or vocabulary")
    lanes, types, times = array("B"), array("H"), array("q")
    lanes.frombytes(rest[:events])
    types.frombytes(rest[events : events * 3])
    times.frombytes(rest[events * 3 :])
    return EventColumns(lanes, types, times, tuple(head["names"])), str(head["anchor"])
