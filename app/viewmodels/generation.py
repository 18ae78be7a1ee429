"""One continuation at a time: runs on the I/O thread, shown about thirty times a second, stopped at once."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

if TYPE_CHECKING:
    from concurrent.futures import Future

    from app.application.continuing import ContinueRequest, ContinueResult, ContinueUpdate
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.services import Continuing, Io

FLUSH_MS: Final = 33
SILENCE_MS: Final = 250
"""After so long without a word the clock is shown anyway."""


class Generation(QObject):
    """The continuation that runs now, if any.

    Signals:
        updated(object): the newest ``ContinueUpdate``.
        finished(object): the ``ContinueResult``.
        stopped(): it was stopped; what it had written is kept as an event.
        failed(str): why it ended.
    """

    updated = Signal(object)
    finished = Signal(object)
    stopped = Signal()
    failed = Signal(str)

    def __init__(self, continuing: Continuing, io: Io, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._continuing, self._io, self._bridge = continuing, io, bridge
        self._future: Future[Any] | None = None
        self._run = 0
        self._begun = 0
        self._newest: ContinueUpdate | None = None
        self._shown: ContinueUpdate | None = None
        self._since_shown = QElapsedTimer()
        self._flush = QTimer(self)
        self._flush.setInterval(FLUSH_MS)
        self._flush.timeout.connect(self._on_flush_due)

    @property
    def is_running(self) -> bool:
        return self._future is not None

    def start(self, request: ContinueRequest) -> None:
        """Begin; nothing happens while another one runs."""
        if self.is_running:
            return
        self._run += 1
        self._newest = self._shown = None
        self._future = self._io.submit(self._told(self._run, request))
        self._flush.start()

    @Slot()
    def stop(self) -> None:
        """Cancel at once; ``stopped`` follows when the partial text is kept."""
        if self._future is None:
            return
        self._future.cancel()
        if self._begun != self._run:  # it was cancelled before its first line: nobody else will tell
            self._bridge.post(partial(self._on_ended, self._run, None))

    def close(self) -> None:
        """Cancel without waiting for a word about it; the I/O thread is joined by whoever owns it."""
        self._run += 1
        self._flush.stop()
        if self._future is not None:
            self._future.cancel()
            self._future = None

    def _note(self, update: ContinueUpdate) -> None:
        self._newest = update  # on the I/O thread; a single reference, so no lock

    async def _told(self, run: int, request: ContinueRequest) -> None:
        """Runs the work and reports its end only after it has cleaned up: a future is "cancelled" too early."""
        self._begun = run
        outcome: ContinueResult | BaseException | None = None
        try:
            outcome = await self._continuing.run(request, self._note)
        except BaseException as error:  # cancellation is a BaseException, and is passed on
            outcome = error
            if not isinstance(error, Exception):
                raise
        finally:
            self._bridge.post(partial(self._on_ended, run, outcome))

    def _on_ended(self, run: int, outcome: ContinueResult | BaseException | None) -> None:
        if run != self._run or self._future is None:
            return
        self._flush.stop()
        self._on_flush_due()
        self._future = None
        if isinstance(outcome, Exception):
            self.failed.emit(str(outcome))
        elif isinstance(outcome, BaseException) or outcome is None:
            self.stopped.emit()
        else:
            self.finished.emit(outcome)

    @Slot()
    def _on_flush_due(self) -> None:
        if self._newest is not None:
            self._shown, self._newest = self._newest, None
            self._since_shown.start()
            self.updated.emit(self._shown)
        elif self._shown is not None and self._future is not None and self._since_shown.elapsed() >= SILENCE_MS:
            # A server that reads a long prompt says nothing; its clock runs on, or it would look stuck.
            elapsed_s = self._shown.elapsed_s + self._since_shown.restart() / 1000
            self._shown = replace(self._shown, elapsed_s=elapsed_s)
            self.updated.emit(self._shown)
