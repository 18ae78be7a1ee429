"""Reads everything that a store holds and holds it against every digest, hash, head and fork point."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, select
from sqlalchemy.exc import DBAPIError

from app.adapters.store import sqlite_schema
from app.adapters.store.blobs import blob_digest, get_blob
from app.adapters.store.codec import PayloadReader
from app.adapters.store.ends import newest_recorded
from app.adapters.store.failures import Unreadable
from app.adapters.store.linkage import ChainCheck, Lost
from app.adapters.store.packed_ids import readable
from app.adapters.store.proving import prove_log
from app.adapters.store.recorder import store_digest
from app.adapters.store.salvage import readable_rows
from app.adapters.store.small_tables import NONSENSE, agrees, read_small_tables, rows_of
from app.adapters.store.statements import EndStatements
from app.adapters.store.tables import blob_table, event_table, store_table
from app.application.ports import StoreProblem, Verified
from app.domain.errors import BranchlineError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sqlalchemy import Connection

    from app.adapters.store.small_tables import SmallTables
    from app.application.ports import Progress

_CHUNK: Final = 2_000
_PLACE: Final = select(event_table.c.seq, event_table.c.stream, event_table.c.position, event_table.c.id).where(
    event_table.c.seq == bindparam("seq")
)


def verify_store(connection: Connection, progress: Progress, file: Path | None = None) -> Verified:
    """Check a store on a connection that reads; damage is reported, never raised.

    With its ``file``, a long log is proven by several processes. Raises ``Cancelled`` when ``progress`` does.
    """
    return _Verification(connection, progress, file).run()


class _Verification:
    """One run over a store."""

    def __init__(self, connection: Connection, progress: Progress, file: Path | None) -> None:
        self._connection = connection
        self._progress = progress
        self._file = file
        self._payloads = PayloadReader()
        self._problems: list[StoreProblem] = []
        self._blamed: set[tuple[str | None, int | None]] = set()

    def run(self) -> Verified:
        tables = read_small_tables(self._connection, self._note)
        chain = ChainCheck(tables, self._payloads)
        self._note(*chain.problems_of_streams())
        # Most stores are sound, which can be shown quickly; what exactly is wrong in one takes a closer look.
        proven = None if self._problems else prove_log(self._connection, self._file, tables, self._progress)
        if proven is None:
            events = self._check_events(tables, chain)
            self._note(*chain.problems_of_ends(self._lost_events(chain)))
            newest, structure = chain.newest, None
        else:
            events, newest, structure = proven.events, proven.newest, proven.structure
        self._check_store_row(newest)
        self._check_blobs()
        self._check_structure(chain, structure)
        return Verified(events, tuple(self._problems))

    def _note(self, *problems: StoreProblem) -> None:
        """Keep what was found, each event once: the first finding is the closest to the cause."""
        for problem in problems:
            place = (problem.branch, problem.position)
            if problem.position is None or place not in self._blamed:
                self._problems.append(problem)
            self._blamed.add(place)

    def _note_store(self, reason: str) -> None:
        self._note(StoreProblem(None, None, None, None, reason))

    def _check_events(self, tables: SmallTables, chain: ChainCheck) -> int:
        """Returns how many could be read."""
        found = tables.last or 0
        last = max(found if found < 2 * tables.expected + _CHUNK else 0, tables.expected)
        statement = select(*event_table.columns)
        events = 0
        for start in range(1, last + 1, _CHUNK):
            stop = min(start + _CHUNK - 1, last)
            for _, row in readable_rows(self._connection, statement, event_table.c.seq, start, stop):
                if row is not None:
                    events += 1
                    problem = chain.check(self._connection, row)
                    if problem is not None:
                        self._note(problem)
            self._progress(stop, last, "looking at each event")
        return events

    def _lost_events(self, chain: ChainCheck) -> dict[tuple[int, int], Lost]:
        """What the indexes still know of events whose rows cannot be read: (stream, position) -> them."""
        if not chain.is_incomplete():
            return {}
        seq = event_table.c.seq
        ids: dict[int, str | None] = {}
        lost: dict[tuple[int, int], Lost] = {}
        with suppress(DBAPIError, UnicodeDecodeError):  # the other index may still tell the places
            rows = self._connection.execute(select(seq, event_table.c.id).order_by(event_table.c.id))
            ids = {number: readable(packed) for number, packed in rows}
        place = (event_table.c.stream, event_table.c.position)
        with suppress(DBAPIError):
            for number, stream, position in self._connection.execute(select(seq, *place).order_by(*place)):
                lost[stream, position] = Lost(number, ids.get(number))
        return lost

    def _check_store_row(self, newest: int | None) -> None:
        for _, uid, last_recorded, digest in rows_of(self._connection, store_table, self._note):
            if not agrees(partial(store_digest, uid, last_recorded), digest):
                self._note_store("the store's own row was changed")
            elif newest is not None and self._is_newer_than_store(newest):
                self._note_store("events claim to be recorded after the store's last change")
            return
        self._note_store("the store's own row is missing")

    def _is_newer_than_store(self, moment: int) -> bool:
        try:
            last = newest_recorded(self._connection, EndStatements(self._connection.dialect))
        except (DBAPIError, Unreadable):
            return False  # damage that is told where it is
        return last is None or last < moment

    def _check_blobs(self) -> None:
        try:
            keys = self._connection.execute(
                select(blob_table.c.hash, blob_table.c.media_type, blob_table.c.digest)
            ).all()
        except (DBAPIError, UnicodeDecodeError) as error:
            self._note_store(f"the list of attachments cannot be read: {error}")
            return
        for key, media_type, digest in keys:
            try:
                get_blob(self._connection, self._payloads, f"blake2b-256:{key.hex()}")
                intact = blob_digest(key, media_type) == digest
            except (BranchlineError, DBAPIError, *NONSENSE):
                intact = False
            if not intact:
                self._note_store(f"attachment {key.hex() if isinstance(key, bytes) else key} is damaged")

    def _check_structure(self, chain: ChainCheck, found: Sequence[tuple[int | None, str]] | None) -> None:
        problems = sqlite_schema.structure_problems(self._connection) if found is None else found
        for number, text in problems:
            row = None
            if number is not None:
                with suppress(DBAPIError, UnicodeDecodeError):
                    row = self._connection.execute(_PLACE, {"seq": number}).one_or_none()
            if row is None:
                self._note_store(text)
            else:
                self._note(StoreProblem(*chain.place(row), f"an index has lost it: {text}"))
