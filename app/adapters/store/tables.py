"""The tables of a store, for any database that SQLAlchemy speaks to.

Streams (branches and the two side streams) and texts that repeat are numbered, so that an event's row is small.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

_Number: Final = BigInteger().with_variant(Integer(), "sqlite")

metadata: Final = MetaData()


def _bytes_of(column: str, length: int, *, optional: bool = False) -> CheckConstraint:
    missing = f"{column} IS NULL OR " if optional else ""
    return CheckConstraint(f"{missing}length({column}) = {length}", name=f"{column}_length")


store_table: Final = Table(
    "store",
    metadata,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("uid", Text, nullable=False),
    Column("last_recorded", _Number, nullable=True),  # rises with every commit that stores something
    Column("digest", LargeBinary, nullable=False),
    CheckConstraint("one = 1", name="one_row"),
    sqlite_strict=True,
)

name_table: Final = Table(  # event types, sources and subjects
    "name",
    metadata,
    Column("no", _Number, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False, unique=True),
    sqlite_strict=True,
)

kind_table: Final = Table(  # what an event is: the few combinations of these that there are
    "kind",
    metadata,
    Column("no", _Number, primary_key=True, autoincrement=False),
    Column("type", _Number, ForeignKey("name.no"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("actor", Integer, nullable=False),  # place in records.ACTORS
    Column("classification", Integer, nullable=False),  # place in CLASSIFICATIONS
    UniqueConstraint("type", "version", "actor", "classification", name="kind_once"),
    sqlite_strict=True,
)

dictionary_table: Final = Table(  # trained for zstd; needed for ever by the events that name them
    "dictionary",
    metadata,
    Column("no", _Number, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    CheckConstraint("no >= 2", name="above_encodings"),
    sqlite_strict=True,
)

session_table: Final = Table(
    "session",
    metadata,
    Column("no", _Number, primary_key=True, autoincrement=False),  # in the order the store first saw them
    Column("id", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("external_id", Text),
    Column("subject", Text),
    Column("created_at", _Number),
    Column("hash", LargeBinary, nullable=False),
    _bytes_of("hash", 32),
    sqlite_strict=True,
)

stream_table: Final = Table(
    "stream",
    metadata,
    Column("no", _Number, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("session", _Number, ForeignKey("session.no"), nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("parent", _Number, ForeignKey("stream.no")),
    Column("fork_position", _Number, nullable=False),
    Column("fork_hash", LargeBinary, nullable=False),
    Column("created_at", _Number, nullable=False),
    Column("digest", LargeBinary, nullable=False),  # over all columns above
    Column("epoch", _Number, nullable=False),  # what the times of its events are counted from
    Column("head", _Number, nullable=False),
    Column("head_hash", LargeBinary, nullable=False),
    UniqueConstraint("session", "name", name="stream_name"),
    CheckConstraint("kind IN ('branch', 'analyst', 'derived')", name="kind_known"),
    CheckConstraint("fork_position >= 0 AND (parent IS NOT NULL OR fork_position = 0)", name="fork_of_parent"),
    CheckConstraint("head >= fork_position", name="head_after_fork"),
    _bytes_of("fork_hash", 32),
    _bytes_of("head_hash", 32),
    sqlite_strict=True,
)

# A row is small, for there are many: what repeats is a number of another table, a UUID is 16 bytes (packed_ids),
# times are counted from near by, so that they take few, and a digest that the payload gives is not kept beside it.
event_table: Final = Table(
    "event",
    metadata,
    Column("seq", _Number, primary_key=True, autoincrement=False),  # global order: dense, in order of commit
    Column("stream", _Number, ForeignKey("stream.no"), nullable=False),
    Column("position", _Number, nullable=False),
    Column("id", LargeBinary, nullable=False),
    Column("source", _Number, ForeignKey("name.no"), nullable=False),
    Column("kind", _Number, ForeignKey("kind.no"), nullable=False),
    Column("subject", _Number, ForeignKey("name.no")),
    Column("time", _Number),  # microseconds after the stream's epoch
    Column("recorded", _Number, nullable=False),  # microseconds after the stream was made
    Column("causation_id", LargeBinary),
    Column("correlation_id", LargeBinary),
    Column("encoding", _Number, nullable=False),  # 0 plain, 1 zstd, otherwise the number of a dictionary
    Column("data", LargeBinary),  # NULL only after erasure
    Column("salt", LargeBinary),
    Column("digest", LargeBinary),  # of the payload that was erased
    Column("hash", LargeBinary, nullable=False),
    CheckConstraint(
        "(data IS NULL) = (salt IS NULL) AND (data IS NULL) = (digest IS NOT NULL)", name="erased_together"
    ),
    _bytes_of("salt", 16, optional=True),
    _bytes_of("digest", 32, optional=True),
    _bytes_of("hash", 32),
    sqlite_strict=True,
)
# The line of a stream; it covers all that the timeline draws, so columns() never touches the rows.
Index(
    "event_line",
    event_table.c.stream,
    event_table.c.position,
    event_table.c.kind,
    event_table.c.time,
    unique=True,
)
# Identity: an event's id is unique within its source. Begins with the id, which locate() looks for.
Index("event_identity", event_table.c.id, event_table.c.source, unique=True)

blob_table: Final = Table(
    "blob",
    metadata,
    Column("hash", LargeBinary, primary_key=True),
    Column("media_type", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False),  # over hash and media type
    Column("encoding", _Number, nullable=False),
    Column("content", LargeBinary),  # NULL only after erasure
    _bytes_of("hash", 32),
    sqlite_strict=True,
)
