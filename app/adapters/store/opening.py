"""Finds a store's file, makes it when asked, and refuses what is none."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from sqlalchemy import insert, select

from app.adapters.store import sqlite_schema
from app.adapters.store.driver import BUSY_TIMEOUT_S, load_driver, read_engine, write_engine
from app.adapters.store.failures import told_plainly
from app.adapters.store.recorder import store_digest
from app.adapters.store.tables import store_table
from app.adapters.store.upgrading import bring_up_to_date, copy_in, up_to_date_copy
from app.application.ports import no_progress
from app.domain.errors import StoreUnusable

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

    from sqlalchemy import Engine

    from app.application.ports import Ids, Progress

_UID = select(store_table.c.uid)


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A store's file that was found sound, with what reads and perhaps writes it.

    ``copy`` is the folder that is read from in place of a file of an older layout that may not be written.
    """

    path: Path
    uid: str
    reading: Engine
    writing: Engine | None
    copy: TemporaryDirectory[str] | None = None

    @property
    def read_path(self) -> Path:
        """The file that is read."""
        return self.path if self.copy is None else copy_in(self.copy)


def path_of(location: str | Path) -> Path:
    """The file that a path or a ``sqlite:///`` URL means. Raises ``StoreUnusable`` for other databases."""
    if isinstance(location, Path) or "://" not in location:
        return Path(location)
    if not location.startswith("sqlite:///"):
        scheme = urlsplit(location).scheme
        raise StoreUnusable(f"stores of the kind {scheme} are not supported yet: give a file or a sqlite:/// URL")
    return Path(unquote(location.removeprefix("sqlite:///")))


def open_file(
    path: Path,
    ids: Ids,
    *,
    create: bool,
    read_only: bool,
    busy_timeout_s: float = BUSY_TIMEOUT_S,
    progress: Progress = no_progress,
) -> OpenFile:
    """Open, or make, the file; one of an older layout is brought to the present one, or is read from such a copy.

    Raises ``StoreUnusable`` with one sentence when that cannot be done.
    """
    file = str(path)
    driver = load_driver()
    with told_plainly(file):
        _require_file(path, may_create=create and not read_only)
        reading = reading_engine(path, busy_timeout_s)
        writable = not read_only and _is_writable(path)
        writing = write_engine(driver, path, busy_timeout_s) if writable else None
        copy = None
        try:
            with reading.connect() as connection:
                if writing is not None and sqlite_schema.is_empty(connection):
                    _make(writing, ids)
                sqlite_schema.require_known(connection, file)
                is_old = sqlite_schema.layout_of(connection) < sqlite_schema.SCHEMA_VERSION
                if is_old and writing is None:
                    copy = up_to_date_copy(connection, file, progress)
            if is_old and writing is not None:
                bring_up_to_date(writing, file, progress)
            if copy is not None:
                reading.dispose()
                reading = reading_engine(copy_in(copy), busy_timeout_s)
            with reading.connect() as connection:
                uid: str = connection.execute(_UID).scalar_one()
        except BaseException:
            reading.dispose()
            if copy is not None:
                copy.cleanup()
            raise
    return OpenFile(path, uid, reading, writing, copy)


def reading_engine(path: Path, busy_timeout_s: float = BUSY_TIMEOUT_S) -> Engine:
    """What reads a store's file. Raises ``StoreUnusable``."""
    return read_engine(load_driver(), path, busy_timeout_s, immutable=_must_be_immutable(path))


def _require_file(path: Path, *, may_create: bool) -> None:
    if path.is_dir():
        raise StoreUnusable(f"{path} is a folder; a store is a file")
    if path.exists():
        if not may_create and path.stat().st_size == 0:
            raise StoreUnusable(f"{path} is an empty file, not a store")
        return
    if not may_create:
        raise StoreUnusable(f"there is no store at {path}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()


def _is_writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _must_be_immutable(path: Path) -> bool:
    """Whether SQLite cannot make the files that readers share, so that the file must be taken as it lies there."""
    if os.access(path.parent, os.W_OK):
        return False
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size and not path.with_name(path.name + "-shm").exists():
        raise StoreUnusable(
            f"the store {path} has changes in {log.name} that cannot be read because the folder is read-only: "
            "copy both files to a folder that you can write to"
        )
    return not log.exists()


def _make(engine: Engine, ids: Ids) -> None:
    with engine.connect() as connection, connection.begin():
        if sqlite_schema.is_empty(connection):  # another process may have been faster
            uid = ids.new()
            sqlite_schema.create(connection)
            row = {"one": 1, "uid": uid, "last_recorded": None, "digest": store_digest(uid, None)}
            connection.execute(insert(store_table), row)
