"""Takes out of headers, branches and events what must not leave."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app.application.redacting import event_place, metadata_place
from app.domain.redaction.findings import Place
from app.domain.vocabulary import EVENT_TYPES
from app.domain.withheld import is_kept, without_words

if TYPE_CHECKING:
    from app.domain.branches import Branch
    from app.domain.events import Event
    from app.domain.redaction.redaction import Redaction
    from app.domain.sessions import SessionHeader

_MACHINE_MADE: Final = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|[0-9a-fA-F]{16,64}", re.ASCII)


class Cleaner:
    """What is handed on of one session; where nothing is redacted everything stays as it is.

    Ids that machines make (UUIDs, hashes) stay; any other id is a text like all others. Ids and names that were
    different stay different.
    """

    def __init__(self, redaction: Redaction, session: str) -> None:
        self._redaction = redaction
        self._session = session
        self._new_session = self._id(session, Place("metadata", pointer="/session"))
        self._holders: dict[tuple[str, str], str] = {}

    def header(self, header: SessionHeader) -> SessionHeader:
        if not self._redaction.is_on:
            return header

        def member(text: str | None, name: str) -> str | None:
            return None if text is None else self._text(text, Place("metadata", pointer=f"/{name}"))

        return replace(
            header,
            id=self._new_session,
            title=self._text(header.title, Place("title")),
            source=self._text(header.source, Place("metadata", pointer="/source")),
            external_id=member(header.external_id, "external_id"),
            subject=member(header.subject, "subject"),
        )

    def branch(self, branch: Branch) -> Branch:
        if not self._redaction.is_on:
            return branch
        name = self._text(branch.name, Place("branch name", branch.id))
        return replace(
            branch,
            id=self.branch_id(branch.id),
            session=self._new_session,
            name=self._unlike_others("branch name", branch.name, name),
            parent=None if branch.parent is None else self.branch_id(branch.parent),
        )

    def branch_id(self, branch: str) -> str:
        of_session = f"{self._session}/"
        if branch.startswith(of_session):
            return f"{self._new_session}/{branch.removeprefix(of_session)}"
        return self._unlike_others("branch id", branch, self._id(branch, Place("metadata", branch, pointer="/branch")))

    def event_type(self, name: str) -> str:
        return name if name in EVENT_TYPES else self._text(name, Place("metadata", pointer="/type"))

    def event(self, event: Event, *, before_range: bool) -> Event:
        if before_range and not is_kept(event.type):
            event = replace(event, data=without_words(event.type, event.data))
        if not self._redaction.is_on:
            return event

        def member(text: str | None, name: str) -> str | None:
            return None if text is None else self._text(text, metadata_place(event, name))

        def identity(text: str | None, name: str) -> str | None:
            if text is None:
                return None
            return self._unlike_others(event.source, text, self._id(text, metadata_place(event, name)))

        return replace(
            event,
            id=identity(event.id, "id") or "",
            source=member(event.source, "source") or "",
            type=self.event_type(event.type),
            session=self._new_session,
            branch=self.branch_id(event.branch),
            subject=member(event.subject, "subject"),
            causation_id=identity(event.causation_id, "causation_id"),
            correlation_id=identity(event.correlation_id, "correlation_id"),
            hash="",
            data=self._redaction.value(dict(event.data), event_place(event)),
        )

    def _id(self, text: str, place: Place) -> str:
        return text if _MACHINE_MADE.fullmatch(text) else self._text(text, place)

    def _text(self, text: str, place: Place) -> str:
        if not self._redaction.is_on or not text:
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
