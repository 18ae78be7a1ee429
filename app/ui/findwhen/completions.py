"""A short list under a field; the field keeps the focus and the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

MOST: Final = 200
_ROWS: Final = 10


class Completions(QListWidget):
    """Hidden while there is nothing to offer.

    Signals:
        chosen(str): this one was clicked.
    """

    chosen = Signal(str)

    def __init__(self, field: QWidget) -> None:
        super().__init__(field.window())
        self._field = field
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Paths of the state"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.itemClicked.connect(self._on_clicked)
        self.hide()

    def offer(self, texts: Sequence[str]) -> None:
        """Show the texts under the field; none hides the list."""
        self.clear()
        if not texts:
            self.hide()
            return
        self.setParent(self._field.window())
        self.setFont(self._field.font())
        self.addItems(list(texts[:MOST]))
        self.setCurrentRow(-1)
        row = self.sizeHintForRow(0)
        height = min(len(texts), _ROWS) * row + 2 * self.frameWidth()
        corner = self._field.mapTo(self._field.window(), QPoint(0, self._field.height()))
        self.setGeometry(corner.x(), corner.y(), self._field.width(), height)
        self.raise_()
        self.show()

    def move_by(self, rows: int) -> None:
        """Choose another one, around the end."""
        self.setCurrentRow((max(self.currentRow(), -1 if rows > 0 else 0) + rows) % self.count())

    @property
    def current(self) -> str:
        """What is chosen; empty when nothing is."""
        return self.currentItem().text() if self.currentRow() >= 0 else ""

    @Slot(QListWidgetItem)
    def _on_clicked(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.text())
