"""Bring files in: each session whole or not at all, and a report that hides nothing and is kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from app.application.grafting import grafted, is_graftable
from app.application.import_report import FileReport, ImportReport, missed_json
from app.application.joining import joined
from app.application.ports import FoundFile, ImportNotes, SessionDraft, no_progress
from app.domain.errors import BadInput, BranchlineError, Cancelled, NotFound, StoreUnusable
from app.domain.events import MAIN, NewEvent
from app.domain.hashing import short_hash
from app.domain.instructions import LIBRARIES
from app.domain.sessions import SessionHeader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.application.ports import EventStore, Progress, SessionFormat, Skipped, Stored

IMPORTS: Final = SessionHeader(id="branchline-imports", title="Imports", source=f"{LIBRARIES}imports")
"""The session that keeps the reports of files, an event each; lists of sessions leave it out."""
FILE_READ: Final = "import.file-read"
SESSION_IMPORTED: Final = "derived.session-imported"
_SOURCE: Final = "urn:branchline:import"
_BEAT: Final = 200
"""After so many things that were found in a file it is told how far it is."""
_WORTH_TELLING: Final = 2_000
"""A session of fewer events is in before anybody has read how far it is."""


class Formats(Protocol):
    """The known file formats."""

    def expand(self, paths: Iterable[Path], skipped: list[Skipped]) -> Iterator[FoundFile]:
        """The files behind paths, folders in order of names, archives unpacked.

        Raises BadInput for a path that is not there.
        """
        ...

    def detect(self, path: Path) -> SessionFormat | None:
        """The format of a file by its shape. Raises OSError and BadInput, which say why nobody can tell."""
        ...

    def named(self, name: str) -> SessionFormat:
        """Raises BadInput, which lists the names there are."""
        ...

    def digest(self, path: Path) -> str:
        """BLAKE2b-256 of a file's bytes, hexadecimal."""
        ...


class Importing:
    """Imports files into a store."""

    def __init__(self, store: EventStore, formats: Formats) -> None:
        self._store, self._formats = store, formats

    def run(
        self,
        paths: Iterable[Path],
        *,
        format_name: str | None = None,
        chosen: SessionFormat | None = None,
        progress: Progress = no_progress,
    ) -> ImportReport:
        """Import files and folders; importing again changes nothing.

        ``format_name`` or ``chosen`` (a mapping, say) is taken instead of what a file's shape tells.
        Raises Cancelled (whole sessions stay), StoreUnusable, BadInput.
        """
        chosen = self._formats.named(format_name) if format_name else chosen
        report = ImportReport()
        for found in self._formats.expand(paths, report.skipped):
            file = FileReport(ImportNotes(file=found.name), short=found.short)
            report.files.append(file)
            try:
                self._file(found, chosen, file, report, progress)
            finally:
                self._keep(file)
        return report

    def run_source(self, name: str, chosen: SessionFormat, progress: Progress = no_progress) -> ImportReport:
        """Import what is no file; ``name`` is what reports call it. Raises as ``run``."""
        report = ImportReport()
        found = FoundFile(name, Path(name))
        file = FileReport(ImportNotes(file=name), short=found.short)
        report.files.append(file)
        try:
            self._file(found, chosen, file, report, progress)
        finally:
            self._keep(file)
        return report

    def _file(
        self,
        found: FoundFile,
        chosen: SessionFormat | None,
        file: FileReport,
        report: ImportReport,
        progress: Progress,
    ) -> None:
        notes = file.notes
        try:
            known = chosen or self._formats.detect(found.path)
            if found.problem is not None or known is None:
                notes.quarantine(None, found.problem or "not recognised: none of the known formats")
                return
            file.format, file.digest = known.name, self._formats.digest(found.path)
            told = _Told(notes)
            notes.counted = _Beat(file, report, progress)
            for draft in known.read(found.path, notes):
                self._session(draft, told.since_last(), file, report, progress)
                _counting(report, file, progress)(0, None, "")
        except OSError as error:
            notes.quarantine(None, f"cannot be read: {error.strerror or error}")
        except BadInput as error:
            notes.quarantine(None, str(error))
        finally:
            notes.counted = None

    def _session(
        self,
        draft: SessionDraft,
        told: dict[str, Any],
        file: FileReport,
        report: ImportReport,
        progress: Progress,
    ) -> None:
        if draft.header.created_at is None:  # what another store held comes back as it was
            draft = replace(draft, about=(*draft.about, _about(draft, told, file)))
        known, branches = 0, len(draft.branches)
        try:
            if draft.joins:
                draft, known = joined(self._store, draft)
            stored = self._stored(draft, file.notes, _counting(report, file, progress))
        except (Cancelled, StoreUnusable):
            raise
        except BranchlineError as error:
            named = draft.header.external_id or draft.header.title
            file.notes.quarantine(None, f"session {named}: {error}")
            return
        file.sessions += 1
        file.branches += branches
        file.events += stored.added
        file.duplicates += stored.duplicates + known
        report.imported.append(stored.session)

    def _stored(self, draft: SessionDraft, notes: ImportNotes, progress: Progress) -> Stored:
        """Store a session; one that is there and went on otherwise than its source takes what is new on branches."""
        try:
            return self._store.store_session(draft, progress)
        except (Cancelled, StoreUnusable):
            raise
        except BranchlineError as error:
            if not is_graftable(draft):
                raise
            try:
                fitting, is_elsewhere = grafted(draft, self._store)
            except NotFound:
                raise error from None
            stored = self._store.store_session(fitting, progress)
            if is_elsewhere and stored.added:
                notes.missed("import: that the source shows another branch now (main stays what it was)")
            return stored

    def _keep(self, file: FileReport) -> None:
        if not file.is_news:
            return
        data = file.to_keep()
        event = NewEvent(id=short_hash(data), source=_SOURCE, type=FILE_READ, data=data, actor="system")
        self._store.store_session(SessionDraft(header=IMPORTS, events=((MAIN, event),), continues=True))


