"""An event store in memory, written to be read: lists and dictionaries, no cleverness; passes the store's contract."""

from __future__ import annotations

import hashlib
import threading
from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from app.adapters.store.canonical import canonical
from app.adapters.store.chain import EventHeader, next_hash, payload_digest, session_hash
from app.adapters.store.records import prepare
from app.application.ports import (
    MISSING_TIME,
    Appended,
    BranchDraft,
    Brief,
    Clock,
    EventColumns,
    Progress,
    SessionDraft,
    Stored,
    Verified,
    no_progress,
)
from app.domain.branches import Branch, Segment, clip, lineage
from app.domain.errors import BadInput, EventConflict, NotFound, OutOfRange, WrongPosition
from app.domain.events import Event, NewEvent
from app.domain.sessions import SessionHeader, SessionSummary
from app.domain.vocabulary import UPCASTERS, Upcasters, default_classification, lane_of


@dataclass
class _Stream:
    branch: Branch
    events: list[Event] = field(default_factory=list)
    salts: list[bytes] = field(default_factory=list)

    @property
    def end(self) -> tuple[int, str]:
        if self.events:
            return self.events[-1].position, self.events[-1].hash
        return self.branch.fork_position, self.branch.fork_hash

    def now(self) -> Branch:
        return replace(self.branch, head=self.end[0])

    def copy(self) -> _Stream:
        return _Stream(self.branch, list(self.events), list(self.salts))


class _Fact:
    """An event as folds see it."""

    def __init__(self, event: Event) -> None:
        self.position, self.id, self.type, self.time = event.position, event.id, event.type, event.time
        self.causation_id, self.data = event.causation_id, event.data

    def member(self, name: str) -> object:
        return self.data.get(name)

    def some(self, names: tuple[str, ...]) -> Mapping[str, object]:
        return {name: self.data[name] for name in names if name in self.data}


