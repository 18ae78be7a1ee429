"""How sessions came into the store: from which files, what of them was left out, and what was never captured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.application.importing import FILE_READ, IMPORTS, SESSION_IMPORTED
from app.domain.errors import NotFound
from app.domain.events import DERIVED, MAIN, to_rfc3339

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from app.application.ports import EventStore
    from app.domain.events import Event


@dataclass(frozen=True, slots=True)
class FileImport:
    """A file that was read once. ``report`` is the payload of ``import.file-read``; ``at`` µs since 1970 UTC."""

    at: int
    report: Mapping[str, Any]

    def to_json(self) -> dict[str, Any]:
        return {"imported": to_rfc3339(self.at), **self.report}


@dataclass(frozen=True, slots=True)
class SessionImport:
    """One time that something of a session came in.

    Attributes:
        told: the payload of ``derived.session-imported``: file, format, what was read and not captured.
        file: the whole file's report; None when it was lost or never kept.
    """

    at: int
    told: Mapping[str, Any]
    file: FileImport | None

    def to_json(self) -> dict[str, Any]:
        whole = self.file.to_json() if self.file is not None else None
        return {"imported": to_rfc3339(self.at), **self.told, "file_report": whole}


class Imports:
    """Any thread may call."""

    def __init__(self, store: EventStore) -> None:
        self._store = store

    def files(self) -> tuple[FileImport, ...]:
        """All files that were read, oldest first."""
        try:
            events = list(self._events(IMPORTS.id, MAIN, FILE_READ))
        except NotFound:
            return ()
        return tuple(FileImport(event.recorded_at, event.data) for event in events)

    def of_session(self, session: str) -> tuple[SessionImport, ...]:
        """Oldest first; empty for a session that was not imported. Raises NotFound."""
        events = list(self._events(session, DERIVED, SESSION_IMPORTED))
        by_digest: dict[Any, FileImport] = {}
        if events:
            for one in self.files():
                by_digest.setdefault(one.report.get("digest") or one.report.get("file"), one)
        return tuple(
            SessionImport(
                event.recorded_at,
                event.data,
                by_digest.get(event.data.get("file_digest")),
            )
            for event in events
        )

    def _events(self, session: str, stream: str, kind: str) -> Iterator[Event]:
        for branch in self._store.branches(session):
            if branch.name == stream and branch.parent is None:
                yield from (event for event in self._store.iterate(branch.id) if event.type == kind)
