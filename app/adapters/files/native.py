"""Branchline's own JSONL: sessions come back with all branches, side streams and the very same hashes.

A session is read twice: once to see that it is whole, and again, line by line, while the store takes its events, so
that a session of a million events never lies in memory. A damaged line refuses its session; the others come in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.adapters.files import bytes_in
from app.adapters.files.json_records import JSON_ERRORS, explain
from app.adapters.files.json_shape import key_paths
from app.adapters.files.native_lines import BranchLine, EventOutline, HeaderLine, parse, parse_event
from app.application.ports import BranchDraft, SessionDraft
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from app.application.ports import ImportNotes
    from app.domain.events import NewEvent
    from app.domain.sessions import SessionHeader


class NativeFormat:
    """Recognised by its first line."""

    name = "native"
    title = "Branchline sessions"

    def recognises(self, head: bytes) -> bool:
        paths = key_paths(head)
        return {"branchline", "session.id"} <= paths and head.lstrip().startswith(b"{")

    def read(self, path: Path, notes: ImportNotes) -> Iterator[SessionDraft]:
        try:
            yield from _Reading(path, notes).drafts()
        except BadInput as error:
            notes.quarantine(None, str(error))


@dataclass(slots=True)
class _Section:
    """What is known of a session while its lines are checked."""

    header: SessionHeader
    line: int
    branches: dict[str, BranchLine] = field(default_factory=dict)
    heads: dict[str, int] = field(default_factory=dict)
    first_event: int = 0
    events: int = 0

    def add_branch(self, branch: BranchLine) -> None:
        if branch.id in self.branches:
            raise BadInput(f"branch {branch.name} occurs a second time")
        if branch.parent is not None and branch.parent not in self.branches:
            raise BadInput(f"branch {branch.name} stands before the branch it was made from")
        if not 0 <= branch.fork_position <= branch.head:
            raise BadInput(f"branch {branch.name} ends before it begins")
        branch.created  # noqa: B018 - raises when it is no time
        self.branches[branch.id] = branch
        self.heads[branch.id] = branch.fork_position

    def add_event(self, line: EventOutline, offset: int) -> None:
        if line.session != self.header.id:
            raise BadInput(f"event {line.id} belongs to another session")
        if line.branch_id not in self.branches:
            raise BadInput(f"event {line.id} is on a branch that the session does not have")
        expected = self.heads[line.branch_id] + 1
        if line.position != expected:
            raise BadInput(f"event {line.id} has position {line.position} where {expected} should come")
        line.check()
        self.heads[line.branch_id] = expected
        self.first_event = self.first_event if self.events else offset
        self.events += 1

    @property
    def missing(self) -> int:
        return sum(branch.head - self.heads[branch.id] for branch in self.branches.values())


class _Reading:
    """Finds the sessions of one file."""

    def __init__(self, path: Path, notes: ImportNotes) -> None:
        self._path, self._notes = path, notes
        self._section: _Section | None = None

    def drafts(self) -> Iterator[SessionDraft]:
        for line in bytes_in.lines(self._path):
            if line.content is not None and not line.content.strip():
                continue
            try:
                if line.content is None:
                    raise BadInput(bytes_in.too_long())
                parsed = parse(line.content)
                if isinstance(parsed, HeaderLine):
                    yield from self._finished()
                    self._section = _Section(parsed.session.header(), line.number)
                else:
                    self._add(parsed, line.offset)
            except JSON_ERRORS as error:
                yield from self._spoiled(line.number, explain(error))
        yield from self._finished()

    def _add(self, parsed: BranchLine | EventOutline, offset: int) -> None:
        if self._section is None:
            return  # the rest of a session that was refused
        if isinstance(parsed, BranchLine):
            self._section.add_branch(parsed)
        else:
            self._section.add_event(parsed, offset)

    def _spoiled(self, number: int, reason: str) -> Iterator[SessionDraft]:
        """A bad line: it spoils the session it stands in, but not one that is complete already."""
        section, self._section = self._section, None
        if section is not None and section.branches and not section.missing:
            yield self._draft(section)
            section = None
        named = f"session {section.header.title}: " if section is not None else ""
        self._notes.quarantine(number, named + reason)

    def _finished(self) -> Iterator[SessionDraft]:
        section, self._section = self._section, None
        if section is None:
            return
        if section.missing or not section.branches:
            what = f"{section.missing} of its events are missing" if section.branches else "it has no branches"
            reason = f"session {section.header.title}: {what}; the file breaks off"
            self._notes.quarantine(section.line, reason)
            return
        yield self._draft(section)

    def _draft(self, section: _Section) -> SessionDraft:
        streams = {branch.id: branch.stream for branch in section.branches.values()}
        hashes: dict[tuple[str, int], str] = {}
        return SessionDraft(
            header=section.header,
            events=_events(self._path, section, streams, hashes),
            branches=tuple(
                BranchDraft(
                    id=branch.id,
                    name=branch.name,
                    kind=branch.kind,
                    parent=streams[branch.parent],
                    fork_position=branch.fork_position,
                    created_at=branch.created,
                    fork_hash=branch.fork_hash,
                )
                for branch in section.branches.values()
                if branch.parent is not None
            ),
            hashes=hashes,
        )


def _events(
    path: Path, section: _Section, streams: Mapping[str, str], hashes: dict[tuple[str, int], str]
) -> Iterator[tuple[str, NewEvent]]:
    """The events once more; each one's promised hash is in ``hashes`` before it is handed on."""
    left = section.events
    if not left:
        return
    with path.open("rb") as file:
        file.seek(section.first_event)
        while left:
            content = file.readline()
            if not content:
                raise BadInput("the file became shorter while it was read")
            if not content.strip():
                continue
            try:
                line = parse_event(content)
            except JSON_ERRORS as error:
                raise BadInput(f"event {section.events - left + 1} of the file: {explain(error)}") from error
            left -= 1
            stream = streams[line.branch_id]
            hashes[stream, line.position] = line.hash
            yield stream, line.event()
