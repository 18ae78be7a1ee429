"""A small card that says what is under the pointer, without moving the playhead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from app.ui.timeline.caption import Card

_WIDEST_PX: Final = 420


class HoverCard(QFrame):
    """Floats above the timeline inside the window; never takes a click or the focus."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self.setObjectName("timeline.card")
        self.setProperty("card", True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._what, self._where, self._summary, self._marks = (QLabel(self) for _ in range(4))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.setSpacing(0)
        for label in (self._what, self._summary, self._marks, self._where):
            label.setTextFormat(Qt.TextFormat.PlainText)
            layout.addWidget(label)
        self._where.setProperty("tone", "caption")
        self._summary.setProperty("tone", "muted")
        self.hide()

    @property
    def text(self) -> str:
        labels = (self._what, self._summary, self._marks, self._where)
        return "\n".join(label.text() for label in labels if label.text())

    def show_at(self, point: QPoint, card: Card) -> None:
        """Show a card above a point of the parent, inside its width."""
        texts = (card.what, card.summary, card.marks, card.where)
        for label, text in zip((self._what, self._summary, self._marks, self._where), texts, strict=True):
            lines = [
                label.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, _WIDEST_PX)
                for line in text.split("\n")
            ]
            label.setText("\n".join(lines))
            label.setVisible(bool(text))
        self.adjustSize()
        room = self._window.width()
        left = min(max(point.x() - self.width() // 2, 4), max(room - self.width() - 4, 4))
        self.move(left, max(point.y() - self.height() - 10, 4))
        self.show()
        self.raise_()
