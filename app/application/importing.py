"""Bring files in: each session whole or not at all, and a report that hides nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from app.application.ports import ImportNotes, Quarantined, no_progress
from app.domain.errors import BadInput, BranchlineError, Cancelled, StoreUnusable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from app.application.ports import EventStore, Progress, SessionFormat


class Formats(Protocol):
    """The known file formats."""

    def expand(self, paths: Iterable[Path], notes: ImportNotes) -> Iterator[Path]:
        """The files behind paths, folders in order of names. Raises BadInput for a path that is not there."""
        ...

    def detect(self, path: Path) -> SessionFormat | None:
        """The format of a file by its shape."""
        ...

    def named(self, name: str) -> SessionFormat:
        """Raises BadInput, which lists the names there are."""
        ...


@dataclass(slots=True)
class ImportReport:
    """What came in, what did not, and what of it was not captured."""

    files: int = 0
    sessions: int = 0
    events: int = 0
    duplicates: int = 0
    imported: list[str] = field(default_factory=list)
    notes: ImportNotes = field(default_factory=ImportNotes)

    def to_json(self) -> dict[str, Any]:
        return {
            "files": self.files,
            "sessions": self.sessions,
            "events": self.events,
            "duplicates": self.duplicates,
            "quarantined": [
                {"file": one.file, "line": one.line, "reason": one.reason} for one in self.notes.quarantined
            ],
            "not_captured": sorted(self.notes.not_captured),
            "skipped": [{"file": one.file, "reason": one.reason} for one in self.notes.skipped],
        }


class Importing:
    """Imports files into a store."""

    def __init__(self, store: EventStore, formats: Formats) -> None:
        self._store, self._formats = store, formats

    def run(
        self, paths: Iterable[Path], *, format_name: str | None = None, progress: Progress = no_progress
    ) -> ImportReport:
        """Import files and folders; importing again changes nothing.

        ``sessions`` counts those that are in the store now, new or not; ``events`` what was added,
        ``duplicates`` what was there. Raises Cancelled (whole sessions stay), StoreUnusable, BadInput.
        """
        chosen = self._formats.named(format_name) if format_name else None
        report = ImportReport()
        for path in self._formats.expand(paths, report.notes):
            known = chosen or self._detected(path, report.notes)
            if known is None:
                continue
            report.files += 1
            self._file(path, known, report, progress)
        return report

    def _detected(self, path: Path, notes: ImportNotes) -> SessionFormat | None:
        try:
            found = self._formats.detect(path)
        except OSError as error:
            notes.quarantined.append(Quarantined(str(path), None, f"cannot be read: {error.strerror or error}"))
            return None
        if found is None:
            notes.quarantined.append(Quarantined(str(path), None, "not recognised: none of the known formats"))
        return found

    def _file(self, path: Path, known: SessionFormat, report: ImportReport, progress: Progress) -> None:
        try:
            for draft in known.read(path, report.notes):
                try:
                    stored = self._store.store_session(draft, progress)
                except (Cancelled, StoreUnusable):
                    raise
                except BranchlineError as error:
                    reason = f"session {draft.header.external_id or draft.header.title}: {error}"
                    report.notes.quarantined.append(Quarantined(str(path), None, reason))
                    continue
                report.sessions += 1
                report.events += stored.added
                report.duplicates += stored.duplicates
                report.imported.append(stored.session)
                progress(report.sessions, None, f"{path.name}: {report.sessions} sessions")
        except OSError as error:
            report.notes.quarantined.append(Quarantined(str(path), None, f"cannot be read: {error.strerror or error}"))
        except BadInput as error:
            report.notes.quarantined.append(Quarantined(str(path), None, str(error)))
