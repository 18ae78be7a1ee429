"""Tables and queries of databases: SQLite files opened read-only and distrusted, PostgreSQL in a reading one."""

from __future__ import annotations

import math
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, Final

from app.adapters.files.settled_copy import settled
from app.domain.errors import BadInput
from app.domain.mapping.mapping import SourceRule
from app.domain.mapping.sample import SourceRow

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

SQLITE_HEAD: Final = b"SQLite format 3\x00"
_ALLOWED: Final = frozenset(
    {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
)
_FORBIDDEN: Final = frozenset({"load_extension", "writefile", "readfile", "fts3_tokenizer", "edit"})
_STEPS: Final = 200_000_000
"""Steps of SQLite's machine between two rows beyond which a query is given up."""
_LONGEST_VALUE: Final = 16 * 1024 * 1024
_AT_ONCE: Final = 500
_SMALL: Final = 64 * 1024 * 1024
"""A database that is copied to look at its columns alone, in bytes."""


def is_sqlite(head: bytes) -> bool:
    return head.startswith(SQLITE_HEAD)


def tables(path: Path) -> tuple[str, ...]:
    """Names of tables and views. Raises BadInput for a file that is no database."""
    with _opened(path) as connection:
        return _tables(connection)


def columns(path: Path, source: SourceRule) -> tuple[str, ...]:
    """Names of the columns of a table or query; of a large database without what lies in its log. Raises BadInput."""
    with _answered(path, source, _SMALL) as cursor:
        return tuple(str(column[0]) for column in cursor.description or ())


def sqlite_rows(path: Path, source: SourceRule) -> Iterator[SourceRow]:
    """The rows of a table or query. Raises BadInput."""
    with _answered(path, source) as cursor:
        yield from _rows(cursor, sqlite3.Error)


@contextmanager
def _answered(path: Path, source: SourceRule, largest_copy: int | None = None) -> Iterator[sqlite3.Cursor]:
    with _opened(path, largest_copy) as connection:
        known = _tables(connection)
        table = source.table or (known[0] if len(known) == 1 else "")
        if not source.query and table not in known:
            named = f"there is no table {table!r}" if table else "the mapping names no table"
            raise BadInput(f"{named}; there are {', '.join(known) or 'none'}")
        quoted = table.replace('"', '""')
        if source.query:
            connection.set_authorizer(_only_reading)
        yield _asked(connection, source.query or f'SELECT * FROM "{quoted}"')  # noqa: S608 - quoted


def server_rows(url: str, source: SourceRule) -> Generator[SourceRow, None, None]:
    """The rows of a table or query of a PostgreSQL server. Raises BadInput; no sentence of it tells a password."""
    import sqlalchemy
    from sqlalchemy.exc import SQLAlchemyError

    try:
        engine = sqlalchemy.create_engine(url, pool_size=1, connect_args={"connect_timeout": 10})
    except (SQLAlchemyError, ImportError) as error:
        raise BadInput(_about_driver(error)) from None
    try:
        with engine.connect().execution_options(yield_per=_AT_ONCE, postgresql_readonly=True) as connection:
            if source.query:
                statement = sqlalchemy.text(source.query.replace(":", r"\:"))
            else:
                quoted = ".".join(engine.dialect.identifier_preparer.quote(one) for one in source.table.split("."))
                statement = sqlalchemy.text(f"SELECT * FROM {quoted}")  # noqa: S608 - quoted
            result = connection.execute(statement)
            names = list(result.keys())
            for number, row in enumerate(result, 1):
                yield SourceRow(number, dict(zip(names, map(_plain, row), strict=True)))
    except SQLAlchemyError as error:
        told = str(getattr(error, "orig", None) or error).splitlines()
        raise BadInput(f"the database refused: {told[0] if told else type(error).__name__}") from None
    finally:
        engine.dispose()


def server_tables(url: str) -> tuple[str, ...]:
    """Names of tables and views of a PostgreSQL server, behind their schema but for ``public``. Raises BadInput."""
    asked = SourceRule(
        query="SELECT table_schema, table_name FROM information_schema.tables"
        " WHERE table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2"
    )
    found = [row.record for row in server_rows(url, asked)]
    return tuple(
        one["table_name"] if one["table_schema"] == "public" else f"{one['table_schema']}.{one['table_name']}"
        for one in found
    )


def server_address(told: str, password: str) -> str:
    """The whole address of a PostgreSQL server; ``user@host/name`` is enough. Raises BadInput."""
    import sqlalchemy
    from sqlalchemy.exc import SQLAlchemyError

    try:
        url = sqlalchemy.make_url(told if "://" in told else f"postgresql+psycopg://{told}")
    except (SQLAlchemyError, ValueError) as error:
        raise BadInput(_about_driver(error)) from None
    if url.get_backend_name() != "postgresql" or not url.database:
        raise BadInput("this is no address of a PostgreSQL database, such as user@host/name")
    url = url.set(drivername="postgresql+psycopg", password=password or url.password)
    return url.render_as_string(hide_password=False)


def without_password(url: str) -> str:
    """The address as reports may tell it. Raises BadInput."""
    import sqlalchemy
    from sqlalchemy.exc import SQLAlchemyError

    try:
        return sqlalchemy.make_url(url).render_as_string(hide_password=True)
    except SQLAlchemyError as error:
        raise BadInput(_about_driver(error)) from None


def _about_driver(error: Exception) -> str:
    if isinstance(error, ImportError):
        return "the driver for this database is not installed; pip install 'branchline[postgresql]' brings it"
    return "this is no address of a database, such as postgresql+psycopg://user@host/name"


@contextmanager
def _opened(path: Path, largest_copy: int | None = None) -> Iterator[sqlite3.Connection]:
    # "immutable" reads a file whose folder cannot be written, and writes nothing beside it.
    with (
        settled(path, largest_copy) as file,
        closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True, timeout=1)) as connection,
    ):
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
        connection.text_factory = _text
        spent = 0

        def give_up() -> bool:
            nonlocal spent
            spent += 1_000_000
            return spent > _STEPS

        connection.set_progress_handler(give_up, 1_000_000)
        try:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA query_only = ON")
            yield connection
        except sqlite3.Error as error:
            raise BadInput(f"the database cannot be read: {error}") from None


