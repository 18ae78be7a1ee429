"""A sign that only a part is played, or in a loop; the tool tip says which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QWidget

from app.ui.theme import tabular_font

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from app.viewmodels.play_range import PlayRange


class RangeChip(QToolButton):
    """Clicking it clears the range."""

    def __init__(self, clear: QAction, loop: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clear, self._loop = clear, loop
        self._loops = False
        self.setObjectName("transport.range")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFont(tabular_font())
        self.clicked.connect(self._on_clicked)
        self.hide()

    def set_range(self, played: PlayRange, head: int) -> None:
        first, last = played.within(head)
        self._loops = played.loops and not played.is_limited
        limits = self.tr("I–O") if played.is_limited else ""
        self.setText(" ".join(part for part in (limits, "↻" if played.loops else "") if part))
        told = self.tr("Plays from event {first} to {last}").format(first=f"{first:,}", last=f"{last:,}")
        told += self.tr(", in a loop") if played.loops else ""
        self.setAccessibleName(told)
        self.setToolTip(self.tr("{told}; click to clear").format(told=told))
        self.setVisible(played.is_limited or played.loops)

    def _on_clicked(self) -> None:
        (self._loop if self._loops else self._clear).trigger()
