"""Writes what leaves a window of tests: a line that says what was asked for."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from app.domain.errors import BadInput
from app.viewmodels.exporting import OutgoingForm, OutgoingReport

if TYPE_CHECKING:
    from pathlib import Path

    from app.application.ports import Progress
    from app.domain.redaction.redaction import Redaction
    from app.viewmodels.exporting import OutgoingChoice

PATIENCE_S = 5.0


class FakeOutgoing:
    """Has a report, a form of one branch and one of several. ``gate`` closed: writing waits until it is stopped."""

    author = "Ada"
    forms = (
        OutgoingForm("report-html", ".html", several=True, has_streams=True),
        OutgoingForm("markdown", ".md", several=False, has_streams=False),
        OutgoingForm("native", ".jsonl", several=True, has_streams=True),
        OutgoingForm("pairs", ".jsonl", several=False, has_streams=False, is_from_start=True),
    )

    def __init__(self) -> None:
        self.written: list[tuple[OutgoingChoice, Redaction]] = []
        self.failure = ""
        self.gate = threading.Event()
        self.gate.set()

    def losses(self, choice: OutgoingChoice, progress: Progress) -> tuple[str, ...]:
        progress(0, None, "looking")
        return () if choice.form.is_report else ("3 other branches", f"2 notes of {choice.form.id}")

    def write(self, choice: OutgoingChoice, redaction: Redaction, path: Path, progress: Progress) -> OutgoingReport:
        while not self.gate.wait(0.01):
            progress(1, 10, "writing")
        if self.failure:
            raise BadInput(self.failure)
        self.written.append((choice, redaction))
        path.write_text(choice.form.id, encoding="utf-8")
        return OutgoingReport(path.stat().st_size, self.losses(choice, progress), "2 places redacted")
