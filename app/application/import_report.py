"""What an import did, per file and in sum, and how it is kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from app.application.ports import ImportNotes, Quarantined, Skipped

MOST_KEPT: Final = 1_000
"""Of a file's quarantined parts so many are kept in the store; the count is of all."""


@dataclass(slots=True)
class FileReport:
    """One file: what was found in it and what became of that.

    Attributes:
        short: the file without the folders of this machine: what a session tells of it.
        format: name of the format that it was read as; "" when it has none that is known.
        digest: BLAKE2b-256 of the file's bytes in hexadecimal; "" when nothing was read.
        sessions: those that are in the store now, new or not; ``branches`` beside their main line.
        events: what was added; ``duplicates`` what was there.
    """

    notes: ImportNotes
    short: str = ""
    format: str = ""
    digest: str = ""
    sessions: int = 0
    branches: int = 0
    events: int = 0
    duplicates: int = 0

    def to_json(self) -> dict[str, Any]:
        notes = self.notes
        return {
            "file": notes.file,
            "format": self.format,
            "digest": self.digest,
            "read": dict(notes.read),
            "sessions": self.sessions,
            "branches": self.branches,
            "events": self.events,
            "duplicates": self.duplicates,
            "quarantined": len(notes.quarantined),
            "not_captured": missed_json(notes.not_captured),
        }

    def to_keep(self) -> dict[str, Any]:
        """The payload of ``import.file-read``."""
        parts = [{"line": one.line, "reason": one.reason} for one in self.notes.quarantined[:MOST_KEPT]]
        return {**self.to_json(), "quarantined_parts": parts}

    @property
    def is_news(self) -> bool:
        """Whether it did anything, or failed; importing again what is there does neither."""
        return bool(self.events) or not self.sessions


@dataclass(slots=True)
class ImportReport:
    """What came in, what did not, and what of it was not captured."""

    files: list[FileReport] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    imported: list[str] = field(default_factory=list)

    @property
    def sessions(self) -> int:
        return sum(one.sessions for one in self.files)

    @property
    def events(self) -> int:
        return sum(one.events for one in self.files)

    @property
    def duplicates(self) -> int:
        return sum(one.duplicates for one in self.files)

    @property
    def quarantined(self) -> list[Quarantined]:
        return [part for one in self.files for part in one.notes.quarantined]

    def to_json(self) -> dict[str, Any]:
        not_captured: Counter[str] = Counter()
        for one in self.files:
            not_captured.update(one.notes.not_captured)
        return {
            "files": sum(1 for one in self.files if one.format),
            "sessions": self.sessions,
            "events": self.events,
            "duplicates": self.duplicates,
            "quarantined": [{"file": one.file, "line": one.line, "reason": one.reason} for one in self.quarantined],
            "not_captured": sorted(not_captured),
            "skipped": [{"file": one.file, "reason": one.reason} for one in self.skipped],
            "reports": [one.to_json() for one in self.files],
            "imported": self.imported,
        }


def missed_json(missed: Counter[str]) -> list[dict[str, Any]]:
    return [{"what": what, "count": missed[what]} for what in sorted(missed)]
