"""Reads as much as can be read of a damaged table, by halves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import ColumnElement, Connection, Select


def readable_rows(
    connection: Connection, statement: Select[Any], number: ColumnElement[Any], first: int, last: int
) -> Iterator[tuple[int, Sequence[Any] | None]]:
    """(number, row) for rows numbered ``first`` to ``last``, in order; None in place of a row that cannot be read.

    ``number`` must be the statement's first column. Numbers without a row are left out.
    """
    if last < first:
        return
    try:
        rows = connection.execute(statement.where(number.between(first, last)).order_by(number)).all()
    except (DBAPIError, UnicodeDecodeError):
        if first == last:
            yield first, None
            return
        middle = (first + last) // 2
        yield from readable_rows(connection, statement, number, first, middle)
        yield from readable_rows(connection, statement, number, middle + 1, last)
    else:
        for row in rows:
            yield row[0], row
