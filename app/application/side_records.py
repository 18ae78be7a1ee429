"""The side streams of sessions as they are now; of each, what was added since the last time is read and no more."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import RLock
from typing import TYPE_CHECKING

from app.domain.events import ANALYST, DERIVED
from app.domain.notebook import NotebookEntry, Record, derived_entries

if TYPE_CHECKING:
    from app.application.ports import EventStore
    from app.domain.events import Event


@dataclass(slots=True)
class _Known:
    """What was read of one session, and all its entries by position where nothing was added since."""

    analyst: str
    derived: str
    record: Record = field(default_factory=Record)
    found: list[NotebookEntry] = field(default_factory=list)
    found_upto: int = 0
    listed: tuple[NotebookEntry, ...] | None = None


class SideRecords:
    """Keeps the records of the sessions that were asked for. Any thread may call."""

    def __init__(self, store: EventStore) -> None:
        self._store = store
        self._known: dict[str, _Known] = {}
        self._lock = RLock()

    def analyst_stream(self, session: str) -> str:
        """The id of the stream that people write into."""
        with self._lock:
            return self._of(session).analyst

    def record(self, session: str) -> Record:
        """The analyst's record as it is now; it goes on changing with the next call."""
        with self._lock:
            return self._caught_up(session).record

    def entries(self, session: str) -> tuple[NotebookEntry, ...]:
        """All entries by position, what detectors found among them."""
        with self._lock:
            known = self._caught_up(session)
            if known.listed is None:
                everything = [*known.record.entries.values(), *known.found]
                known.listed = tuple(sorted(everything, key=lambda entry: (entry.position, entry.time or 0)))
            return known.listed

    def _of(self, session: str) -> _Known:
        known = self._known.get(session)
        if known is None:
            streams = {one.kind: one.id for one in self._store.branches(session)}
            known = self._known[session] = _Known(streams[ANALYST], streams[DERIVED])
        return known

    def _caught_up(self, session: str) -> _Known:
        known = self._of(session)
        for event in self._added(known.analyst, known.record.taken):
            known.record.take(event)
            known.listed = None
        added = self._added(known.derived, known.found_upto)
        if added:
            known.found += derived_entries(added)
            known.found_upto += len(added)
            known.listed = None
        return known

    def _added(self, stream: str, after: int) -> tuple[Event, ...]:
        head = self._store.branch(stream).head
        return self._store.read(stream, after + 1, head) if head > after else ()
