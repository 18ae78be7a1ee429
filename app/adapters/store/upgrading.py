"""Opens stores of older layouts: they are brought to the present one, or a copy of them is."""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import DBAPIError, IntegrityError

from app.adapters.store.driver import load_driver, write_engine
from app.adapters.store.failures import Unreadable, is_damage
from app.adapters.store.hot_path import in_transaction, run
from app.adapters.store.migrations import migrate
from app.adapters.store.sqlite_schema import SCHEMA_VERSION, layout_of
from app.domain.errors import StoreUnusable

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from app.application.ports import Progress

_WAIT_S: Final = 5.0


def bring_up_to_date(writing: Engine, file: str, progress: Progress) -> None:
    """Change the layout of a store in one transaction; a failure leaves it as it was. Raises ``StoreUnusable``."""
    with writing.connect() as connection:
        try:
            in_transaction(connection, lambda connection: _migrate_old(connection, progress))
        except (Unreadable, IntegrityError) as error:
            raise _damaged(file) from error
        except DBAPIError as error:
            if is_damage(error):
                raise _damaged(file) from error
            raise
        with suppress(DBAPIError):  # somebody reads, or the disk is full: the room is then used by what comes next
            run(connection, "VACUUM")
            run(connection, "PRAGMA wal_checkpoint(TRUNCATE)")


def _migrate_old(connection: Connection, progress: Progress) -> None:
    version = layout_of(connection)  # once more: another process may have been faster
    if version < SCHEMA_VERSION:
        migrate(connection, version, progress)


def up_to_date_copy(connection: Connection, file: str, progress: Progress) -> TemporaryDirectory[str]:
    """A folder with a copy of the connection's store in the present layout, for a store that may not be written.

    The copy is named ``copy_in(folder)``; whoever asked cleans the folder up. Raises ``StoreUnusable``.
    """
    folder = TemporaryDirectory(prefix="branchline-")
    try:
        copy = copy_in(folder)
        copy.touch()
        driver = load_driver()
        with closing(driver.connect(str(copy), isolation_level=None)) as target:
            connection.connection.driver_connection.backup(target)  # type: ignore[union-attr]  # it is open
        engine = write_engine(driver, copy, _WAIT_S)
        try:
            bring_up_to_date(engine, file, progress)
        finally:
            engine.dispose()
    except BaseException:
        folder.cleanup()
        raise
    return folder


def copy_in(folder: TemporaryDirectory[str]) -> Path:
    return Path(folder.name) / "copy.branchline"


def _damaged(file: str) -> StoreUnusable:
    return StoreUnusable(
        f"the store {file} was made by Branchline 0.1 and is damaged, so it was left as it was: "
        "`branchline verify` of that version says where, and can still read the rest"
    )
