"""A session as it leaves: a store for reading that holds the chosen part of it, redacted.

Whatever writes a file reads from here and from nowhere else, so that nothing can leave beside the redaction.
"""

from __future__ import annotations

from array import array
from dataclasses import replace
from typing import TYPE_CHECKING

from app.application.outgoing.cleaning import Cleaner
from app.application.outgoing.fact import EventFact
from app.application.outgoing.refusing import NothingStored
from app.domain import branches as lines
from app.domain.errors import NotFound, OutOfRange
from app.domain.events import ANALYST, SIDE_STREAMS
from app.domain.excerpts import Excerpt, concerns, excerpted
from app.domain.redaction.redaction import NO_REDACTION
from app.domain.sessions import SessionSummary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from app.application.ports import EventColumns, EventStore
    from app.domain.branches import Branch, Segment
    from app.domain.events import Event
    from app.domain.redaction.redaction import Redaction
    from app.domain.sessions import SessionHeader


class OutgoingView(NothingStored):
    """One session of a store; positions of branches are those of the store, those of side streams are counted anew.

    ``names`` are the names that branches have now; they are used where the analyst's stream, which tells them, does
    not go along. ``unchosen`` are the branches and side streams of the store that are not handed on, under their own
    ids and names. Raises BadInput where nothing of the session would be left.
    """

    def __init__(
        self,
        store: EventStore,
        session: str,
        excerpt: Excerpt | None = None,
        redaction: Redaction = NO_REDACTION,
        names: Mapping[str, str] | None = None,
    ) -> None:
        self._store, self.excerpt, self.redaction = store, excerpt or Excerpt(), redaction
        self.location, self.uid = store.location, store.uid
        self._cleaner = Cleaner(redaction, session)
        stored = store.branches(session)
        cut = excerpted(stored, self.excerpt)
        self._heads = heads = {one.id: one.head for one in cut if one.kind not in SIDE_STREAMS}
        known = frozenset(one.id for one in stored)
        self._side: dict[str, array[int]] = {}
        self._branches: dict[str, Branch] = {}
        self._inner: dict[str, str] = {}
        for one in cut:
            inner = one.id
            if one.kind in SIDE_STREAMS:
                chosen = one.kind in self.excerpt.streams
                positions = self._told(inner, heads, known) if chosen else array("q")
                if positions is not None:
                    self._side[inner] = positions
                    one = replace(one, head=len(positions))  # noqa: PLW2901 - the same stream, shorter
            elif names and ANALYST not in self.excerpt.streams:
                one = replace(one, name=names.get(inner, one.name))  # noqa: PLW2901 - the same branch
            if not self._keeps_hashes(inner):
                one = replace(one, fork_hash="")  # noqa: PLW2901 - whoever writes hashes works them out
            made = self._cleaner.branch(one)
            self._branches[made.id], self._inner[made.id] = made, inner
        self._header = self._cleaner.header(store.header(session))
        handed_on = {one.id for one in cut if one.kind not in SIDE_STREAMS or one.kind in self.excerpt.streams}
        self.unchosen = tuple(one for one in stored if one.id not in handed_on)
        self._stored_heads = {one.id: one.head for one in stored}
        self.stored_events = sum(one.own_events for one in stored)

    @property
    def session(self) -> str:
        """The id under which the session leaves."""
        return self._header.id

    @property
    def events(self) -> int:
        """How many events are handed on."""
        return sum(one.own_events for one in self._branches.values())

    def stored_head(self, branch: str) -> int:
        """Where the branch ends in the store."""
        return self._stored_heads[self._inner[branch]]

    def keeps_hashes(self, branch: str) -> bool:
        """Whether all events of a branch leave as they are stored, so that their hashes still hold."""
        return self._keeps_hashes(self._inner[branch])

    def _keeps_hashes(self, inner: str) -> bool:
        if self.redaction.is_on or inner in self._side:
            return False
        return self.excerpt.first <= 1 or inner not in self._heads

    def outgoing_branch(self, branch: str) -> str:
        """The id under which a branch of the store leaves. Raises NotFound when it does not."""
        made = self._cleaner.branch_id(branch)
        if made not in self._branches:
            name = self._store.branch(branch).name
            raise NotFound(f"nothing of branch {name} lies in what is handed on")
        return made

    def nearest(self, branch: str) -> str:
        """The id under which a branch of the store leaves, or the nearest of its ancestors that does."""
        while (made := self._cleaner.branch_id(branch)) not in self._branches:
            branch = self._store.branch(branch).parent or ""
        return made

    def _told(self, stream: str, heads: Mapping[str, int], known: frozenset[str]) -> array[int] | None:
        """Positions of the side stream's events that are handed on; None for all."""
        if self.excerpt.is_whole:
            return None
        told = array("q")
        count = 0
        for event in self._store.iterate(stream):
            count += 1
            if concerns(event, heads, known, self.excerpt):
                told.append(event.position)
        return None if len(told) == count else told

    # --- what there is

    def sessions(self) -> tuple[SessionSummary, ...]:
        main = self.branches(self.session)[0]
        started = next((event.time for event in self.iterate(main.id) if event.time is not None), None)
        count = sum(one.kind not in SIDE_STREAMS for one in self._branches.values())
        return (SessionSummary(header=self._header, started=started, events=main.head, branches=count),)

    def header(self, session: str) -> SessionHeader:
        if session != self.session:
            raise NotFound(f"session {session} is not handed on")
        return self._header

    def header_hash(self, session: str) -> str:
        """Empty where the stored one does not hold any more."""
        return "" if self.redaction.is_on else self._store.header_hash(session)

    def branches(self, session: str) -> tuple[Branch, ...]:
        self.header(session)
        return tuple(self._branches.values())

    def made_as(self, session: str, name: str) -> Branch | None:
        return next((one for one in self.branches(session) if one.name == name), None)

    def branch(self, branch: str) -> Branch:
        if branch not in self._branches:
            raise NotFound(f"branch {branch} is not among those that are handed on")
        return self._branches[branch]

    def lineage(self, branch: str) -> tuple[Segment, ...]:
        return lines.lineage(self.branch(branch), self._branches)

    # --- events

    def iterate(self, branch: str, first: int = 1, last: int | None = None) -> Iterator[Event]:
        head, inner = self.branch(branch).head, self._inner[branch]
        last = head if last is None else min(last, head)
        if inner in self._side:
            yield from self._read_side(branch, max(first, 1), last)
            return
        for event in self._store.iterate(inner, first, last):
            yield self._cleaned(event)

    def read(self, branch: str, first: int, last: int) -> tuple[Event, ...]:
        head, inner = self.branch(branch).head, self._inner[branch]
        if inner in self._side:
            return tuple(self._read_side(branch, max(first, 1), min(last, head)))
        return tuple(map(self._cleaned, self._store.read(inner, first, min(last, head))))

    def _read_side(self, branch: str, first: int, last: int) -> Iterator[Event]:
        inner = self._inner[branch]
        for position in range(first, last + 1):
            (event,) = self._store.events_at(inner, (self._side[inner][position - 1],))
            yield replace(self._cleaned(event), position=position)

    def _cleaned(self, event: Event) -> Event:
        before = event.position < self.excerpt.first and event.branch in self._heads
        return self._cleaner.event(event, before_range=before)

    def events_at(self, branch: str, positions: Sequence[int]) -> tuple[Event, ...]:
        head, inner = self.branch(branch).head, self._inner[branch]
        for position in positions:
            if not 1 <= position <= head:
                raise OutOfRange(f"branch {self.branch(branch).name} has {head} events; there is no event {position}")
        if inner in self._side:
            return tuple(event for one in positions for event in self._read_side(branch, one, one))
        return tuple(map(self._cleaned, self._store.events_at(inner, positions)))

    def facts_at(self, branch: str, positions: Sequence[int]) -> Iterator[EventFact]:
        head = self.branch(branch).head
        for position in positions:
            if 1 <= position <= head:
                yield from map(EventFact, self.events_at(branch, (position,)))

    def locate(self, session: str, event_id: str) -> tuple[tuple[str, int], ...]:
        found: list[tuple[str, int]] = []
        for branch in self.branches(session):
            own = self.iterate(branch.id, branch.fork_position + 1)
            found += ((branch.id, event.position) for event in own if event.id == event_id)
        return tuple(found)

    def hash_at(self, branch: str, position: int) -> str:
        return self._store.hash_at(self._inner[branch], position) if self.keeps_hashes(branch) else ""

    def salt_at(self, branch: str, position: int) -> bytes:
        return self._store.salt_at(self._inner[branch], position) if self.keeps_hashes(branch) else b""

    def salts(self, branch: str, first: int, last: int) -> Sequence[bytes]:
        return self._store.salts(self._inner[branch], first, last) if self.keeps_hashes(branch) else ()

    def columns(self, branch: str, first: int = 1, last: int | None = None) -> EventColumns:
        head = self.branch(branch).head
        found = self._store.columns(self._inner[branch], first, head if last is None else min(last, head))
        return replace(found, type_names=tuple(map(self._cleaner.event_type, found.type_names)))

    def blob(self, address: str) -> tuple[bytes, str]:
        """Attachments cannot be redacted, so none leaves with a redaction."""
        if self.redaction.is_on:
            raise NotFound(f"attachment {address} does not leave with a redaction")
        return self._store.blob(address)

    def close(self) -> None:
        """The store stays open for others."""
