"""What runs with every commit goes to the driver directly: SQLAlchemy's share of so short a work is most of it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection


def run(connection: Connection, sql: str, parameters: Sequence[Any] = ()) -> Any:
    """The driver's cursor after one statement. Raises what SQLAlchemy would raise."""
    driver: Any = connection.connection.driver_connection
    try:
        return driver.execute(sql, parameters)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _wrapped(connection, sql, error) from error


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


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """A write transaction, in which statements through SQLAlchemy take part (see ``begin``)."""
    run(connection, "BEGIN IMMEDIATE")
    try:
        yield
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


def begin(connection: Connection) -> None:
    """What SQLAlchemy calls before its first statement: takes the write lock, unless ``transaction`` has it."""
    driver: Any = connection.connection.driver_connection
    if not driver.in_transaction:
        run(connection, "BEGIN IMMEDIATE")


def _wrapped(connection: Connection, sql: str, error: Exception) -> BaseException:
    base: Any = connection.dialect.loaded_dbapi.Error
    return DBAPIError.instance(sql, None, error, base, hide_parameters=True, dialect=connection.dialect)
