"""The search index: derived from the log, disposable, and equal to reading every event."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from app.domain.event_filter import EventFilter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.application.ports.basics import Progress
    from app.application.ports.store import Brief
    from app.domain.branches import Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for.

    Attributes:
        needles: folded texts that must all occur; none lets every event through.
        session: only this session's events, its side streams included.
        line: only these parts of branches (a branch with what it inherits).
    """

    needles: tuple[str, ...] = ()
    filter: EventFilter = field(default_factory=EventFilter)
    session: str | None = None
    line: tuple[Segment, ...] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a hit stands; ``branch`` is the id of the branch that owns the event."""

    session: str
    branch: str
    position: int


@dataclass(frozen=True, slots=True)
class Places:
    """A page of hits: sessions that the store saw last first, by position within one.

    ``total`` counts all hits; there are at least that many when ``is_exact`` is False.
    """

    places: tuple[Place, ...]
    total: int
    is_exact: bool


class SearchIndexLost(Exception):
    """The index was damaged and has been begun anew: cover the log again, then ask again."""


class SearchIndex(Protocol):
    """Finds events; any thread may call. An index that is missing or of another make is simply empty.

    What it covers is the caller's business: ``covered`` says how far it goes, ``add`` goes on from there. Every method
    may raise ``SearchIndexLost``, and ``StoreUnusable`` when another program keeps the index locked.
    """

    def covered(self) -> tuple[int, str]:
        """The number of the last event covered (0: none) and its hash."""
        ...

    def add(self, events: Sequence[Brief]) -> None:
        """Cover the next events; those covered already, by another process, are left out."""
        ...

    def find(self, wanted: Wanted, first: int, count: int, effort: int | None, progress: Progress) -> Places:
        """Hits number ``first`` (0-based) and on, up to ``count``.

        ``effort``: how many blocks of events may be read only to count further hits; None counts them all.
        Calls ``progress`` between blocks, which may raise ``Cancelled``.
        """
        ...

    def forget(self) -> None:
        """Empty the index."""
        ...

    def close(self) -> None: ...
