"""Sessions in the making: ids that follow from the source, events in order, bad records into the notes."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final
from uuid import NAMESPACE_URL, uuid5

import msgspec

from app.adapters.files.json_records import JSON_ERRORS, explain, records
from app.application.ports import Quarantined, SessionDraft
from app.domain.events import MAIN, NewEvent
from app.domain.sessions import SessionHeader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from app.adapters.files.json_records import Record
    from app.application.ports import ImportNotes

LARGEST_INTEGER: Final = 2**53 - 1
"""The largest whole number that every JSON reader takes for the same number (RFC 8785)."""
TITLE_LENGTH: Final = 72

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
    """The value with whole numbers that JSON readers disagree about as text; itself when there are none."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > LARGEST_INTEGER:
        return str(value)
    if isinstance(value, dict):
        changed = {key: storable(one) for key, one in value.items()}
        return changed if any(changed[key] is not value[key] for key in value) else value
    if isinstance(value, list):
        items = [storable(one) for one in value]
        return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
    return value


class SessionWriter:
    """Collects the events of one session; an event's id is the session's, what it belongs to, and a count."""

    def __init__(self, source: str, external_id: str, *, subject: str | None = None) -> None:
        self.source, self.external_id, self.subject = source, external_id, subject
        self._events: list[tuple[str, NewEvent]] = []
        self._counts: dict[str, int] = {}

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
        self._events.append((MAIN, event))
        return event_id

    def draft(self, title: str) -> SessionDraft:
        header = SessionHeader(
            id=session_id(self.source, self.external_id),
            title=title,
            source=self.source,
            external_id=self.external_id,
            subject=self.subject,
        )
        return SessionDraft(header=header, events=tuple(self._events))


def drafts(path: Path, notes: ImportNotes, build: Callable[[bytes], SessionDraft]) -> Iterator[SessionDraft]:
    """The sessions of a JSON file whose records ``build`` turns into one each; it raises any of ``JSON_ERRORS``."""
    lines: dict[str, int] = {}
    found = False
    try:
        for record in records(path):
            found = True
            draft = _built(path, record, notes, build)
            if draft is None:
                continue
            if (earlier := lines.get(draft.header.id)) is not None:
                reason = f"{draft.header.external_id} occurs a second time; the one on line {earlier} was taken"
                notes.quarantined.append(Quarantined(str(path), record.line, reason))
                continue
            lines[draft.header.id] = record.line
            yield draft
    except JSON_ERRORS as error:
        notes.quarantined.append(Quarantined(str(path), None, explain(error)))
        return
    if not found:
        notes.quarantined.append(Quarantined(str(path), None, "the file holds no session"))


def _built(
    path: Path, record: Record, notes: ImportNotes, build: Callable[[bytes], SessionDraft]
) -> SessionDraft | None:
    reason = record.problem
    if reason is None:
        try:
            return build(record.raw)
        except JSON_ERRORS as error:
            reason = explain(error)
    place = "" if record.entry is None else f"entry {record.entry} of the list: "
    notes.quarantined.append(Quarantined(str(path), record.line, place + reason))
    return None
