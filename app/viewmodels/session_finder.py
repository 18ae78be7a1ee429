"""Finds sessions by any words they hold, as one types: waits for a pause, stops what is no longer wanted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.domain.errors import Cancelled
from app.viewmodels.progress import ProgressReport

if TYPE_CHECKING:
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.services import Services

PAUSE_MS: Final = 200
_SHORTEST: Final = 2
"""One Latin letter occurs everywhere; one Chinese character may be a word."""


class SessionFinder(QObject):
    """Lives in the main thread.

    Signals:
        found(str, object): sessions (a frozenset of ids) whose events hold every word of this text.
        searching_changed(bool): whether it is still looking.
        failed(str): why it cannot tell.
    """

    found = Signal(str, object)
    searching_changed = Signal(bool)
    failed = Signal(str)

    def __init__(self, services: Services, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services, self._bridge = services, bridge
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._start)
        self._text = ""
        self._number = 0
        self._running: ProgressReport | None = None

    @Slot(str)
    def ask(self, text: str) -> None:
        """Look for this once nothing else has been typed for a moment."""
        self.close()
        self._text = text.strip()
        if len(self._text) >= _SHORTEST or not self._text.isascii():
            self._timer.start()
        else:
            self._text = ""
            self.found.emit("", frozenset())

    @Slot()
    def again(self) -> None:
        """Sessions have come or changed."""
        if self._text:
            self._timer.start()

    def close(self) -> None:
        """Stop; what was asked for is not told any more."""
        self._timer.stop()
        self._number += 1
        if self._running is not None:
            self._running.cancel()
            self._running = None
            self.searching_changed.emit(False)

    @Slot()
    def _start(self) -> None:
        self.close()
        report = self._running = ProgressReport(self._bridge, lambda _done, _total, _what: None)
        self.searching_changed.emit(True)
        text, number = self._text, self._number
        work = partial(self._services.searching.sessions_holding, text, progress=report)
        self._bridge.run_latest(
            "session finder", work, partial(self._on_found, number, text), partial(self._on_failed, number)
        )

    def _on_found(self, number: int, text: str, sessions: frozenset[str]) -> None:
        if number == self._number:
            self._end()
            self.found.emit(text, sessions)

    def _on_failed(self, number: int, error: Exception) -> None:
        if number == self._number:
            self._end()
            if not isinstance(error, Cancelled):
                self.failed.emit(str(error))

    def _end(self) -> None:
        self._running = None
        self.searching_changed.emit(False)
