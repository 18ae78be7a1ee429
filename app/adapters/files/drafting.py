"""Sessions in the making: ids that follow from the source, events in order, bad records into the notes."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from uuid import NAMESPACE_URL, uuid5

import msgspec

from app.adapters.files import strict_json
from app.adapters.files.json_records import JSON_ERRORS, explain, records
from app.application.ports import BranchDraft, SessionDraft
from app.domain.errors import BadInput
from app.domain.events import ANALYST, DERIVED, MAIN, NewEvent
from app.domain.sessions import SessionHeader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from app.adapters.files.records import Record
    from app.application.ports import ImportNotes

LARGEST_INTEGER: Final = 2**53 - 1
"""The largest whole number that every JSON reader takes for the same number (RFC 8785)."""
TITLE_LENGTH: Final = 72
BRANCH_NAME_LENGTH: Final = 40

_sorted: Final = msgspec.json.Encoder(order="sorted")


def source_of(format_name: str) -> str:
    return f"urn:branchline:format:{format_name}"


def session_id(source: str, external_id: str) -> str:
    """The same for the same thing, whenever and from whichever file it is imported."""
    return str(uuid5(NAMESPACE_URL, f"{source}:{external_id}"))


def fingerprint(value: Any, length: int = 12) -> str:
    """A short hash of a JSON value's content, for what has no id of its own."""
    return blake2b(_sorted.encode(value), digest_size=32).hexdigest()[:length]


def shortened(text: str, length: int = TITLE_LENGTH) -> str:
    """One line of at most ``length`` characters, cut between words."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    cut = line[: length - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,.;:") + "…"


def storable(value: Any) -> Any:
    """The value with whole numbers that JSON readers disagree about as text; itself when there are none.

    1.0 becomes 1, which is how it is stored anyway, and much quicker to write.
    """
    kind = type(value)
    if kind is str:
        return value
    if kind is dict:
        changed = {key: storable(one) for key, one in value.items()}
        return changed if any(changed[key] is not value[key] for key in value) else value
    if kind is list:
        items = [storable(one) for one in value]
        return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
    if kind is float:
        return int(value) if value.is_integer() and abs(value) <= LARGEST_INTEGER else value
    if kind is int and abs(value) > LARGEST_INTEGER:
        return str(value)
    return value


class Mark(NamedTuple):
    """A place on a line of a session in the making: the stream that owns its last event, and that event's position."""

    stream: str
    position: int


class SessionWriter:
    """Collects the events of one session; an event's id is the session's, what it belongs to, and a count.

    Events go to ``main`` until ``fork`` begins a branch.
    """

    def __init__(self, source: str, external_id: str, *, subject: str | None = None) -> None:
        self.source, self.external_id, self.subject = source, external_id, subject
        self.id = session_id(source, external_id)
        self._events: list[tuple[str, NewEvent]] = []
        self._counts: dict[str, int] = {}
        self._branches: dict[str, BranchDraft] = {}
        self._names = {MAIN, ANALYST, DERIVED}
        self._at = Mark(MAIN, 0)

    def add(
        self,
        kind: str,
        actor: str,
        data: Mapping[str, Any],
        *,
        part: str,
        time: int | None = None,
        cause: str | None = None,
    ) -> str:
        """Add an event that belongs to ``part`` of the source (``t3``: turn 3); returns its id."""
        count = self._counts[part] = self._counts.get(part, 0) + 1
        event_id = f"{self.external_id}/{part}/{count}"
        event = NewEvent(
            id=event_id,
            source=self.source,
            type=kind,
            data=storable(data),
            actor=actor,
            subject=self.subject,
            time=time,
            causation_id=cause,
        )
        self._events.append((self._at.stream, event))
        self._at = Mark(self._at.stream, self._at.position + 1)
        return event_id

    def mark(self) -> Mark:
        """Where the next event would follow."""
        return self._at

    def fork(self, after: Mark, *, key: str, name: str) -> None:
        """Begin a branch behind ``after``; ``key`` is the same whenever the same branch is imported again."""
        while (left := self._branches.get(after.stream)) is not None and left.parent is not None:
            if after.position > left.fork_position:
                break
            after = Mark(left.parent, left.fork_position)  # a branch without events of its own may be left out
        branch_id = session_id(self.id, key)
        if branch_id in self._branches:
            raise BadInput(f"branch {key} occurs a second time")
        self._branches[branch_id] = BranchDraft(
            id=branch_id,
            name=self._free_name(shortened(name, BRANCH_NAME_LENGTH) or "branch"),
            kind="branch",
            parent=after.stream,
            fork_position=after.position,
        )
        self._at = Mark(branch_id, after.position)

    def draft(self, title: str, *, continues: bool = False, joins: bool = False) -> SessionDraft:
        """The session; the flags are those of ``SessionDraft``. Branches without events of their own are left out."""
        header = SessionHeader(
            id=self.id,
            title=title,
            source=self.source,
            external_id=self.external_id,
            subject=self.subject,
        )
        used = {stream for stream, _ in self._events}
        branches = tuple(branch for branch in self._branches.values() if branch.id in used)
        return SessionDraft(
            header=header, events=tuple(self._events), branches=branches, continues=continues, joins=joins
        )

    def _free_name(self, wished: str) -> str:
        name, number = wished, 1
        while name in self._names:
            number += 1
            name = f"{wished} ({number})"
        self._names.add(name)
        return name


def drafts(path: Path, notes: ImportNotes, build: Callable[[bytes], SessionDraft]) -> Iterator[SessionDraft]:
    """The sessions of a JSON file whose records ``build`` turns into one each; it raises any of ``JSON_ERRORS``."""
    return _drafts(path, notes, lambda raw, _: build(raw), strict_json.DEEPEST)


def drafts_of_values(
    path: Path, notes: ImportNotes, build: Callable[[Any], SessionDraft], *, deepest: int = strict_json.DEEPEST
) -> Iterator[SessionDraft]:
    """The same for a ``build`` that takes a record's value, nested up to ``deepest`` levels."""
    return _drafts(path, notes, lambda _, value: build(value), deepest)


def _drafts(
    path: Path, notes: ImportNotes, build: Callable[[bytes, Any], SessionDraft], deepest: int
) -> Iterator[SessionDraft]:
    lines: dict[str, int] = {}
    found = False
    try:
        for record in records(path):
            found = True
            draft = _built(record, notes, build, deepest)
            if draft is None:
                continue
            if (earlier := lines.get(draft.header.id)) is not None:
                reason = f"{draft.header.external_id} occurs a second time; the one on line {earlier} was taken"
                notes.quarantine(record.line, reason)
                continue
            lines[draft.header.id] = record.line
            yield draft
    except JSON_ERRORS as error:
        notes.quarantine(None, explain(error))
        return
    if not found:
        notes.quarantine(None, "the file holds no session")


def _built(
    record: Record, notes: ImportNotes, build: Callable[[bytes, Any], SessionDraft], deepest: int
) -> SessionDraft | None:
    reason = record.problem
    if reason is None:
        try:
            return build(record.raw, strict_json.decode(record.raw, deepest))
        except JSON_ERRORS as error:
            reason = explain(error)
    place = "" if record.entry is None else f"entry {record.entry} of the list: "
    notes.quarantine(record.line, place + reason)
    return None
