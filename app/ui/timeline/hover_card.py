"""A small card that says what is under the pointer, without moving the playhead."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget


class HoverCard(QFrame):
    """Floats above the timeline inside the window; never takes a click or the focus."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self.setProperty("card", True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._what, self._where = QLabel(self), QLabel(self)
        for label in (self._what, self._where):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._where.setProperty("tone", "caption")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.setSpacing(0)
        layout.addWidget(self._what)
        layout.addWidget(self._where)
        self.hide()

    def show_at(self, point: QPoint, what: str, where: str) -> None:
        """Show two lines above a point of the parent, inside its width."""
        self._what.setText(what)
        self._where.setText(where)
        self.adjustSize()
        room = self._window.width()
        left = min(max(point.x() - self.width() // 2, 4), max(room - self.width() - 4, 4))
        self.move(left, max(point.y() - self.height() - 10, 4))
        self.show()
        self.raise_()