def _tables(connection: sqlite3.Connection) -> tuple[str, ...]:
    found = _asked(connection, "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY name")
    return tuple(str(row[0]) for row in found if not str(row[0]).startswith("sqlite_"))


def _asked(connection: sqlite3.Connection, query: str) -> sqlite3.Cursor:
    try:
        return connection.execute(query)
    except sqlite3.Error as error:
        raise BadInput(f"the query cannot be answered: {error}") from None
    except sqlite3.Warning as error:
        raise BadInput(f"one query is one SELECT: {error}") from None


def _only_reading(action: int, _first: str | None, second: str | None, _database: str | None, _by: str | None) -> int:
    allowed = action in _ALLOWED and not (action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in _FORBIDDEN)
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


def _rows(cursor: sqlite3.Cursor, failure: type[Exception]) -> Iterator[SourceRow]:
    if cursor.description is None:
        raise BadInput("the query gives no rows")
    names = [str(column[0]) for column in cursor.description]
    number = 0
    while True:
        try:
            some = cursor.fetchmany(_AT_ONCE)
        except failure as error:
            raise BadInput(f"row {number + 1} cannot be read: {error}") from None
        if not some:
            return
        for row in some:
            number += 1
            yield SourceRow(number, dict(zip(names, map(_plain, row), strict=True)))


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _plain(value: Any) -> Any:
    """What JSON can hold: bytes, dates, and numbers that are none as text."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, list):  # arrays of PostgreSQL
        return [_plain(one) for one in value]
    if value is None or isinstance(value, (bool, int, float, str, dict)):
        return value
    if isinstance(value, (bytes, memoryview)):
        return f"{len(bytes(value)):,} bytes"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
