"""What runs with every commit goes to the driver directly: SQLAlchemy's share of so short a work is most of it."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Connection


T = TypeVar("T")


def run(connection: Connection, sql: str, parameters: Sequence[Any] = ()) -> Any:
    """The driver's cursor after one statement. Raises what SQLAlchemy would raise."""
    driver: Any = connection.connection.driver_connection
    try:
        return driver.execute(sql, parameters)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _wrapped(connection, sql, error) from error


def run_all(connection: Connection, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
    """All rows of one statement. Raises what SQLAlchemy would raise, also for damage that is met on the way."""
    driver: Any = connection.connection.driver_connection
    try:
        found: list[Any] = driver.execute(sql, parameters).fetchall()
    except connection.dialect.loaded_dbapi.Error as error:
        raise _wrapped(connection, sql, error) from error
    return found


def run_many(connection: Connection, sql: str, rows: Sequence[Sequence[Any]]) -> None:
    """One statement for each row. Raises what SQLAlchemy would raise."""
    driver: Any = connection.connection.driver_connection
    try:
        if len(rows) == 1:
            driver.execute(sql, rows[0])
        else:
            driver.executemany(sql, rows)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _wrapped(connection, sql, error) from error


def run_in_groups(connection: Connection, one: str, several: str, size: int, rows: Sequence[Sequence[Any]]) -> None:
    """``several`` for each ``size`` rows, ``one`` for each that is left. Raises what SQLAlchemy would raise."""
    whole = len(rows) // size * size
    if whole:
        groups = [list(chain.from_iterable(rows[start : start + size])) for start in range(0, whole, size)]
        run_many(connection, several, groups)
    if whole < len(rows):
        run_many(connection, one, rows[whole:])


def in_transaction(connection: Connection, change: Callable[[Connection], T]) -> T:
    """Run a change in a write transaction, in which statements through SQLAlchemy take part (see ``begin``)."""
    run(connection, "BEGIN IMMEDIATE")
    try:
        result = change(connection)
        if connection.in_transaction():
            connection.commit()
        else:
            run(connection, "COMMIT")
    except BaseException:
        if connection.in_transaction():
            connection.rollback()
        driver: Any = connection.connection.driver_connection
        if driver.in_transaction:
            driver.rollback()
        raise
    return result


def begin(connection: Connection) -> None:
    """What SQLAlchemy calls before its first statement: takes the write lock, unless ``in_transaction`` has it."""
    driver: Any = connection.connection.driver_connection
    if not driver.in_transaction:
        run(connection, "BEGIN IMMEDIATE")


def _wrapped(connection: Connection, sql: str, error: Exception) -> BaseException:
    base: Any = connection.dialect.loaded_dbapi.Error
    return DBAPIError.instance(sql, None, error, base, hide_parameters=True, dialect=connection.dialect)
