"""Branchline's own JSONL: sessions come back with all branches, side streams and the very same hashes.

Version 2 is read by ``native_cloud``, version 1 here. There a session is read twice: once to see that it is whole, and
again, line by line, while the store takes its events, so that a session of a million events never lies in memory. A
damaged line refuses its session; the others come in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.adapters.files import bytes_in
from app.adapters.files.json_records import JSON_ERRORS, explain
from app.adapters.files.json_shape import key_paths
from app.adapters.files.native_cloud import is_cloud, read_cloud
from app.adapters.files.native_lines import BranchLine, EventOutline, HeaderLine, parse, parse_event
from app.adapters.files.native_section import Promises, Section
from app.application.ports import SessionDraft
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.application.ports import ImportNotes
    from app.domain.events import NewEvent


class NativeFormat:
    """Recognised by its first line."""

    name = "native"
    title = "Branchline sessions"

    def recognises(self, head: bytes) -> bool:
        start = head.lstrip()
        return start.startswith(b"{") and (is_cloud(head) or {"branchline", "session.id"} <= key_paths(head))

    def read(self, path: Path, notes: ImportNotes) -> Iterator[SessionDraft]:
        try:
            drafts = read_cloud(path) if is_cloud(bytes_in.head_of(path)) else _Reading(path, notes).drafts()
            for draft in drafts:
                notes.saw("sessions")
                yield draft
        except BadInput as error:
            notes.quarantine(None, str(error))


class _Reading:
    """Finds the sessions of one file."""

    def __init__(self, path: Path, notes: ImportNotes) -> None:
        self._path, self._notes = path, notes
        self._section: Section | None = None

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
                    self._section = Section(parsed.session.header(), line.number)
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

    def _draft(self, section: Section) -> SessionDraft:
        hashes = Promises()
        return SessionDraft(
            header=section.header,
            events=_events(self._path, section, hashes),
            branches=section.branch_drafts(),
            hashes=hashes,
        )


def _events(path: Path, section: Section, hashes: Promises) -> Iterator[tuple[str, NewEvent]]:
    """The events once more; each one's promised hash is in ``hashes`` before it is handed on."""
    left, streams = section.events, section.streams
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
            hashes.promise(stream, line.position, line.hash)
            yield stream, line.event()