class MemoryEventStore:
    location = "memory"
    uid = "00000000-0000-7000-8000-000000000000"
    read_only = False

    def __init__(self, clock: Clock, upcasters: Upcasters = UPCASTERS) -> None:
        self._clock = clock
        self._upcasters = upcasters
        self._lock = threading.RLock()
        self._sessions: dict[str, SessionHeader] = {}
        self._streams: dict[str, _Stream] = {}
        self._identities: dict[tuple[str, str], Event] = {}
        self._blobs: dict[str, tuple[bytes, str]] = {}
        self._last: int | None = None

    # --- writing

    @contextmanager
    def _all_or_nothing(self) -> Iterator[int]:
        with self._lock:
            streams = {name: stream.copy() for name, stream in self._streams.items()}
            before = dict(self._sessions), streams, dict(self._identities), self._last
            try:
                now = self._clock.now()
                yield now if self._last is None else max(now, self._last + 1)
            except BaseException:
                self._sessions, self._streams, self._identities, self._last = before
                raise

    def store_session(self, draft: SessionDraft, progress: Progress = no_progress) -> Stored:
        session = draft.header.id
        with self._all_or_nothing() as now:
            is_new = session not in self._sessions
            if is_new:
                self._add_session(replace(draft.header, created_at=draft.header.created_at or now))
            ids = {name: f"{session}/{name}" for name in ("main", "analyst", "derived")}
            awaited = {branch.id: branch for branch in draft.branches}
            seen: dict[str, int] = {}
            added = duplicates = promises = 0
            for name, event in draft.events:
                while name in awaited:
                    self._draft_branch(session, awaited.pop(next(iter(awaited))), now, ids)
                stream = self._stream(ids.get(name, name))
                if stream.branch.session != session:
                    raise BadInput(f"branch {name} belongs to another session")
                known = self._known(stream, event)
                if known is None:
                    expected = seen.get(stream.branch.id, stream.branch.fork_position)
                    if expected != stream.end[0]:
                        raise WrongPosition(stream.branch.id, expected, stream.end[0])
                    known = self._put(stream, event, now)
                    added += 1
                else:
                    duplicates += 1
                seen[stream.branch.id] = known.position
                promised = draft.hashes.get((name, known.position))
                if promised not in (None, known.hash):
                    raise BadInput(f"the hash of event {known.position} of {name} does not match")
                promises += promised is not None
            for branch in list(awaited.values()):
                is_new |= self._draft_branch(session, branch, now, ids)
            for content, media_type in draft.attachments:
                self.put_blob(content, media_type)
            if promises != len(draft.hashes):
                raise BadInput("hashes are promised of events that are not there")
            if is_new or added:
                self._last = max(now, self._last or now)
            progress(added + duplicates, None, "storing events")
            return Stored(session, added, duplicates)

    def append(self, branch: str, events: Sequence[NewEvent], *, expected: int | None) -> Appended:
        for event in events:
            prepare(event)
        with self._all_or_nothing() as now:
            stream = self._stream(branch)
            head = stream.end[0]
            positions = []
            duplicates = 0
            for event in events:
                known = self._known(stream, event)
                duplicates += known is not None
                if known is None:
                    if expected not in (None, head):
                        raise WrongPosition(branch, expected, head)
                    known = self._put(stream, event, now)
                positions.append(known.position)
            if len(events) > duplicates:
                self._last = max(now, self._last or now)
            return Appended(tuple(positions), duplicates, stream.end[0])

    def fork(self, parent: str, at: int, *, branch_id: str, name: str) -> Branch:
        with self._all_or_nothing() as now:
            branch = self._add_branch(self._stream(parent).now(), at, branch_id, name, now)
            self._last = now
            return branch

    def put_blob(self, content: bytes, media_type: str) -> str:
        address = "blake2b-256:" + hashlib.blake2b(content, digest_size=32).hexdigest()
        self._blobs.setdefault(address, (content, media_type))
        return address

    def _add_session(self, header: SessionHeader) -> None:
        self._sessions[header.id] = header
        for name in ("main", "analyst", "derived"):
            kind = "branch" if name == "main" else name
            self._add_stream(header, f"{header.id}/{name}", name, kind, None, 0, session_hash(header).hex())

    def _add_stream(
        self, header: SessionHeader, stream_id: str, name: str, kind: str, parent: str | None, at: int, start: str,
        created_at: int | None = None,
    ) -> Branch:  # fmt: skip
        branch = Branch(
            id=stream_id, session=header.id, name=name, kind=kind, parent=parent, fork_position=at, fork_hash=start,
            head=at, created_at=created_at or header.created_at or 0,
        )  # fmt: skip
        self._streams[stream_id] = _Stream(branch)
        return branch

    def _draft_branch(self, session: str, draft: BranchDraft, now: int, ids: Mapping[str, str]) -> bool:
        """Add a draft's branch unless it is there; whether it was added."""
        is_new = draft.id not in self._streams
        if is_new:
            parent = self._stream(ids.get(draft.parent or "", draft.parent or "")).now()
            self._add_branch(parent, draft.fork_position, draft.id, draft.name, draft.created_at or now)
        if draft.fork_hash not in (None, self._streams[draft.id].branch.fork_hash):
            raise BadInput(f"branch {draft.name} does not fit to event {draft.fork_position} of its parent")
        return is_new

    def _add_branch(self, parent: Branch, at: int, branch_id: str, name: str, now: int) -> Branch:
        siblings = [stream.branch for stream in self._streams.values() if stream.branch.session == parent.session]
        if parent.kind != "branch" or not name or not branch_id:
            raise BadInput("a branch needs an id, a name and a branch to start from")
        if any(branch.name == name for branch in siblings) or branch_id in self._streams:
            raise BadInput(f"session {parent.session} has a branch named {name} already")
        if not 0 <= at <= parent.head:
            raise OutOfRange(f"branch {parent.name} has {parent.head} events; there is no position {at}")
        start = self.hash_at(parent.id, at)
        return self._add_stream(self._sessions[parent.session], branch_id, name, "branch", parent.id, at, start, now)

    def _known(self, stream: _Stream, event: NewEvent) -> Event | None:
        """The stored event with this identity. Raises ``EventConflict`` when it is another one."""
        found = self._identities.get((event.source, event.id))
        if found is None:
            return None
        pairs = {
            "session": (found.session, stream.branch.session),
            "branch": (found.branch, stream.branch.id),
            "type": (found.type, event.type),
            "version": (found.version, event.version),
            "actor": (found.actor, event.actor),
            "time": (found.time, event.time),
            "data": (canonical(found.data), canonical(event.data)),
        }
        for difference, (left, right) in pairs.items():
            if left != right:
                raise EventConflict(event.source, event.id, difference)
        return found

    def _put(self, stream: _Stream, event: NewEvent, now: int) -> Event:
        prepared = prepare(event)
        branch, (head, previous) = stream.branch, stream.end
        recorded_at = now if event.recorded_at is None else event.recorded_at
        salt = event.salt or hashlib.blake2b(f"{event.source} {event.id}".encode(), digest_size=16).digest()
        classification = event.classification or default_classification(event.type)
        header = EventHeader(
            event.actor, branch.id, event.causation_id, classification, event.correlation_id, event.id, head + 1,
            str(recorded_at), branch.session, event.source, event.subject,
            None if event.time is None else str(event.time), event.type, event.version,
        )  # fmt: skip
        stored = Event(
            id=event.id, source=event.source, type=event.type, version=event.version, session=branch.session,
            branch=branch.id, position=head + 1, subject=event.subject, time=event.time, recorded_at=recorded_at,
            actor=event.actor, causation_id=event.causation_id, correlation_id=event.correlation_id,
            classification=classification, data=msgspec.json.decode(prepared.payload),
            hash=next_hash(bytes.fromhex(previous), header, payload_digest(salt, prepared.payload)).hex(),
        )  # fmt: skip
        stream.events.append(stored)
        stream.salts.append(salt)
        self._identities[event.source, event.id] = stored
        self._last = max(recorded_at, self._last or recorded_at)
        return stored

    # --- reading

    def sessions(self) -> tuple[SessionSummary, ...]:
        return tuple(self._summary(header) for header in reversed(self._sessions.values()))

    def _summary(self, header: SessionHeader) -> SessionSummary:
        main = self._stream(f"{header.id}/main")
        started = next((event.time for event in main.events if event.time is not None), None)
        branches = sum(branch.kind == "branch" for branch in self.branches(header.id))
        return SessionSummary(header=header, started=started, events=main.end[0], branches=branches)

    def header(self, session: str) -> SessionHeader:
        if session not in self._sessions:
            raise NotFound(f"there is no session {session}")
        return self._sessions[session]

    def header_hash(self, session: str) -> str:
        return session_hash(self.header(session)).hex()

    def branches(self, session: str) -> tuple[Branch, ...]:
        self.header(session)
        found = [stream.now() for stream in self._streams.values() if stream.branch.session == session]
        return tuple(sorted(found, key=lambda branch: ("branch", "analyst", "derived").index(branch.kind)))

    def made_as(self, session: str, name: str) -> Branch | None:
        made = (one.branch for one in self._streams.values())
        found = next((one.id for one in made if (one.session, one.name) == (session, name)), None)
        return None if found is None else self.branch(found)

    def branch(self, branch: str) -> Branch:
        return self._stream(branch).now()

    def lineage(self, branch: str) -> tuple[Segment, ...]:
        found = self.branch(branch)
        return lineage(found, {one.id: one for one in self.branches(found.session)})

    def read(self, branch: str, first: int, last: int) -> tuple[Event, ...]:
        return tuple(
            self._lifted(event)
            for part in clip(self.lineage(branch), first, last)
            for event in self._stream(part.owner).events
            if part.first <= event.position <= part.last
        )

    def iterate(self, branch: str, first: int = 1, last: int | None = None) -> Iterator[Event]:
        yield from self.read(branch, first, self.branch(branch).head if last is None else last)

    def events_at(self, branch: str, positions: Sequence[int]) -> tuple[Event, ...]:
        by_position = {event.position: event for event in self.iterate(branch)}
        for position in positions:
            if position not in by_position:
                raise OutOfRange(f"there is no event {position}")
        return tuple(by_position[position] for position in positions)

    def facts_at(self, branch: str, positions: Sequence[int]) -> Iterator[_Fact]:
        head = self.branch(branch).head
        for event in self.events_at(branch, [position for position in positions if 1 <= position <= head]):
            yield _Fact(event)

    def locate(self, session: str, event_id: str) -> tuple[tuple[str, int], ...]:
        known = self._identities.values()
        return tuple(
            (event.branch, event.position) for event in known if (event.session, event.id) == (session, event_id)
        )

    def hash_at(self, branch: str, position: int) -> str:
        if position == 0:
            return self.header_hash(self.branch(branch).session)
        return self.events_at(branch, [position])[0].hash

    def salt_at(self, branch: str, position: int) -> bytes:
        (event,) = self.events_at(branch, [position])
        owner = self._stream(event.branch)
        return owner.salts[position - owner.branch.fork_position - 1]

    def salts(self, branch: str, first: int, last: int) -> Sequence[bytes]:
        head = self.branch(branch).head
        return [self.salt_at(branch, position) for position in range(max(first, 1), min(last, head) + 1)]

    def columns(self, branch: str, first: int = 1, last: int | None = None) -> EventColumns:
        events = list(self.iterate(branch, first, last))
        names = {name: index for index, name in enumerate(dict.fromkeys(event.type for event in events))}
        return EventColumns(
            lanes=array("B", [lane_of(event.type, event.actor) for event in events]),
            types=array("H", [names[event.type] for event in events]),
            times=array("q", [MISSING_TIME if event.time is None else event.time for event in events]),
            type_names=tuple(names),
        )

    def recorded_after(self, number: int, limit: int) -> tuple[tuple[int, Event], ...]:
        events = list(self._identities.values())[number : number + limit]
        return tuple((one, self._lifted(event)) for one, event in enumerate(events, start=number + 1))

    def brief_after(self, number: int, limit: int) -> tuple[Brief, ...]:
        return tuple(
            Brief(one, **{name: getattr(event, name) for name in Brief._fields[1:]})
            for one, event in self.recorded_after(number, limit)
        )

    def recorded_count(self) -> int:
        return len(self._identities)

    def last_recorded(self) -> int | None:
        return self._last

    def blob(self, address: str) -> tuple[bytes, str]:
        if address not in self._blobs:
            raise NotFound(f"there is no attachment {address}")
        return self._blobs[address]

    def verify(self, progress: Progress = no_progress) -> Verified:
        return Verified(sum(len(stream.events) for stream in self._streams.values()), ())

    def backup(self, target: Path, progress: Progress = no_progress) -> Verified:
        if target.exists():
            raise BadInput(f"{target} exists already")
        target.write_bytes(msgspec.json.encode([header.id for header in self._sessions.values()]))
        return self.verify()

    def close(self) -> None:
        """Nothing is held open."""

    def _stream(self, stream_id: str) -> _Stream:
        if stream_id not in self._streams:
            raise NotFound(f"there is no branch {stream_id}")
        return self._streams[stream_id]

    def _lifted(self, event: Event) -> Event:
        version, data = self._upcasters.lift(event.type, event.version, event.data)
        return replace(event, version=version, data=data)
