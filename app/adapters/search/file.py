"""The file of the search index: may be deleted at any time, and begins anew when it is damaged or of another make."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app.adapters.search.block import Damaged
from app.adapters.store.driver import BUSY_TIMEOUT_S, load_driver
from app.application.ports import SearchIndexLost
from app.domain.errors import StoreUnusable

if TYPE_CHECKING:
    from collections.abc import Iterator

LAYOUT: Final = 3
MEMORY: Final = ":memory:"
_TABLES: Final = """
CREATE TABLE about(layout TEXT NOT NULL, number INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;
CREATE TABLE session(no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE branch(no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, session INTEGER NOT NULL) STRICT;
CREATE TABLE name(no INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE block(no INTEGER PRIMARY KEY, is_full INTEGER NOT NULL, session INTEGER NOT NULL,
  position INTEGER NOT NULL, first_time INTEGER NOT NULL, last_time INTEGER NOT NULL) STRICT;
CREATE TABLE envelopes(no INTEGER PRIMARY KEY, content BLOB NOT NULL) STRICT;
CREATE TABLE dictionary(no INTEGER PRIMARY KEY, content BLOB NOT NULL) STRICT;
CREATE TABLE texts(no INTEGER PRIMARY KEY, dictionary INTEGER NOT NULL, content BLOB NOT NULL) STRICT;
CREATE TABLE postings(place INTEGER PRIMARY KEY, content BLOB NOT NULL) STRICT;
"""


class IndexFile:
    """One connection, used by one thread at a time; in memory where the file cannot be."""

    def __init__(self, file: str, layout: str) -> None:
        self._layout = layout
        self._file = file
        self._driver = load_driver()
        self._lock = threading.RLock()
        self._connection = self._open()

    @contextmanager
    def reading(self) -> Iterator[Any]:
        """The connection. Raises ``SearchIndexLost`` after the index had to be begun anew."""
        with self._lock:
            try:
                yield self._connection
            except (self._driver.Error, Damaged) as error:
                if "locked" in str(error):
                    raise StoreUnusable("the search index is in use by another program; try again") from error
                self._connection = self._fresh()
                raise SearchIndexLost from error

    @contextmanager
    def writing(self) -> Iterator[Any]:
        """The same inside a transaction."""
        with self.reading() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def forget(self) -> None:
        with self._lock:
            self._connection = self._fresh()

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def _open(self) -> Any:
        connection = self._connect(self._file)
        try:
            layouts = connection.execute("SELECT layout FROM about").fetchall()
            if layouts == [(self._layout,)]:
                return connection
        except self._driver.Error:
            pass  # new, damaged, or of another make: all the same
        self._connection = connection
        return self._fresh()

    def _fresh(self) -> Any:
        self._connection.close()
        try:
            if self._file != MEMORY:
                for end in ("", "-wal", "-shm", "-journal"):
                    Path(self._file + end).unlink(missing_ok=True)
            return self._made(self._file)
        except (OSError, self._driver.Error):
            self._file = MEMORY
            return self._made(MEMORY)

    def _made(self, file: str) -> Any:
        connection = self._connect(file)
        try:
            connection.execute("BEGIN IMMEDIATE")
            if not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
                for statement in filter(str.strip, _TABLES.split(";")):
                    connection.execute(statement)
                connection.execute("INSERT INTO about VALUES(?, 0, '')", (self._layout,))
            connection.execute("COMMIT")
        except self._driver.Error:
            connection.close()
            raise
        return connection

    def _connect(self, file: str) -> Any:
        options = {"isolation_level": None, "check_same_thread": False, "timeout": BUSY_TIMEOUT_S}
        try:
            connection = self._driver.connect(file, **options)
        except self._driver.Error:
            connection = self._driver.connect(MEMORY, **options)
        try:
            for pragma in ("page_size = 16384", "journal_mode = WAL", "synchronous = OFF", "cache_size = -16384"):
                connection.execute(f"PRAGMA {pragma}")
        except self._driver.Error:
            pass  # a damaged file says so again when it is first read
        return connection
