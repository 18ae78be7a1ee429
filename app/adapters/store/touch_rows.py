"""The touch index in the cache's file: for every field and member, the positions of the events that touched it.

Positions are kept as in Roaring bitmaps: one row for each 65,536 of them, in it two bytes a position.
"""

from __future__ import annotations

import operator
import sys
from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

TABLES: Final = """
CREATE TABLE line(no INTEGER PRIMARY KEY, owner TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE touch(line INTEGER NOT NULL, field TEXT NOT NULL, member TEXT NOT NULL, block INTEGER NOT NULL,
  offsets BLOB NOT NULL, PRIMARY KEY(line, field, member, block)) STRICT, WITHOUT ROWID;
"""

_BITS: Final = 16
_MASK: Final = (1 << _BITS) - 1
_LINE: Final = "SELECT no FROM line WHERE owner = ?"
_ADD: Final = (
    "INSERT INTO touch VALUES(?, ?, ?, ?, ?)"
    " ON CONFLICT DO UPDATE SET offsets = CAST(offsets || excluded.offsets AS BLOB)"
)
_OF_FIELD: Final = "SELECT block, offsets FROM touch WHERE line = ? AND field = ? AND block BETWEEN ? AND ?"
_OF_MEMBER: Final = _OF_FIELD + " AND member = ?"


def add(connection: Any, owner: str, touched: Mapping[tuple[str, str], Sequence[int]]) -> None:
    """Add positions, inside the caller's transaction; adding the same again changes nothing that is read."""
    connection.execute("INSERT OR IGNORE INTO line(owner) VALUES(?)", (owner,))
    (line,) = connection.execute(_LINE, (owner,)).fetchone()
    rows = []
    for (field, member), positions in touched.items():
        blocks: dict[int, list[int]] = {}
        for position in positions:
            blocks.setdefault(position >> _BITS, []).append(position & _MASK)
        rows += [(line, field, member, block, _packed(offsets)) for block, offsets in blocks.items()]
    connection.executemany(_ADD, rows)


def positions(connection: Any, owner: str, touch: tuple[str, str | None], first: int, last: int) -> array[int]:
    """Positions from ``first`` to ``last`` that touched (field, member), member None for any; rising."""
    row = connection.execute(_LINE, (owner,)).fetchone()
    if row is None or last < first:
        return array("q")
    field, member = touch
    where = (row[0], field, first >> _BITS, last >> _BITS)
    wanted = (_OF_FIELD, where) if member is None else (_OF_MEMBER, (*where, member))
    blocks: dict[int, list[array[int]]] = {}
    for block, packed in connection.execute(*wanted):
        blocks.setdefault(block, []).append(_unpacked(packed))
    found = array("q")
    for block, rows in sorted(blocks.items()):
        base = block << _BITS
        found.extend(map(base.__add__, _merged(rows)))
    return found[bisect_left(found, first) : bisect_left(found, last + 1)]


def _merged(rows: list[array[int]]) -> Iterable[int]:
    """The offsets of all rows, rising, each once."""
    if len(rows) == 1 and all(map(operator.lt, rows[0], rows[0][1:])):  # by far the most frequent
        return rows[0]
    return sorted(set[int]().union(*rows))


def _packed(offsets: Sequence[int]) -> bytes:
    packed = array("H", offsets)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def _unpacked(content: bytes) -> array[int]:
    offsets = array("H", content)
    if sys.byteorder == "big":
        offsets.byteswap()
    return offsets
