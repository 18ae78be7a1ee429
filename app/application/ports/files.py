"""File formats that hold sessions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.application.ports.store import SessionDraft


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A part of a file that was not imported, and why. ``line`` is 1-based; None when the whole file is meant."""

    file: str
    line: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that lies in an imported folder and holds no sessions: a licence, a schema. Not damage."""

    file: str
    reason: str


@dataclass(slots=True)
class ImportNotes:
    """What a reader has to say beside the sessions it yields."""

    quarantined: list[Quarantined] = field(default_factory=list)
    not_captured: set[str] = field(default_factory=set)
    skipped: list[Skipped] = field(default_factory=list)


class SessionFormat(Protocol):
    """A file format that holds sessions; recognised by its shape, never by its name."""

    name: str
    title: str

    def recognises(self, head: bytes) -> bool:
        """Whether a file that begins with ``head`` (up to 64 KiB) has this format's shape."""
        ...

    def read(self, path: Path, notes: ImportNotes) -> Iterator[SessionDraft]:
        """Yield the file's sessions one by one; bad parts go to ``notes`` and the rest is still read."""
        ...
