"""The long work of an export, one piece at a time, with progress, to be stopped at any moment."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.domain.errors import Cancelled
from app.viewmodels.progress import ProgressReport

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.domain.redaction.redaction import Redaction
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.exporting import Outgoing, OutgoingChoice


class ExportingRun(QObject):
    """What is asked for anew stops what runs; outcomes of what was stopped are never told.

    Signals:
        losses_known(object): a tuple of sentences.
        written(object, object): the path, and the ``OutgoingReport``.
        progressed(int, object, str): done, total or None, what is going on.
        stopped: as asked, nothing was written.
        failed(str): one sentence.
    """

    losses_known = Signal(object)
    written = Signal(object, object)
    progressed = Signal(int, object, str)
    stopped = Signal()
    failed = Signal(str)

    def __init__(self, outgoing: Outgoing, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._outgoing, self._bridge = outgoing, bridge
        self._progress: ProgressReport | None = None

    def ask_losses(self, choice: OutgoingChoice) -> None:
        progress = self._begin()
        self._run(partial(self._outgoing.losses, choice, progress), self.losses_known.emit, progress)

    def write(self, choice: OutgoingChoice, redaction: Redaction, path: Path) -> None:
        progress = self._begin()
        done = partial(self.written.emit, path)
        self._run(partial(self._outgoing.write, choice, redaction, path, progress), done, progress)

    def stop(self) -> None:
        """Ask what runs to stop; ``stopped`` tells when it has."""
        if self._progress is not None:
            self._progress.cancel()

    def forget(self) -> None:
        """Stop, and tell nothing any more."""
        self.stop()
        self._progress = None

    def _begin(self) -> ProgressReport:
        self.forget()
        self._progress = ProgressReport(self._bridge, self._on_progressed)
        return self._progress

    def _run(self, work: Callable[[], Any], done: Callable[[Any], None], progress: ProgressReport) -> None:
        self._bridge.run(work, partial(self._on_done, progress, done), partial(self._on_failed, progress))

    def _on_progressed(self, done: int, total: int | None, what: str) -> None:
        if self._progress is not None and not self._progress.is_cancelled:
            self.progressed.emit(done, total, what)

    def _on_done(self, progress: ProgressReport, then: Callable[[Any], None], outcome: Any) -> None:
        if progress is self._progress:
            self._progress = None
            then(outcome)

    def _on_failed(self, progress: ProgressReport, error: Exception) -> None:
        if progress is not self._progress:
            return
        self._progress = None
        if isinstance(error, Cancelled):
            self.stopped.emit()
        else:
            self.failed.emit(str(error) or type(error).__name__)
