"""A mapping as a file format: what it makes of a source, session by session."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.adapters.files import drafting
from app.adapters.files.mapped.databases import server_rows
from app.adapters.files.mapped.recognising import has_columns
from app.adapters.files.mapped.sources import kind_of, source_rows
from app.adapters.files.message_tree import TreeNode, plan, write_tree
from app.adapters.files.settled_copy import LARGEST_COPY, has_log, is_copied
from app.domain.errors import BadInput
from app.domain.mapping.applying import belonging, outcomes
from app.domain.vocabulary import MESSAGE_POSTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from app.application.ports import ImportNotes, SessionDraft
    from app.domain.mapping.mapping import RecordMapping
    from app.domain.mapping.rules import MappedEvent
    from app.domain.mapping.sample import SourceRow

MOST_EVENTS: Final = 3_000_000
"""They are sorted to their sessions in memory."""


@dataclass(slots=True)
class _Gathered:
    """What belongs to one session so far."""

    title: str = ""
    subject: str = ""
    events: list[tuple[str, int, MappedEvent]] = field(default_factory=list)


class DatabaseFormat:
    """Reads a table or query of a database server as a mapping tells."""

    def __init__(self, mapping: RecordMapping, url: str) -> None:
        self._mapped, self._url = MappedFormat(mapping), url
        self.name, self.title = self._mapped.name, self._mapped.title

    def recognises(self, head: bytes) -> bool:  # noqa: ARG002 - a server has no head
        return False

    def read(self, path: Path, notes: ImportNotes) -> Iterator[SessionDraft]:
        """``path`` is only what the source is called."""
        try:
            rows = server_rows(self._url, self._mapped.mapping.source)
            yield from self._mapped.sessions(rows, path.name, notes, is_numbered=False)
        except BadInput as error:
            notes.quarantine(None, str(error))


class MappedFormat:
    """Reads sources as a mapping tells."""

    def __init__(self, mapping: RecordMapping) -> None:
        self.mapping = mapping
        self.name = "mapping-" + (re.sub(r"\W+", "-", mapping.name.casefold()).strip("-") or "unnamed")
        self.title = mapping.name

    def recognises(self, head: bytes) -> bool:  # noqa: ARG002 - a table of a database does not show in a head
        """Never by a head alone; ``recognises_file`` looks further."""
        return False

    def recognises_file(self, path: Path) -> bool:
        """Whether a source has all the columns (or members) by which the mapping knows its own. Raises OSError."""
        return has_columns(path, self.mapping)

    def read(self, path: Path, notes: ImportNotes) -> Iterator[SessionDraft]:
        try:
            rows = source_rows(path, self.mapping.source)
            is_database = kind_of(path) == "sqlite"
            if is_database and has_log(path) and not is_copied(path):
                limit = f"{LARGEST_COPY // 1024**3} GiB"
                notes.missed(
                    f"{self.name}: newest rows, which lie in the database's log (-wal); both together are larger than"
                    f" {limit}: close the program that has it open and import again"
                )
            yield from self.sessions(rows, path.name, notes, is_numbered=not is_database)
        except BadInput as error:
            notes.quarantine(None, str(error))

    def sessions(
        self, rows: Iterable[SourceRow], name: str, notes: ImportNotes, *, is_numbered: bool
    ) -> Iterator[SessionDraft]:
        """The sessions of rows; ``name`` is the only one's where the mapping tells none apart.

        ``is_numbered``: a row has the same number whenever the source is read. Rows of databases have not; without
        an id they are known by what they hold.
        """
        gathered = self._gathered(rows, name, notes, is_numbered=is_numbered)
        if not gathered:
            notes.quarantine(None, "no record made an event")
        for session in list(gathered):
            yield self._draft(session, gathered.pop(session), notes)

    def _gathered(
        self, rows: Iterable[SourceRow], name: str, notes: ImportNotes, *, is_numbered: bool
    ) -> dict[str, _Gathered]:
        one_each = not self.mapping.session.id and any(rule.each for rule in self.mapping.events)
        gathered: dict[str, _Gathered] = {}
        count = 0
        for row in rows:
            notes.saw("records")
            if row.problem:
                notes.quarantine(row.line, row.problem)
                continue
            try:
                told = belonging(self.mapping, row.record)
            except BadInput as error:
                notes.quarantine(row.line, str(error))
                continue
            session = told.session or (drafting.fingerprint(row.record) if one_each else name)
            found = gathered.setdefault(session, _Gathered())
            found.title, found.subject = found.title or told.title, found.subject or told.subject
            count += self._add(found, row, notes, is_numbered=is_numbered)
            if count > MOST_EVENTS:
                raise BadInput(f"the source makes more than {MOST_EVENTS:,} events; import it in parts")
        return {session: one for session, one in gathered.items() if one.events}

    def _add(self, found: _Gathered, row: SourceRow, notes: ImportNotes, *, is_numbered: bool) -> int:
        made = 0
        named = f"r{row.line}" if is_numbered else drafting.fingerprint(row.record)
        for outcome in outcomes(self.mapping, row.record):
            if outcome.problem:
                notes.quarantine(row.line, outcome.problem)
            elif outcome.event is None:
                notes.missed(f"{self.name}: records that no rule of the mapping takes")
            else:
                part = outcome.event.id or (f"{named}.{outcome.part}" if outcome.part else named)
                found.events.append((part, row.line if is_numbered else 0, outcome.event))
                made += 1
        return made

    def _draft(self, session: str, found: _Gathered, notes: ImportNotes) -> SessionDraft:
        if self.mapping.session.ordered:
            _put_in_order(found.events)
        writer = drafting.SessionWriter(drafting.source_of(self.name), session, subject=found.subject or None)
        timeless = sum(event.time is None for _, _, event in found.events)
        if timeless:
            notes.missed(f"{self.name}: times", timeless)
        is_tree = any(event.parent for _, _, event in found.events)
        if is_tree:
            self._write_tree(writer, found, notes)
        else:
            for turn, (part, line, event) in enumerate(found.events):
                _write(writer, part, line, event, turn)
        title = found.title or _said_first(found.events) or session
        return writer.draft(drafting.shortened(title), continues=not is_tree)

    def _write_tree(self, writer: drafting.SessionWriter, found: _Gathered, notes: ImportNotes) -> None:
        nodes: list[TreeNode] = []
        by_id: dict[str, tuple[str, int, MappedEvent]] = {}
        before: str | None = None
        for part, line, event in found.events:
            node = event.id or f"\0{part}"
            nodes.append(TreeNode(node, event.parent or (None if event.id else before)))
            by_id.setdefault(node, (part, line, event))
            before = node
        planned = plan(nodes)
        for lost, why in (
            (planned.orphans, "answers something that is not there; it begins a branch of its own"),
            (planned.cyclic, "follows from itself; it was left out"),
            (planned.repeated, "occurs a second time; the first was taken"),
        ):
            for node in lost:
                part, line, _ = by_id[node]
                notes.quarantine(line, f"{part} {why}")
        write_tree(writer, planned, lambda node, depth: _write(writer, *by_id[node], depth), lambda line: line.leaf)


def _write(writer: drafting.SessionWriter, part: str, line: int, event: MappedEvent, turn: int) -> None:
    data = {**event.data, "turn": turn, **({"row": line} if line else {})}
    if event.type == MESSAGE_POSTED:
        data.setdefault("message_id", part)
    writer.add(event.type, event.actor, data, part=part, time=event.time)


def _put_in_order(events: list[tuple[str, int, MappedEvent]]) -> None:
    """By time; one without stays behind the one that it stood behind."""
    last = -(2**63)
    keyed = []
    for number, one in enumerate(events):
        last = one[2].time if one[2].time is not None else last
        keyed.append((last, number, one))
    keyed.sort(key=lambda found: found[:2])
    events[:] = [one for _, _, one in keyed]


def _said_first(events: Iterable[tuple[str, int, MappedEvent]]) -> str:
    return next((text for _, _, event in events if isinstance(text := event.data.get("text"), str) and text), "")
