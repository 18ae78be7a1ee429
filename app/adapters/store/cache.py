"""Checkpoints and the index of growing lists, in a file beside the store that may be deleted at any time."""

from __future__ import annotations

import os
import threading
from array import array
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import msgspec
import zstandard

from app.adapters.store import touch_rows
from app.adapters.store.checkpoint_form import CheckpointForm
from app.adapters.store.driver import load_driver
from app.adapters.store.opening import path_of
from app.application.ports import ItemRow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.application.ports import DerivedCache, IndexBatch
    from app.domain.branches import Segment
    from app.domain.fold.bounded import Checkpoint

T = TypeVar("T")

_LAYOUT: Final = 5
_MEMORY: Final = ":memory:"
_TABLES: Final = (
    """
CREATE TABLE about(layout INTEGER NOT NULL, fold_version INTEGER NOT NULL) STRICT;
CREATE TABLE indexed(owner TEXT PRIMARY KEY, last INTEGER NOT NULL, anchor TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE checkpoint(owner TEXT NOT NULL, position INTEGER NOT NULL, state BLOB NOT NULL,
  PRIMARY KEY(owner, position)) STRICT, WITHOUT ROWID;
CREATE TABLE item(owner TEXT NOT NULL, list TEXT NOT NULL, ord INTEGER NOT NULL, position INTEGER NOT NULL,
  key TEXT NOT NULL, PRIMARY KEY(owner, list, ord, position)) STRICT, WITHOUT ROWID;
CREATE TABLE packed_columns(owner TEXT PRIMARY KEY, last INTEGER NOT NULL, content BLOB NOT NULL) STRICT;
CREATE INDEX item_key ON item(owner, list, key, position);
"""
    + touch_rows.TABLES
)


_PARTS_AT_ONCE: Final = 250
_ROWS: Final = (
    "WITH part(owner, first, last) AS (VALUES %s)"
    " SELECT item.list, item.ord, item.position, item.key FROM part CROSS JOIN item ON item.owner = part.owner"
    " AND item.list = ? AND item.ord BETWEEN ? AND ? AND item.position BETWEEN part.first AND part.last"
    " ORDER BY item.ord, item.position"
)

# Ords rise with the positions of births. The index is named because the order asked for tempts into reading the list.
_NEWEST_BIRTH: Final = (
    "SELECT list, ord, position, key FROM item INDEXED BY item_key WHERE owner = ? AND list = ? AND key = ?"
    " AND position <= ? ORDER BY ord DESC, position LIMIT 1"
)

# One text of numbers: a row for each item takes many times as long to bring into Python.
_BIRTHS: Final = (
    "SELECT group_concat(born) FROM (SELECT min(position) AS born FROM item WHERE owner = ? AND list = ? AND ord > ?"
    " AND position BETWEEN ? AND ? GROUP BY ord ORDER BY ord)"
)


def open_cache(store_location: str | Path, fold_version: int, path: Path | None = None) -> DerivedCache:
    """The cache of a store; in memory where its folder cannot be written."""
    store = path_of(store_location)
    where = path or store.with_name(store.name + ".cache")
    usable = where.parent.is_dir() and os.access(where.parent, os.W_OK)
    return SqlDerivedCache(str(where) if usable else _MEMORY, fold_version)


def memory_cache(fold_version: int) -> DerivedCache:
    """A cache that is gone when it is closed."""
    return SqlDerivedCache(_MEMORY, fold_version)


