"""The statements that run often, in SQLAlchemy's words, compiled once to the driver's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, func, insert, literal_column, select, update

from app.adapters.store.tables import event_table, store_table, stream_table

if TYPE_CHECKING:
    from sqlalchemy import Dialect
    from sqlalchemy.sql import Executable

_event = event_table.c
_stream = stream_table.c

EVENT_COLUMNS: Final = (
    _event.position, _event.id, _event.source, _event.type, _event.version, _event.actor, _event.classification,
    _event.subject, _event.time, _event.recorded_at, _event.causation_id, _event.correlation_id,
    _event.encoding, _event.data, _event.hash,
)  # fmt: skip

_part = (
    _event.stream == bindparam("stream"),
    _event.position >= bindparam("first"),
    _event.position <= bindparam("last"),
)

READ: Final = select(*EVENT_COLUMNS).where(*_part).order_by(_event.position)
ACTOR_BITS: Final = 4
_kind = (
    _event.type * literal_column(str(1 << ACTOR_BITS)) + _event.actor
)  # one number, so that one look-up gives lane and type
_moment = func.coalesce(_event.time, literal_column("(-9223372036854775807 - 1)"))  # MISSING_TIME
_line = select(_kind.label("kind"), _moment.label("moment")).where(*_part).order_by(_event.position).subquery()
# Two texts of numbers for a whole range: a row for each event takes four times as long to bring into Python.
COLUMNS: Final = select(func.group_concat(_line.c.kind), func.group_concat(_line.c.moment))
ONE: Final = (_event.stream == bindparam("stream"), _event.position == bindparam("position"))
HASH_AT: Final = select(_event.hash).where(*ONE)
SALT_AT: Final = select(_event.salt).where(*ONE)
HEAD: Final = select(_stream.head).where(_stream.no == bindparam("stream"))
LOCATE: Final = (
    select(_event.seq, stream_table.c.id, _event.position)
    .join_from(event_table, stream_table, _event.stream == _stream.no)
    .where(_event.id == bindparam("event"), _stream.session == bindparam("session"))
)
_END = select(select(store_table.c.last_recorded).scalar_subquery(), select(func.max(_event.seq)).scalar_subquery())
_LINE = select(_stream.head, _stream.head_hash).where(_stream.no == bindparam("stream"))
_MOVE_HEAD = (
    update(stream_table)
    .values(head=bindparam("new_head"), head_hash=bindparam("new_hash"))
    .where(_stream.no == bindparam("stream"))
)
_STAMP = update(store_table).values(last_recorded=bindparam("last"), digest=bindparam("new_digest"))


class ReadStatements:
    """Parameters by place: (stream, first, last) for ranges, (stream) for the head."""

    def __init__(self, dialect: Dialect) -> None:
        self.read = _text(READ, dialect)
        self.columns = _text(COLUMNS, dialect)
        self.head = _text(HEAD, dialect)


class WriteStatements:
    """Parameters by place, in the order of the columns set or compared."""

    def __init__(self, dialect: Dialect) -> None:
        self.end = _text(_END, dialect)
        self.line = _text(_LINE, dialect)
        self.insert_event = _text(insert(event_table), dialect)
        self.move_head = _text(_MOVE_HEAD, dialect)
        self.stamp = _text(_STAMP, dialect)


def _text(statement: Executable, dialect: Dialect) -> str:
    compiled: Any = statement.compile(dialect=dialect)  # type: ignore[attr-defined]  # every Core statement has it
    return str(compiled)
