"""The statements that run often, in SQLAlchemy's words, compiled once to the driver's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import LargeBinary, bindparam, cast, func, insert, literal_column, select, update

from app.adapters.store.tables import event_table, kind_table, name_table, store_table, stream_table

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Dialect, Select, Table
    from sqlalchemy.sql import Executable

_event = event_table.c
_stream = stream_table.c

EVENT_COLUMNS: Final = (
    _event.position, _event.id, _event.source, _event.kind, _event.subject, _event.time, _event.recorded,
    _event.causation_id, _event.correlation_id, _event.encoding, _event.data, _event.hash,
)  # fmt: skip

_part = (
    _event.stream == bindparam("stream"),
    _event.position >= bindparam("first"),
    _event.position <= bindparam("last"),
)

READ: Final = select(*EVENT_COLUMNS).where(*_part).order_by(_event.position)
_moment = func.coalesce(_event.time + bindparam("epoch"), literal_column("(-9223372036854775807 - 1)"))  # MISSING_TIME
_line = select(_event.kind, _moment.label("moment")).where(*_part).order_by(_event.position).subquery()
# Two texts of numbers for a whole range: a row for each event takes four times as long to bring into Python.
COLUMNS: Final = select(func.group_concat(_line.c.kind), func.group_concat(_line.c.moment))
ONE: Final = (_event.stream == bindparam("stream"), _event.position == bindparam("position"))
HASH_AT: Final = select(_event.hash).where(*ONE)
SALT_AT: Final = select(_event.salt).where(*ONE)
SALTS: Final = select(_event.salt).where(*_part).order_by(_event.position)
HEAD: Final = select(_stream.head).where(_stream.no == bindparam("stream"))
LOCATE: Final = (
    select(_event.seq, stream_table.c.id, _event.position)
    .join_from(event_table, stream_table, _event.stream == _stream.no)
    .where(_event.id == bindparam("event"), _stream.session == bindparam("session"))
)
LAST_SEQ: Final = select(func.max(_event.seq))
# When something was stored last: what the store's own row says, or the last event if that is newer, for an append
# whose events tell it leaves that row alone.
_STAMPED = select(store_table.c.last_recorded, LAST_SEQ.scalar_subquery())
_RECORDED = (
    select(_event.recorded + _stream.created_at)
    .join_from(event_table, stream_table, _event.stream == _stream.no)
    .where(_event.seq == bindparam("seq"))
)
_LINE = select(_stream.head, _stream.head_hash).where(_stream.no == bindparam("stream"))
_MOVE_HEAD = (
    update(stream_table)
    .values(head=bindparam("new_head"), head_hash=bindparam("new_hash"))
    .where(_stream.no == bindparam("stream"))
)
_NAME_NUMBER = select(name_table.c.no).where(name_table.c.text == bindparam("text"))
_KIND_NUMBER = select(kind_table.c.no).where(
    *(column == bindparam(column.name) for column in kind_table.columns if column.name != "no")
)
# The driver binds numbers, texts and bytearrays several times faster than anything else: for bytes and None it looks
# for adapters first. So what may be missing comes as a value that it never has.
NO_NAME: Final = 0
NO_TIME: Final = -(2**63)
NO_ID: Final = bytearray()
_MAY_BE_MISSING: Final[dict[str, ColumnElement[Any]]] = {
    "subject": literal_column(str(NO_NAME)),
    "time": literal_column(f"({NO_TIME + 1} - 1)"),
    "causation_id": cast(literal_column("''"), LargeBinary),
    "correlation_id": cast(literal_column("''"), LargeBinary),
}
_INSERT_EVENT = insert(event_table).values(
    {
        column: func.nullif(bindparam(column.name), _MAY_BE_MISSING[column.name])
        if column.name in _MAY_BE_MISSING
        else bindparam(column.name)
        for column in event_table.columns
        if column is not _event.digest
    }
)
_STAMP = update(store_table).values(last_recorded=bindparam("last"), digest=bindparam("new_digest"))


ROWS_AT_ONCE: Final = 10


class EndStatements:
    """Where the log ends. Parameters by place: (seq) for when an event was recorded."""

    def __init__(self, dialect: Dialect) -> None:
        self.stamped = _text(_STAMPED, dialect)
        self.recorded = _text(_RECORDED, dialect)


class ReadStatements(EndStatements):
    """Parameters by place: (stream, first, last) of a range, before it the epoch for columns; (stream) for a head."""

    def __init__(self, dialect: Dialect) -> None:
        super().__init__(dialect)
        self.read = _text(READ, dialect)
        self.columns = _text(COLUMNS, dialect)
        self.head = _text(HEAD, dialect)


class WriteStatements(EndStatements):
    """Parameters by place, in the order of the columns set or compared."""

    def __init__(self, dialect: Dialect) -> None:
        super().__init__(dialect)
        self.line = _text(_LINE, dialect)
        self.insert_event = _text(_INSERT_EVENT, dialect)
        self.insert_events = _rows_at_once(self.insert_event, ROWS_AT_ONCE)
        self.move_head = _text(_MOVE_HEAD, dialect)
        self.stamp = _text(_STAMP, dialect)
        self.name_number = _text(_NAME_NUMBER, dialect)
        self.free_name = _text(_free(name_table), dialect)
        self.insert_name = _text(insert(name_table), dialect)
        self.kind_number = _text(_KIND_NUMBER, dialect)
        self.free_kind = _text(_free(kind_table), dialect)
        self.insert_kind = _text(insert(kind_table), dialect)


def _free(table: Table) -> Select[tuple[int]]:
    """The next number of a table whose rows are numbered in order."""
    return select(func.coalesce(func.max(table.c.no), literal_column("0")) + literal_column("1"))


def _rows_at_once(insert_one: str, count: int) -> str:
    """The statement for one row, made one for several: that spares the driver a round for each."""
    before, values, row = insert_one.partition("VALUES ")
    return before + values + ", ".join([row] * count)


def _text(statement: Executable, dialect: Dialect) -> str:
    compiled: Any = statement.compile(dialect=dialect)  # type: ignore[attr-defined]  # every Core statement has it
    return str(compiled)
