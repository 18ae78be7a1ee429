"""Which SQLite is used, whether it is sound, and how its connections are set up."""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import create_engine, event
from sqlalchemy.pool import NullPool, QueuePool

from app.adapters.store.hot_path import begin
from app.domain.errors import StoreUnusable

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from sqlalchemy import Engine

BUSY_TIMEOUT_S: Final = 5.0

# The WAL-reset bug loses committed transactions when two connections write and checkpoint at the same moment.
_SOUND_FROM: Final = (3, 51, 3)
_BACKPORTS: Final = {(3, 50): 7, (3, 44): 6}

_WRITER_PRAGMAS: Final = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "recursive_triggers = ON",  # so that INSERT OR REPLACE fires the delete triggers too
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "cache_size = -65536",
    "journal_size_limit = 67108864",
)
_READER_PRAGMAS: Final = ("query_only = ON", "trusted_schema = OFF", "cell_size_check = ON", "cache_size = -16384")
# On macOS a plain fsync leaves the data in the drive's own cache.
_MACOS_PRAGMAS: Final = ("fullfsync = ON", "checkpoint_fullfsync = ON")


def is_sound(version: tuple[int, ...]) -> bool:
    """Whether an SQLite of this version is free of the WAL-reset bug."""
    patch = _BACKPORTS.get((version[0], version[1]))
    return version >= _SOUND_FROM or (patch is not None and version[2] >= patch)


def load_driver() -> ModuleType:
    """The Python driver with a sound SQLite inside. Raises ``StoreUnusable`` when there is none."""
    try:
        driver = importlib.import_module("sqlcipher3.dbapi2")
    except ImportError:
        driver = importlib.import_module("sqlite3")
    require_sound(driver.sqlite_version_info)
    return driver


def require_sound(version: tuple[int, ...]) -> None:
    if not is_sound(version):
        raise StoreUnusable(
            f"SQLite {'.'.join(map(str, version))} can lose committed data (the WAL-reset bug): "
            "install the package sqlcipher3, or a Python with SQLite 3.51.3 or newer"
        )


def write_engine(driver: ModuleType, path: Path, busy_timeout_s: float) -> Engine:
    """An engine whose transactions take the write lock when they begin, so that they never fail half way."""

    def connect() -> Any:
        connection = _connect(driver, f"{path.absolute().as_uri()}?mode=rw", busy_timeout_s)
        _set(connection, (*_WRITER_PRAGMAS, *(_MACOS_PRAGMAS if sys.platform == "darwin" else ())))
        return connection

    engine = create_engine("sqlite://", module=driver, creator=connect, poolclass=NullPool)
    event.listen(engine, "begin", begin)
    return engine


def read_engine(driver: ModuleType, path: Path, busy_timeout_s: float, *, immutable: bool = False) -> Engine:
    """An engine of read-only connections, as many as there are threads that read at the same time.

    ``immutable`` is for a file in a folder where SQLite cannot make the files that it shares with writers.
    """
    mode = "immutable=1" if immutable else "mode=ro"

    def connect() -> Any:
        connection = _connect(driver, f"{path.absolute().as_uri()}?{mode}", busy_timeout_s)
        _set(connection, _READER_PRAGMAS)
        return connection

    return create_engine(
        "sqlite://",
        module=driver,
        creator=connect,
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=-1,
        pool_use_lifo=True,
        skip_autocommit_rollback=True,
        isolation_level="AUTOCOMMIT",  # each statement is its own short read transaction
    )


def _connect(driver: ModuleType, uri: str, busy_timeout_s: float) -> Any:
    return driver.connect(uri, uri=True, timeout=busy_timeout_s, isolation_level=None, check_same_thread=False)


def _set(connection: Any, pragmas: tuple[str, ...]) -> None:
    try:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