def _counting(report: ImportReport, file: FileReport, progress: Progress) -> Progress:
    """Progress in sessions, whatever is counted while one of them is stored."""

    def told(done: int, total: int | None, what: str) -> None:
        of_next = f", {done:,} events of the next" if done >= _WORTH_TELLING else ""
        name = file.notes.file.rpartition("/")[2]
        progress(report.sessions, None, f"{name}: {file.sessions:,} sessions{of_next}")

    return told


class _Beat:
    """Tells how far a reader is that reads on before its first session; where progress raises, it stops there."""

    def __init__(self, file: FileReport, report: ImportReport, progress: Progress) -> None:
        self._file, self._report, self._progress = file, report, progress
        self._count = 0

    def __call__(self) -> None:
        self._count += 1
        if self._count % _BEAT == 0:
            notes = self._file.notes
            read = ", ".join(f"{count:,} {what}" for what, count in notes.read.items())
            self._progress(self._report.sessions, None, f"{notes.file.rpartition('/')[2]}: {read}")


class _Told:
    """What the notes say that they did not say when last asked."""

    def __init__(self, notes: ImportNotes) -> None:
        self._notes = notes
        self._read: Counter[str] = Counter()
        self._missed: Counter[str] = Counter()

    def since_last(self) -> dict[str, Any]:
        read, missed = self._notes.read - self._read, self._notes.not_captured - self._missed
        self._read, self._missed = self._notes.read.copy(), self._notes.not_captured.copy()
        return {"read": dict(read), "not_captured": missed_json(missed)}


def _about(draft: SessionDraft, told: dict[str, Any], file: FileReport) -> NewEvent:
    """Which file the session came from, and what of it was not captured, as an event for its side stream."""
    data = {"file": file.short, "format": file.format, "file_digest": file.digest, **told}
    return NewEvent(
        id=short_hash({"session": draft.header.id, **data}),
        source=_SOURCE,
        type=SESSION_IMPORTED,
        data=data,
        actor="system",
    )
