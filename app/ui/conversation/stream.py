"""An answer while it is being written: a row at the end that is drawn anew at most every 33 ms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.domain.transcript import Entry
from app.ui.conversation.cell import CellState
from app.ui.conversation.heading import streaming_heading
from app.viewmodels.safe_markdown import PORTION_CHARACTERS

if TYPE_CHECKING:
    from app.application.continuing import ContinueUpdate

INTERVAL_MS: Final = 33
_ENDED: Final = frozenset({"cancelled", "failed"})


class Stream(QObject):
    """Holds the newest update.

    Signals:
        changed: draw (or take away) the row now; at most every 33 ms.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._update: ContinueUpdate | None = None
        self._model = ""
        self._entry: Entry | None = None
        self._is_over = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._on_due)

    @property
    def is_shown(self) -> bool:
        return self._update is not None

    def update_with(self, update: ContinueUpdate, model: str) -> None:
        self._update, self._model, self._is_over = update, model, False
        if not self._timer.isActive():
            self._timer.start()

    def finish(self) -> None:
        """No more comes; what was stopped stays to be read until other entries arrive."""
        self._is_over = True
        if self._update and self._update.phase not in _ENDED:
            self._update = None
        self._timer.stop()
        self.changed.emit()

    def births_came(self) -> None:
        if self._is_over:
            self._update = None

    def drop(self) -> None:
        self._timer.stop()
        self._update = None

    @Slot()
    def _on_due(self) -> None:
        self.changed.emit()

    def entry(self, number: int) -> Entry:
        """The answer so far as an entry; the same object as long as nothing comes."""
        text, thinking = (self._update.text, self._update.thinking) if self._update else ("", "")
        text = text[-PORTION_CHARACTERS:]
        known = self._entry
        if known is not None and (known.text, known.thinking, known.ord) == (text, thinking, number):
            return known
        self._entry = fresh = Entry(
            ord=number,
            kind="message",
            key="",
            position=0,
            changed_at=0,
            time=None,
            role="assistant",
            text=text,
            thinking=thinking,
        )
        return fresh

    def cell_state(self) -> CellState:
        """What it thinks is shown until it speaks."""
        if self._update is None:
            return CellState()
        return CellState(heading=streaming_heading(self._update, self._model), expanded=not self._update.text)
