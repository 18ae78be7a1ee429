"""What the window has written when something leaves: reports and exports, reviewed and redacted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app import bootstrap
from app.adapters.files.exports import ENDINGS, SEVERAL_BRANCHES
from app.adapters.files.new_file import write_over
from app.application.outgoing.wish import ExportWish
from app.application.report_wish import ReportWish
from app.application.sharing import ShareWish
from app.domain.excerpts import Excerpt
from app.domain.redaction.redaction import NO_REDACTION
from app.domain.redaction.tally import Tally
from app.domain.shares import SHARE_ENDING
from app.viewmodels.exporting import OutgoingForm, OutgoingReport

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.application.ports import Progress
    from app.core import Core
    from app.domain.redaction.redaction import Redaction
    from app.viewmodels.exporting import OutgoingChoice

REPORTS: Final = ("html", "pdf")
_PAIRS: Final = frozenset({"pairs", "openai-pairs"})
_WHOLE: Final = frozenset({"modelfile", *_PAIRS})
_TOLD_EVERY: Final = 200


def _forms() -> Iterator[OutgoingForm]:
    for one in REPORTS:
        yield OutgoingForm(f"report-{one}", f".{one}", several=True, has_streams=True)
    yield OutgoingForm("share", SHARE_ENDING, several=True, has_streams=True)
    for form, ending in ENDINGS.items():
        several = form in SEVERAL_BRANCHES
        yield OutgoingForm(form, ending, several, has_streams=several, is_from_start=form in _WHOLE)


class OutgoingFiles:
    """Implements ``Outgoing`` over an open store."""

    forms: Final = tuple(_forms())

    def __init__(self, core: Core) -> None:
        self._core = core

    @property
    def author(self) -> str:
        return self._core.author

    def losses(self, choice: OutgoingChoice, progress: Progress) -> tuple[str, ...]:
        if choice.form.is_report:
            self._core.reporting.require_possible(_report_wish(choice, NO_REDACTION))
        if choice.form.is_report or choice.form.is_share:
            return ()
        found = self._core.export(self._wish(choice, NO_REDACTION), progress)
        for done, _ in enumerate(found.pieces):
            if done % _TOLD_EVERY == 0:
                progress(done, None, "looking at what it holds")
        return tuple(found.losses.sentences())

    def write(self, choice: OutgoingChoice, redaction: Redaction, path: Path, progress: Progress) -> OutgoingReport:
        losses: tuple[str, ...]
        checked = ""
        if choice.form.is_report:
            form = choice.form.id.removeprefix("report-")
            wish = _report_wish(choice, redaction)
            made = bootstrap.write_report(self._core, wish, form, path, progress, replace=True)
            losses, said, checked = (), " ".join(made.redaction), made.verdict
        elif choice.form.is_share:
            losses, said = self._share(choice, redaction, path, progress)
        else:
            found = self._core.export(self._wish(choice, redaction), progress)
            write_over(path, _told(found.pieces, progress))
            losses, said = tuple(found.losses.sentences()), redaction.report(found.written).sentence
        return OutgoingReport(path.stat().st_size, losses, said or NO_REDACTION.report(Tally()).sentence, checked)

    def _share(
        self, choice: OutgoingChoice, redaction: Redaction, path: Path, progress: Progress
    ) -> tuple[tuple[str, ...], str]:
        """What it could not hold, and what was redacted."""
        first, head = choice.first or 1, self._core.store.branch(choice.branch).head
        last = head if choice.last is None else min(choice.last, head)
        at = None if choice.at is None else max(first - 1, min(choice.at, last))
        wish = ShareWish(export=self._wish(choice, redaction), at=at, by=choice.author, note=choice.note)
        shared = self._core.sharing.share(path, wish, overwrite=True, progress=progress)
        losses = tuple(f"{one['count']:,} {one['what']}" for one in shared.report["losses"])
        return losses, (shared.report["redaction"] or {}).get("sentence", "")

    def _wish(self, choice: OutgoingChoice, redaction: Redaction) -> ExportWish:
        against = self._core.winners.others(choice.branch) if choice.form.id in _PAIRS else ()
        return ExportWish(
            form="native" if choice.form.is_share else choice.form.id,
            session=choice.session,
            branch=choice.branch,
            excerpt=Excerpt(
                branches=choice.branches if choice.form.several else None,
                first=choice.first or 1,
                last=choice.last,
                streams=choice.streams,
            ),
            redaction=redaction,
            against=tuple(against),
        )


def _report_wish(choice: OutgoingChoice, redaction: Redaction) -> ReportWish:
    return ReportWish(
        session=choice.session,
        branches=choice.branches,
        first=choice.first,
        last=choice.last,
        author=choice.author,
        notes="analyst" in choice.streams,
        pictures=choice.pictures,
        redaction=redaction,
    )


def _told(pieces: Iterator[str], progress: Progress) -> Iterator[str]:
    for done, piece in enumerate(pieces):
        if done % _TOLD_EVERY == 0:
            progress(done, None, "writing")
        yield piece
