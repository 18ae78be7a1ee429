"""What `bench append` compares with: the same rows without hashing, compression and triggers."""

from __future__ import annotations

import time
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import insert

from app.adapters.clock import SystemClock
from app.adapters.ids import TimeOrderedIds
from app.adapters.store import sqlite_schema
from app.adapters.store.canonical import canonical
from app.adapters.store.driver import BUSY_TIMEOUT_S, load_driver, write_engine
from app.adapters.store.packed_ids import pack
from app.adapters.store.statements import NO_ID, NO_TIME, WriteStatements
from app.adapters.store.store import open_store
from app.adapters.store.tables import event_table
from app.application.ports import SessionDraft
from app.domain.sessions import SessionHeader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from app.domain.events import NewEvent

_SESSION: Final = "bench"
_HASH: Final = bytes(32)
_EPOCH: Final = 1_700_000_000_000_000


def raw_append_rate(path: Path, events: Iterable[NewEvent], per_commit: int, *, as_store_binds: bool = False) -> float:
    """Events a second into a new file: the store's driver, settings, columns and indexes, nothing else.

    Rows are plain tuples of numbers, bytes and None, which is how anybody hands them to the driver. With
    ``as_store_binds`` they are bytearrays and stand-ins for None as in the store's own rows: the driver binds these
    several times faster.
    """
    path.touch(exist_ok=False)
    engine = write_engine(load_driver(), path, BUSY_TIMEOUT_S)
    with engine.connect() as connection:
        for definition in sqlite_schema.definitions():
            if definition not in sqlite_schema.TRIGGERS:
                connection.exec_driver_sql(definition)
        connection.commit()
        statement = WriteStatements(engine.dialect).insert_event
        if not as_store_binds:
            statement = str(insert(event_table).compile(dialect=engine.dialect))
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys = OFF")
        batches = [_rows(batch, 1 + number * per_commit) for number, batch in enumerate(_batches(events, per_commit))]
        if as_store_binds:
            batches = [[_as_store_binds(row) for row in batch] for batch in batches]
        started = time.perf_counter()
        with closing(raw.cursor()) as cursor:
            for batch in batches:
                cursor.execute("BEGIN IMMEDIATE")
                cursor.executemany(statement, batch)
                cursor.execute("COMMIT")
        elapsed = time.perf_counter() - started
    engine.dispose()
    return sum(map(len, batches)) / elapsed


def store_append_rate(path: Path, events: Iterable[NewEvent], per_commit: int) -> float:
    """Events a second through ``append`` of a real, new store."""
    store = open_store(path, clock=SystemClock(), ids=TimeOrderedIds())
    with closing(store):
        store.store_session(
            SessionDraft(header=SessionHeader(id=_SESSION, title=_SESSION, source="urn:branchline:bench"), events=())
        )
        batches = list(_batches(events, per_commit))
        started = time.perf_counter()
        head = 0
        for batch in batches:
            head = store.append(f"{_SESSION}/main", batch, expected=head).head
        elapsed = time.perf_counter() - started
    return head / elapsed


def _batches(events: Iterable[NewEvent], size: int) -> Iterator[list[NewEvent]]:
    rest = iter(events)
    while batch := list(islice(rest, size)):
        yield batch


def _rows(events: Sequence[NewEvent], first: int) -> list[tuple[Any, ...]]:
    return [
        (number, 1, number, pack(event.id), 1, 1, 1, None if event.time is None else event.time - _EPOCH, number,
         _packed(event.causation_id), _packed(event.correlation_id), 0, canonical(event.data), bytes(16), None, _HASH)
        for number, event in enumerate(events, first)
    ]  # fmt: skip


def _packed(text: str | None) -> bytes | None:
    return None if text is None else pack(text)


def _as_store_binds(row: tuple[Any, ...]) -> tuple[Any, ...]:
    *begin, event_id, source, kind, subject, moment, recorded, causation, correlation, encoding, data, salt, _, end = (
        row
    )
    return (
        *begin, bytearray(event_id), source, kind, subject, NO_TIME if moment is None else moment, recorded,
        NO_ID if causation is None else bytearray(causation), NO_ID if correlation is None else bytearray(correlation),
        encoding, bytearray(data), bytearray(salt), bytearray(end),
    )  # fmt: skip
