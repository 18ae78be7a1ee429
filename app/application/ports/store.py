"""The event store, and what goes into it and comes out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from app.application.ports.basics import no_progress

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from app.application.ports.basics import Progress
    from app.domain.branches import Branch, Segment
    from app.domain.events import Event, NewEvent
    from app.domain.fold.facts import LateFact
    from app.domain.sessions import SessionHeader, SessionSummary


@dataclass(frozen=True, slots=True)
class Appended:
    """What an append did. ``positions`` has one entry per event handed in, duplicates at their stored position."""

    positions: tuple[int, ...]
    duplicates: int
    head: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchDraft:
    """A branch to be stored with an imported session, after its parent.

    ``fork_hash`` (hexadecimal) is given when a native export promises it; a mismatch refuses the session.
    """

    id: str
    name: str
    kind: str
    parent: str | None
    fork_position: int
    created_at: int | None = None
    fork_hash: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionDraft:
    """A whole session as an importer hands it over: stored entirely or not at all.

    Attributes:
        header: see ``SessionHeader``.
        events: (branch id, event) pairs; a branch's events in order. Branch ids name ``branches``, or are
            ``main``, ``analyst`` or ``derived`` for the streams that every session has.
        branches: branches beside those three, parents first.
        hashes: for native imports, (stream id as in ``events``, position) -> the hash that the file promises; each
            is asked for once, after its event was taken.
        attachments: for native imports, (content, media type) of what lies beside the events.
        about: what is to be told of the import itself: goes to ``derived`` when anything else was stored, and is
            not counted.
        continues: a source that goes on (spans, rotated logs): new events go behind what is stored of the session
            already, whatever this draft repeats of it. Else they may only follow what the draft repeats whole.
        joins: what is stored under an event's id counts as that event, whatever else it says, and new events go where
            they belong in the stored tree; for conversations that are put together from what several calls repeat.
    """

    header: SessionHeader
    events: Iterable[tuple[str, NewEvent]]
    branches: Sequence[BranchDraft] = ()
    hashes: Mapping[tuple[str, int], str] = field(default_factory=dict)
    attachments: Iterable[tuple[bytes, str]] = ()
    about: Sequence[NewEvent] = ()
    continues: bool = False
    joins: bool = False


@dataclass(frozen=True, slots=True)
class Stored:
    """What storing a session did."""

    session: str
    added: int
    duplicates: int


@dataclass(frozen=True, slots=True)
class EventColumns:
    """One branch as plain columns, index i = position i + 1; the screen wraps them without copying.

    Attributes:
        lanes: ``array('B')`` of ``Lane`` numbers.
        types: ``array('H')``, indexes into ``type_names``.
        times: ``array('q')``, microseconds since 1970 UTC, ``MISSING_TIME`` where unknown.
    """

    lanes: array[int]
    types: array[int]
    times: array[int]
    type_names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.lanes)


MISSING_TIME = -(2**63)


@dataclass(frozen=True, slots=True)
class StoreProblem:
    """One thing ``verify`` found wrong; ``position`` and ``event`` are None when a whole session or file is meant."""

    session: str | None
    branch: str | None
    position: int | None
    event: str | None
    reason: str

    def to_json(self) -> dict[str, Any]:
        return {
            "session": self.session,
            "branch": self.branch,
            "position": self.position,
            "event": self.event,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class Verified:
    """The outcome of ``verify``: how many events were read, and what was wrong."""

    events: int
    problems: tuple[StoreProblem, ...]

    @property
    def ok(self) -> bool:
        return not self.problems


class Brief(NamedTuple):
    """What searching looks at of a stored event; ``number`` counts all events in the order of storing."""

    number: int
    session: str
    branch: str
    position: int
    type: str
    actor: str
    subject: str | None
    classification: str
    time: int | None
    hash: str
    data: Mapping[str, Any]


class EventStore(Protocol):
    """The log: append-only, hash-chained, branches by reference. Every method may be called from any thread.

    A method that changes something returns only after the change is on disk. Branch arguments are branch ids.
    Raises ``StoreUnusable`` when the file cannot serve; ``NotFound`` for unknown ids.
    """

    @property
    def location(self) -> str:
        """The path or URL, as shown to a person."""
        ...

    @property
    def uid(self) -> str:
        """The store's own id, a UUID; a copy of the store has another."""
        ...

    @property
    def read_only(self) -> bool: ...

    def sessions(self) -> tuple[SessionSummary, ...]:
        """All sessions, newest first by when the store first saw them."""
        ...

    def header(self, session: str) -> SessionHeader: ...

    def header_hash(self, session: str) -> str:
        """The hash at position 0, hexadecimal."""
        ...

    def branches(self, session: str) -> tuple[Branch, ...]:
        """Main first, then branches in the order they were made, then the side streams."""
        ...

    def made_as(self, session: str, name: str) -> Branch | None:
        """The branch or side stream that was made with this name; None when there is none.

        Takes as long in a session of thousands of branches as in one of three. Side streams have the names
        ``analyst`` and ``derived``.
        """
        ...

    def branch(self, branch: str) -> Branch: ...

    def lineage(self, branch: str) -> tuple[Segment, ...]: ...

    def store_session(self, draft: SessionDraft, progress: Progress = no_progress) -> Stored:
        """Store a whole session in one transaction; the same again adds nothing.

        A session that is there already gets only the events it does not have, and those only at the end of
        their branch. Raises ``EventConflict`` or ``WrongPosition``; nothing of the draft is then stored.
        """
        ...

    def append(self, branch: str, events: Sequence[NewEvent], *, expected: int | None) -> Appended:
        """Append to a branch in one commit.

        ``expected`` is the position of the last event the caller saw; None takes whatever is there. When every
        event is stored already, that is a no-op whatever is expected. Raises ``WrongPosition``, ``EventConflict``.
        """
        ...

    def fork(self, parent: str, at: int, *, branch_id: str, name: str) -> Branch:
        """Make a branch at a position of ``parent``; copies nothing.

        Raises ``OutOfRange``; ``BadInput`` when the session has that name already.
        """
        ...

    def read(self, branch: str, first: int, last: int) -> tuple[Event, ...]:
        """Events of positions ``first`` to ``last`` (inclusive; cut to what is there), in order, upcast."""
        ...

    def iterate(self, branch: str, first: int = 1, last: int | None = None) -> Iterator[Event]:
        """The same without holding all in memory; no read transaction outlives a step."""
        ...

    def events_at(self, branch: str, positions: Sequence[int]) -> tuple[Event, ...]:
        """The events of the given positions, in the order given."""
        ...

    def facts_at(self, branch: str, positions: Sequence[int]) -> Iterator[LateFact]:
        """What folds read of the events of the given rising positions; in bulk, and payloads only when asked for.

        Positions beyond the end are left out. No read transaction outlives a step.
        """
        ...

    def locate(self, session: str, event_id: str) -> tuple[tuple[str, int], ...]:
        """(owning branch, position) of every event of the session with this id."""
        ...

    def hash_at(self, branch: str, position: int) -> str: ...

    def salt_at(self, branch: str, position: int) -> bytes: ...

    def salts(self, branch: str, first: int, last: int) -> Sequence[bytes]:
        """Those of positions ``first`` to ``last`` (inclusive; cut to what is there), in order."""
        ...

    def columns(self, branch: str, first: int = 1, last: int | None = None) -> EventColumns: ...

    def recorded_after(self, number: int, limit: int) -> tuple[tuple[int, Event], ...]:
        """(number, event) of up to ``limit`` events of all sessions, numbered 1, 2, 3 … in the order of storing."""
        ...

    def brief_after(self, number: int, limit: int) -> tuple[Brief, ...]:
        """The same events with no more than searching looks at, which is read in half the time."""
        ...

    def recorded_count(self) -> int:
        """How many events there are; the number of the last one."""
        ...

    def last_recorded(self) -> int | None:
        """When the newest event was stored; changes when anything was appended, by any process."""
        ...

    def put_blob(self, content: bytes, media_type: str) -> str:
        """Keep an attachment once; returns its address, ``blake2b-256:<hexadecimal>``."""
        ...

    def blob(self, address: str) -> tuple[bytes, str]:
        """(content, media type) of an attachment."""
        ...

    def verify(self, progress: Progress = no_progress) -> Verified:
        """Check file structure, every payload digest, every hash, every head and fork point."""
        ...

    def backup(self, target: Path, progress: Progress = no_progress) -> Verified:
        """Copy the store while it is in use to a new file and verify the copy. Raises ``BadInput`` if it exists."""
        ...

    def close(self) -> None: ...
