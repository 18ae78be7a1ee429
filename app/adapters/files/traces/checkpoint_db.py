"""The tables of a checkpoint database from anywhere: opened to read only, without its triggers, views or functions."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from app.adapters.files.drafting import shortened
from app.adapters.files.settled_copy import settled
from app.adapters.store.driver import load_driver
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SIGNATURE: Final = b"SQLite format 3\x00"
LARGEST_BLOB: Final = 64 * 1024**2
LARGEST_FILE: Final = 8 * 1024**3
_MOST_STEPS: Final = 20_000_000
"""Progress calls of 1,000 steps of SQLite's machine each; a file of gigabytes needs some thousands."""
_AT_ONCE: Final = 8
_PRAGMAS: Final = ("query_only = ON", "trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0")
_TABLES: Final = frozenset({"checkpoints", "writes"})
_ALLOWED_FUNCTIONS: Final = frozenset({"length"})
_CHECKPOINTS: Final = """
    SELECT thread_id, checkpoint_ns, checkpoint_id, parent_checkpoint_id, type,
           CASE WHEN length(checkpoint) <= ? THEN checkpoint END, metadata
    FROM checkpoints ORDER BY thread_id, checkpoint_ns, checkpoint_id
"""
_WRITES: Final = """
    SELECT checkpoint_id, channel, type, CASE WHEN length(value) <= ? THEN value END
    FROM writes WHERE thread_id = ? AND checkpoint_ns = '' AND channel IN ('__error__', '__interrupt__')
    ORDER BY checkpoint_id, task_id, idx
"""


class Row(NamedTuple):
    """A checkpoint as it is stored. ``blob`` is None for one that is too large, or none at all."""

    thread: str
    namespace: str
    id: str
    parent: str | None
    kind: str | None
    blob: bytes | None
    metadata: Any


class Database:
    """Reads a checkpoint database. Every method raises BadInput for one that is damaged."""

    def __init__(self, connection: Any, errors: type[Exception]) -> None:
        self._connection, self._errors = connection, errors

    def rows(self) -> Iterator[Row]:
        """Checkpoints by thread, in the order in which they were made."""
        for row in self._select(_CHECKPOINTS, (LARGEST_BLOB,)):
            thread, namespace, own, parent, kind, blob, metadata = row
            yield Row(str(thread), str(namespace or ""), str(own), str(parent) if parent else None,
                      kind if isinstance(kind, str) else None, blob if isinstance(blob, bytes) else None,
                      metadata)  # fmt: skip

    def interruptions(self, thread: str) -> Iterator[tuple[str, str, str | None, bytes]]:
        """(checkpoint, channel, kind, blob) of tasks that failed or wait for somebody."""
        for own, channel, kind, blob in self._select(_WRITES, (LARGEST_BLOB, thread)):
            yield (
                str(own),
                str(channel),
                kind if isinstance(kind, str) else None,
                blob if isinstance(blob, bytes) else b"",
            )

    def is_table(self, name: str) -> bool:
        found = self._select("SELECT type FROM sqlite_master WHERE name = ?", (name,))
        return any(kind == "table" for (kind,) in found)

    def _select(self, query: str, values: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
        try:
            cursor = self._connection.execute(query, values)
            while rows := cursor.fetchmany(_AT_ONCE):
                yield from rows
        except self._errors as error:
            raise BadInput(f"the database cannot be read: {_told(error)}") from None
        except (UnicodeDecodeError, OverflowError):
            raise BadInput("the database holds text that is no UTF-8") from None


@contextmanager
def opened(path: Path) -> Iterator[Database]:
    """The database of a file; what its write-ahead log holds is read too. Raises BadInput."""
    if path.stat().st_size > LARGEST_FILE:
        raise BadInput(f"the database is larger than {LARGEST_FILE // 1024**3} GiB")
    with settled(path, LARGEST_FILE) as file, _connected(file, "mode=ro&immutable=1") as database:
        yield database


@contextmanager
def _connected(path: Path, how: str) -> Iterator[Database]:
    driver = load_driver()
    errors = driver.Error
    try:
        connection = driver.connect(f"{path.absolute().as_uri()}?{how}", uri=True)
    except errors as error:
        raise BadInput(f"the database cannot be opened: {_told(error)}") from None
    try:
        try:
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
        except errors as error:
            raise BadInput(f"the database cannot be read: {_told(error)}") from None
        connection.set_authorizer(_authorize)
        budget = _Budget()
        connection.set_progress_handler(budget.spend, 1_000)
        database = Database(connection, errors)
        if not database.is_table("checkpoints"):
            raise BadInput("the database has no table of checkpoints")
        yield database
    finally:
        connection.close()


def _told(error: Exception) -> str:
    """SQLite's words on one line; they may quote the file."""
    return shortened(str(error), 200)


class _Budget:
    """Ends a query that a crafted file keeps from ending."""

    def __init__(self) -> None:
        self._left = _MOST_STEPS

    def spend(self) -> int:
        self._left -= 1
        return int(self._left < 0)


def _authorize(action: int, first: str | None, second: str | None, _database: str | None, through: str | None) -> int:
    """Only reading the two tables, and nothing that a view or trigger of the file would do."""
    if through is not None:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_SELECT:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_READ and (first in _TABLES or first in ("sqlite_master", "sqlite_schema")):
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_FUNCTION and second in _ALLOWED_FUNCTIONS:
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY
