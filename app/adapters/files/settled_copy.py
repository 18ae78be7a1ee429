"""A database with what its write-ahead log holds: both are copied and put together, the user's files are left alone.

While another program has an SQLite database open, its newest rows lie in a file beside it (``-wal``). Reading them in
place would write beside the user's file; and a log that is emptied while it is copied would leave a mixture.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.adapters.store.driver import load_driver
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_COPY: Final = 2 * 1024**3
"""Bytes of a database and its log together beyond which they are not copied."""
_TRIES: Final = 3


def has_log(path: Path) -> bool:
    """Whether there may be rows that are not in the file yet."""
    log = _log_of(path)
    return log.is_file() and log.stat().st_size > 0


def is_copied(path: Path, largest: int | None = None) -> bool:
    """Whether what the log holds will be read; ``largest`` in bytes, else ``LARGEST_COPY``."""
    limit = LARGEST_COPY if largest is None else largest
    return has_log(path) and path.stat().st_size + _log_of(path).stat().st_size <= limit


@contextmanager
def settled(path: Path, largest: int | None = None) -> Iterator[Path]:
    """The file itself where no log lies beside it, or both are too large; else a copy that holds all rows.

    Raises BadInput when the database changes faster than it is copied, or is damaged; OSError.
    """
    if not is_copied(path, largest):
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="branchline-") as folder:
        copy = Path(folder, "copy")
        _copy(path, copy)
        _put_together(copy)
        yield copy


def _copy(path: Path, copy: Path) -> None:
    for _ in range(_TRIES):
        before = _stamps(path)
        shutil.copyfile(path, copy)
        shutil.copyfile(_log_of(path), _log_of(copy))
        if _stamps(path) == before:
            return
    raise BadInput("the database is being written to; close the program that has it open and import it again")


def _put_together(copy: Path) -> None:
    driver = load_driver()
    try:
        with closing(driver.connect(str(copy), timeout=1)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.execute("PRAGMA journal_mode = DELETE")
    except driver.Error as error:
        raise BadInput(f"the database and its log (-wal) do not fit together: {error}") from None


def _stamps(path: Path) -> tuple[tuple[int, int], ...]:
    try:
        found = [one.stat() for one in (path, _log_of(path))]
    except FileNotFoundError:  # the other program has just closed it
        return ()
    return tuple((one.st_size, one.st_mtime_ns) for one in found)


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")
