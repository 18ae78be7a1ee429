"""Hand a part of a session to somebody else in one file that opens at the exact moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from app.application.outgoing.losses import Losses
from app.application.ports import no_progress
from app.domain.errors import BadInput, OutOfRange
from app.domain.events import SIDE_STREAMS
from app.domain.redaction.findings import Place
from app.domain.redaction.tally import Tally
from app.domain.shares import LONGEST_NAME, LONGEST_NOTE, Share

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.application.outgoing.view import OutgoingView
    from app.application.outgoing.wish import ExportWish
    from app.application.ports import Clock, Progress


class WriteShare(Protocol):
    """Writes a share file and reads it once more before it gets its name. Raises BadInput, Cancelled."""

    def __call__(
        self,
        path: Path,
        view: OutgoingView,
        share: Share,
        *,
        overwrite: bool,
        losses: Losses,
        written: Tally,
        progress: Progress,
    ) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareWish:
    """What is to be shared.

    Attributes:
        export: the part of the session, and the redaction; its ``branch`` is opened. Its excerpt names the branches.
        at: the position to open at; None is the last of the range.
        field: JSON pointer of the field to look at; empty for none.
        by: who shares it; empty when they do not say.
        note: a word to whoever opens it.
    """

    export: ExportWish
    at: int | None = None
    field: str = ""
    by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Shared:
    """What was written."""

    file: str
    share: Share
    branches: tuple[str, ...]
    events: int
    keeps_hashes: bool
    report: dict[str, Any]

    def to_json(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "branches": list(self.branches),
            "events": self.events,
            "hashes": "original" if self.keeps_hashes else "own",
            **self.share.to_json(),
            **self.report,
        }


class Sharing:
    """Writes share files; any thread may call."""

    def __init__(self, clock: Clock, view: Callable[[ExportWish], OutgoingView], write: WriteShare) -> None:
        self._clock, self._view, self._write = clock, view, write

    def share(
        self, path: Path, wish: ShareWish, *, overwrite: bool = False, progress: Progress = no_progress
    ) -> Shared:
        """Write a file. Raises BadInput, NotFound, OutOfRange, Cancelled; there is no file then."""
        if len(wish.by) > LONGEST_NAME or len(wish.note) > LONGEST_NOTE:
            raise BadInput(f"a name has at most {LONGEST_NAME} characters, a note {LONGEST_NOTE:,}")
        view = self._view(wish.export)
        share = self._described(wish, view)
        losses, written = Losses(), Tally()
        self._write(path, view, share, overwrite=overwrite, losses=losses, written=written, progress=progress)
        redaction = wish.export.redaction
        branches = view.branches(view.session)
        return Shared(
            file=str(path),
            share=share,
            branches=tuple(one.name for one in branches if one.own_events or one.kind not in SIDE_STREAMS),
            events=view.events,
            keeps_hashes=all(view.keeps_hashes(one.id) for one in branches if one.own_events),
            report={
                "losses": losses.to_json(),
                "redaction": redaction.report(written).to_json() if redaction.is_on else None,
            },
        )

    def _described(self, wish: ShareWish, view: OutgoingView) -> Share:
        excerpt, redaction = wish.export.excerpt, wish.export.redaction
        branch = view.branch(view.outgoing_branch(wish.export.branch))
        at = branch.head if wish.at is None else wish.at
        if not excerpt.first - 1 <= at <= branch.head:
            raise OutOfRange(
                f"there is no position {at} in what is shared of {branch.name}: it goes from {excerpt.first} "
                f"to {branch.head}"
            )
        return Share(
            by=redaction.text(wish.by, Place("note")),
            at=self._clock.now(),
            note=redaction.text(wish.note, Place("note")),
            branch=branch.id,
            position=at,
            field=redaction.text(wish.field, Place("metadata", pointer="/field")),
            first=excerpt.first,
            last=excerpt.last,
        )
