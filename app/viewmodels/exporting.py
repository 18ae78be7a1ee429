"""What is to leave the program and in which form, as the export dialog asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from app.application.redacting import ReviewScope

if TYPE_CHECKING:
    from pathlib import Path

    from app.application.ports import Progress
    from app.domain.redaction.redaction import Redaction


@dataclass(frozen=True, slots=True)
class OutgoingForm:
    """A form in which a session can leave.

    Attributes:
        id: as the command line names it; ``report-html`` and ``report-pdf`` for reports.
        ending: of the file's name, with its dot.
        several: whether it holds more than one branch; ``has_streams``: notes and findings too.
        is_from_start: whether it always begins at the first event.
    """

    id: str
    ending: str
    several: bool
    has_streams: bool
    is_from_start: bool = False

    @property
    def is_report(self) -> bool:
        return self.id.startswith("report-")

    @property
    def is_share(self) -> bool:
        """Whether it opens in another Branchline, with a word to whoever opens it."""
        return self.id == "share"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingChoice:
    """A person's choice.

    Attributes:
        session, branch: ids; the branch in focus. ``branches``: those that are ticked, in the order of the session.
        first, last: inclusive positions; None is the beginning or each branch's end.
        streams: side streams that go along.
        pictures: of reports; ``author``: of reports and share files; ``note``: of share files.
        at: the position to open a share file at.
    """

    form: OutgoingForm
    session: str
    branches: tuple[str, ...]
    first: int | None = None
    last: int | None = None
    streams: tuple[str, ...] = ()
    pictures: bool = True
    author: str = ""
    note: str = ""
    at: int | None = None

    @property
    def branch(self) -> str:
        return self.branches[0]

    def scope(self) -> ReviewScope:
        """What has to be looked through before it leaves."""
        return ReviewScope(
            session=self.session,
            branches=self.branches,
            first=self.first or 1,
            last=self.last,
            side_streams=self.streams,
            texts=tuple(("note", text) for text in (self.author, self.note) if text),
        )


@dataclass(frozen=True, slots=True)
class OutgoingReport:
    """What was written: the bytes, what the form could not hold, what was redacted in one sentence.

    ``checked`` says of a report what of the record was verified; empty for other forms.
    """

    size: int
    losses: tuple[str, ...]
    redaction: str
    checked: str = ""


class Outgoing(Protocol):
    """Writes what leaves; may take a while, so never on the UI thread."""

    @property
    def forms(self) -> tuple[OutgoingForm, ...]: ...

    @property
    def author(self) -> str:
        """Who works here, as far as they have said."""
        ...

    def losses(self, choice: OutgoingChoice, progress: Progress, /) -> tuple[str, ...]:
        """What the form cannot hold of the choice, a sentence each. Raises BadInput, Cancelled."""
        ...

    def write(self, choice: OutgoingChoice, redaction: Redaction, path: Path, progress: Progress, /) -> OutgoingReport:
        """Write the file whole or not at all; one that is there is replaced. Raises BadInput, Cancelled."""
        ...
