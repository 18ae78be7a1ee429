"""One review as the pane shows it: looking for findings beside the main thread, then decisions."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.domain.errors import BadInput, Cancelled
from app.domain.redaction.profile import STANDARD, OwnPattern
from app.viewmodels.progress import ProgressReport

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.application.redacting import ReviewScope
    from app.application.redaction_review import FindingGroup, Review
    from app.domain.redaction.profile import RedactionProfile
    from app.domain.redaction.redaction import Decision, Identity, Redaction
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.services import Redacting


class ReviewSession(QObject):
    """What is to leave, what was found in it, what was decided. Lives in the main thread.

    Signals:
        looking: it began to look (again); until ``looked`` or ``failed`` nothing may leave.
        progressed(int, object): events looked through, and how many there are (None: not known).
        looked: ``groups`` are new.
        decided: decisions are others.
        failed(str): one sentence; what was found before is not trusted any more.
    """

    looking = Signal()
    progressed = Signal(int, object)
    looked = Signal()
    decided = Signal()
    failed = Signal(str)

    def __init__(self, redacting: Redacting, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._service, self._bridge = redacting, bridge
        self.profile = STANDARD
        self.scope: ReviewScope | None = None
        self.review: Review | None = None
        self._before: Review | None = None
        self._progress: ProgressReport | None = None
        self.groups: tuple[FindingGroup, ...] = ()

    @property
    def is_looking(self) -> bool:
        return self._progress is not None

    @property
    def undecided(self) -> int:
        """Findings without a decision; 0 is no permission while it is looking."""
        return self.review.undecided if self.review is not None else 0

    def look(self, scope: ReviewScope, profile: RedactionProfile | None = None) -> None:
        """Look through what is to leave; what was decided on the same findings before stays."""
        self.close()
        self.scope, self.profile = scope, profile or self.profile
        self.review, self.groups = None, ()
        report = ProgressReport(self._bridge, self._on_progressed)
        self._progress = report
        self.destroyed.connect(report.cancel)
        self.looking.emit()
        work = partial(self._service.review, scope, self.profile, report, self._before)
        self._bridge.run(work, partial(self._on_looked, report), partial(self._on_failed, report))

    def close(self) -> None:
        """Stop looking; nothing is told any more."""
        if self._progress is not None:
            self._progress.cancel()
            self._progress = None

    def add_name(self, name: str) -> None:
        """Look for a name too. Raises BadInput."""
        self._look_with(replace(self.profile, names=(*self.profile.names, " ".join(name.split()))))

    def add_pattern(self, expression: str) -> None:
        """Look for what matches a regular expression too. Raises BadInput."""
        if not expression.strip():
            raise BadInput("a pattern needs a regular expression")
        label = f"own {len(self.profile.patterns) + 1}"
        self._look_with(replace(self.profile, patterns=(*self.profile.patterns, OwnPattern(label, expression))))

    def decide(self, identities: Iterable[Identity], decision: Decision) -> None:
        if self.review is not None:
            self.review.decide(identities, decision)
            self._tell_decided()

    def decide_kind(self, kind: str, decision: Decision) -> None:
        if self.review is not None:
            self.review.decide_kind(kind, decision)
            self._tell_decided()

    def decide_all(self, decision: Decision) -> None:
        if self.review is not None:
            self.review.decide_all(decision)
            self._tell_decided()

    def redaction(self) -> Redaction:
        """What exporters use. Raises BadInput while it looks or a finding is undecided."""
        if self.review is None:
            raise BadInput("what is to leave has not been looked through to its end")
        return self.review.redaction()

    def _look_with(self, profile: RedactionProfile) -> None:
        if self.scope is not None:
            self.look(self.scope, profile)

    def _tell_decided(self) -> None:
        if self.review is not None:
            self._before = self.review
            self.groups = self.review.groups()
            self.decided.emit()

    def _on_progressed(self, done: int, total: int | None, _what: str) -> None:
        if self.is_looking:
            self.progressed.emit(done, total)

    def _on_looked(self, report: ProgressReport, review: Review) -> None:
        if not report.is_cancelled and report is self._progress:
            self._progress = None
            self.review = self._before = review
            self.groups = review.groups()
            self.looked.emit()

    def _on_failed(self, report: ProgressReport, error: Exception) -> None:
        if not report.is_cancelled and report is self._progress:
            self._progress = None
            self.failed.emit("" if isinstance(error, Cancelled) else str(error))
