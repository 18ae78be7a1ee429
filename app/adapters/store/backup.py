"""Copies a store while it is in use, and trusts the copy only after it was verified."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from typing import TYPE_CHECKING

from app.adapters.store.driver import load_driver, read_engine
from app.adapters.store.failures import plain, told_plainly
from app.adapters.store.verify import verify_store
from app.domain.errors import BadInput, StoreUnusable

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

    from app.application.ports import Ids, Progress, Verified


def back_up(connection: Connection, target: Path, ids: Ids, progress: Progress) -> Verified:
    """Copy to a new file that appears under its name only when it is whole, verified and on disk."""
    if target.exists():
        raise BadInput(f"{target} exists already; a backup is only written to a new file")
    if not target.parent.is_dir():
        raise BadInput(f"the folder {target.parent} does not exist")
    partial = target.with_name(f".{target.name}.{ids.new()}.partial")
    try:
        with told_plainly(str(target)):
            _copy(connection, partial, target)
        verified = _verified(partial, progress)
        if not verified.ok:
            first = verified.problems[0].reason
            raise StoreUnusable(f"the copy is not sound, so no backup was made; run `branchline verify`: {first}")
        _to_disk(partial)
        if target.exists():
            raise BadInput(f"{target} exists already; a backup is only written to a new file")
        partial.rename(target)
        _to_disk(target.parent)
    finally:
        for left in (partial, *(partial.with_name(partial.name + end) for end in ("-wal", "-shm", "-journal"))):
            left.unlink(missing_ok=True)
    return verified


def _copy(connection: Connection, partial: Path, target: Path) -> None:
    """SQLite's own online copy: one consistent moment, whoever writes meanwhile."""
    driver = load_driver()
    source = connection.connection.driver_connection
    partial.touch()
    with closing(driver.connect(str(partial), isolation_level=None)) as copy:
        try:
            source.backup(copy)  # type: ignore[union-attr]  # the driver's connection, which SQLAlchemy leaves open
            copy.execute("PRAGMA journal_mode = DELETE")  # one file without companions, until it is opened
        except driver.Error as error:
            raise plain(error, str(target)) from error


def _verified(partial: Path, progress: Progress) -> Verified:
    engine = read_engine(load_driver(), partial, 0.0)
    try:
        with engine.connect() as connection:
            return verify_store(connection, progress, partial)
    finally:
        engine.dispose()


def _to_disk(path: Path) -> None:
    if path.is_dir() and sys.platform == "win32":
        return  # a folder cannot be opened there, and its entries are journalled
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
