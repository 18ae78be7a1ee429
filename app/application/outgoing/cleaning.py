"""Takes out of headers, branches and events what must not leave."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app.domain.vocabulary import EVENT_TYPES
from app.domain.withheld import is_kept, without_words

if TYPE_CHECKING:
    from app.application.ports import Redaction
    from app.domain.branches import Branch
    from app.domain.events import Event
    from app.domain.sessions import SessionHeader

_MACHINE_MADE: Final = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|[0-9a-fA-F]{16,64}", re.ASCII)


class Cleaner:
    """What is handed on of one session; without a redaction everything stays as it is.

    Ids that machines make (UUIDs, hashes) stay; any other id is a text like all others. Ids and names that were
    different stay different.
    """

    def __init__(self, redaction: Redaction | None, session: str, first: int = 1) -> None:
        self._redaction, self._first = redaction, first
        self._session = session
        self._new_session = self._id(session, "session id")
        self._holders: dict[tuple[str, str], str] = {}

    def header(self, header: SessionHeader) -> SessionHeader:
        if self._redaction is None:
            return header
        return replace(
            header,
            id=self._new_session,
            title=self._text(header.title, "session title"),
            source=self._text(header.source, "session source"),
            external_id=self._optional(header.external_id, "session external id"),
            subject=self._optional(header.subject, "session subject"),
        )

    def branch(self, branch: Branch) -> Branch:
        if self._redaction is None:
            return branch
        return replace(
            branch,
            id=self.branch_id(branch.id),
            session=self._new_session,
            name=self._unlike_others("branch name", branch.name, self._text(branch.name, "branch name")),
            parent=None if branch.parent is None else self.branch_id(branch.parent),
        )

    def branch_id(self, branch: str) -> str:
        of_session = f"{self._session}/"
        if branch.startswith(of_session):
            return f"{self._new_session}/{branch.removeprefix(of_session)}"
        return self._unlike_others("branch id", branch, self._id(branch, "branch id"))

    def event(self, event: Event, *, before_range: bool) -> Event:
        if before_range and not is_kept(event.type):
            event = replace(event, data=without_words(event.type, event.data))
        if self._redaction is None:
            return event
        source = self._text(event.source, "event source")
        return replace(
            event,
            id=self._unlike_others(f"event of {event.source}", event.id, self._id(event.id, "event id")),
            source=source,
            type=self.event_type(event.type),
            session=self._new_session,
            branch=self.branch_id(event.branch),
            subject=self._optional(event.subject, "event subject"),
            causation_id=self._of_event(event, event.causation_id),
            correlation_id=self._optional_id(event.correlation_id),
            hash="",
            data=self._redaction.value(dict(event.data), f"{event.type} data"),
        )

    def event_type(self, name: str) -> str:
        return name if name in EVENT_TYPES else self._text(name, "event type")

    def _of_event(self, event: Event, other: str | None) -> str | None:
        if other is None:
            return None
        return self._unlike_others(f"event of {event.source}", other, self._id(other, "event id"))

    def _optional_id(self, text: str | None) -> str | None:
        return None if text is None else self._id(text, "correlation id")

    def _id(self, text: str, place: str) -> str:
        return text if _MACHINE_MADE.fullmatch(text) else self._text(text, place)

    def _optional(self, text: str | None, place: str) -> str | None:
        return None if text is None else self._text(text, place)

    def _text(self, text: str, place: str) -> str:
        if self._redaction is None or not text:
            return text
        return self._redaction.text(text, place) or "[removed]"

    def _unlike_others(self, kind: str, old: str, new: str) -> str:
        """``new``, with a number when another text of this kind has become the same."""
        if new == old:
            return new
        number, wished = 1, new
        while self._holders.setdefault((kind, new), old) != old:
            number += 1
            new = f"{wished} ({number})"
        return new