class SqlDerivedCache:
    """The cache of one store for one fold version; a file that cannot be used is replaced by an empty one."""

    def __init__(self, file: str, fold_version: int) -> None:
        self._file = file
        self._fold_version = fold_version
        self._driver = load_driver()
        self._lock = threading.Lock()
        self._pack = zstandard.ZstdCompressor(level=1).compress
        self._form = CheckpointForm()
        self._unpack = zstandard.ZstdDecompressor().decompress
        self._connection = self._open()

    def indexed_to(self, owner: str) -> int:
        row = self._one("SELECT last FROM indexed WHERE owner = ?", (owner,))
        return int(row[0]) if row else 0

    def anchor(self, owner: str) -> str | None:
        row = self._one("SELECT anchor FROM indexed WHERE owner = ?", (owner,))
        return str(row[0]) if row else None

    def put(self, owner: str, batch: IndexBatch, anchor: str) -> None:
        states = [(owner, position, self._packed(state)) for position, state in batch.checkpoints]
        items = [(owner, row.list, row.ord, row.position, row.key) for row in batch.rows]

        def change(connection: Any) -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT OR REPLACE INTO checkpoint VALUES(?, ?, ?)", states)
            connection.executemany("INSERT OR REPLACE INTO item VALUES(?, ?, ?, ?, ?)", items)
            touch_rows.add(connection, owner, batch.touched)
            connection.execute("INSERT OR REPLACE INTO indexed VALUES(?, ?, ?)", (owner, batch.last, anchor))
            connection.execute("COMMIT")

        self._run(change, None)

    def checkpoint(self, owner: str, at_most: int) -> tuple[int, Checkpoint] | None:
        row = self._one(
            "SELECT position, state FROM checkpoint WHERE owner = ? AND position <= ? ORDER BY position DESC LIMIT 1",
            (owner, at_most),
        )
        if row is None:
            return None
        try:
            with self._lock:
                packed = self._unpack(row[1])
            return int(row[0]), self._form.unpacked(packed)
        except (zstandard.ZstdError, msgspec.DecodeError):
            self.forget()
            return None

    def rows(self, parts: Sequence[Segment], list_name: str, first: int, last: int) -> Sequence[ItemRow]:
        found: list[tuple[Any, ...]] = []
        for start in range(0, len(parts), _PARTS_AT_ONCE):
            some = parts[start : start + _PARTS_AT_ONCE]
            values = tuple(value for part in some for value in (part.owner, part.first, part.last))
            found += self._all(_ROWS % ",".join(["(?, ?, ?)"] * len(some)), (*values, list_name, first, last))
        if len(parts) > 1:
            found.sort(key=itemgetter(1, 2))
        return tuple(ItemRow(*row) for row in found)

    def births(self, parts: Sequence[Segment], list_name: str) -> array[int]:
        born = array("q")
        for part in parts:
            where = (part.owner, list_name, len(born), part.first, part.last)
            (text,) = self._one(_BIRTHS, where) or (None,)
            born.extend(map(int, text.split(",")) if text else ())
        return born

    def columns(self, owner: str) -> tuple[int, bytes] | None:
        row = self._one("SELECT last, content FROM packed_columns WHERE owner = ?", (owner,))
        try:
            with self._lock:
                return None if row is None else (int(row[0]), self._unpack(row[1]))
        except zstandard.ZstdError:
            self.forget()
            return None

    def put_columns(self, owner: str, last: int, content: bytes) -> None:
        with self._lock:
            packed = self._pack(content)
        row = (owner, last, packed)
        self._run(
            lambda connection: connection.execute("INSERT OR REPLACE INTO packed_columns VALUES(?, ?, ?)", row), None
        )

    def find(self, owner: str, list_name: str, key: str, at_most: int) -> ItemRow | None:
        born = self._all(_NEWEST_BIRTH, (owner, list_name, key, at_most))
        return ItemRow(*born[0]) if born else None

    def touched(self, owner: str, field: str, member: str | None, first: int, last: int) -> array[int]:
        return self._run(
            lambda connection: touch_rows.positions(connection, owner, (field, member), first, last), array("q")
        )

    def forget(self) -> None:
        with self._lock:
            self._connection = self._fresh()

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def _packed(self, checkpoint: Checkpoint) -> bytes:
        with self._lock:
            return self._pack(self._form.packed(checkpoint))

    def _one(self, sql: str, parameters: tuple[Any, ...]) -> tuple[Any, ...] | None:
        rows = self._all(sql, parameters)
        return rows[0] if rows else None

    def _all(self, sql: str, parameters: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        return self._run(lambda connection: connection.execute(sql, parameters).fetchall(), [])

    def _run(self, use: Callable[[Any], T], nothing: T) -> T:
        """Use the file; when it is damaged or busy, the answer is nothing, and a damaged one is begun anew."""
        with self._lock:
            try:
                return use(self._connection)
            except self._driver.Error as error:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                if "locked" not in str(error):
                    self._connection = self._fresh()
                return nothing

    def _open(self) -> Any:
        connection = self._connect(self._file)
        try:
            about = connection.execute("SELECT layout, fold_version FROM about").fetchall()
            if about == [(_LAYOUT, self._fold_version)]:
                return connection
        except self._driver.Error:
            pass  # new, damaged, or of another make: all the same
        self._connection = connection
        return self._fresh()

    def _fresh(self) -> Any:
        """An empty cache in place of the file; in memory when even that cannot be."""
        self._connection.close()
        try:
            if self._file != _MEMORY:
                for end in ("", "-wal", "-shm", "-journal"):
                    Path(self._file + end).unlink(missing_ok=True)
            return self._made(self._file)
        except (OSError, self._driver.Error):
            self._file = _MEMORY
            return self._made(_MEMORY)

    def _made(self, file: str) -> Any:
        connection = self._connect(file)
        try:
            connection.executescript(_TABLES)
            connection.execute("INSERT INTO about VALUES(?, ?)", (_LAYOUT, self._fold_version))
        except self._driver.Error:
            connection.close()
            raise
        return connection

    def _connect(self, file: str) -> Any:
        try:
            connection = self._driver.connect(file, isolation_level=None, check_same_thread=False, timeout=1.0)
        except self._driver.Error:
            connection = self._driver.connect(_MEMORY, isolation_level=None, check_same_thread=False)
        try:
            for pragma in ("journal_mode = WAL", "synchronous = OFF", "cache_size = -16384"):
                connection.execute(f"PRAGMA {pragma}")
        except self._driver.Error:
            pass  # a damaged file says so again when it is first read
        return connection
