"""File formats that hold sessions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
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


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that is to be imported.

    Attributes:
        name: what it is called in reports: its path, inside of an archive ``export.zip/conversations.json``.
        path: where its bytes lie until the next file is asked for.
        problem: why there is nothing to read; None as a rule.
        member: what it is called inside of an archive; "" for a file of its own.
    """

    name: str
    path: Path
    problem: str | None = None
    member: str = ""

    @property
    def short(self) -> str:
        """What it is called without the folders of this machine, which are nobody else's business."""
        place = self.name.removesuffix(f"/{self.member}") if self.member else self.name
        last = place.replace("\\", "/").rpartition("/")[2]
        return f"{last}/{self.member}" if self.member else last


@dataclass(slots=True)
class ImportNotes:
    """What a reader has to say of one file beside the sessions that it yields.

    Attributes:
        file: what the file is called in reports; inside of an archive ``export.zip/conversations.json``.
        read: what was found in the file, by the source's own word for it: ``{"conversations": 3, "messages": 41}``.
        not_captured: what the source did not write down or this program does not keep, and how often it was missed.
            A sentence begins with the format's name: ``openai-messages: times (the format has none)``.
        counted: called whenever something was found, so that a reader can be stopped before its first session; it
            may raise Cancelled.
    """

    file: str = ""
    quarantined: list[Quarantined] = field(default_factory=list)
    read: Counter[str] = field(default_factory=Counter)
    not_captured: Counter[str] = field(default_factory=Counter)
    counted: Callable[[], None] | None = field(default=None, repr=False, compare=False)

    def quarantine(self, line: int | None, reason: str) -> None:
        """A part of the file was left out; ``line`` is 1-based, None when the whole file is meant."""
        self.quarantined.append(Quarantined(self.file, line, reason))

    def saw(self, what: str, count: int = 1) -> None:
        """``count`` more of the source's ``what`` (plural, lower case) were found."""
        self.read[what] += count
        if self.counted is not None:
            self.counted()

    def missed(self, what: str, count: int = 1) -> None:
        """``what`` was not captured ``count`` more times."""
        self.not_captured[what] += count


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


@runtime_checkable
class LooksInside(Protocol):
    """A format that has to look further into a file than its head; it is asked when no head was recognised."""

    def recognises_file(self, path: Path) -> bool:
        """Whether the file has this format's shape. Raises OSError."""
        ...
