"""The strip that tells of a failure: one sentence, until it is closed or something succeeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from app.ui.icons import SIZE_PX, icon

if TYPE_CHECKING:
    from app.ui.theme import Theme


class Notice(QFrame):
    """Hidden while there is nothing to tell."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._sign, self._said = QLabel(self), QLabel(self)
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._said.setWordWrap(True)
        self._said.setProperty("tone", "problem")
        self._said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._close = QToolButton(self)
        self._close.setAccessibleName(self.tr("Close the message"))
        self._close.setToolTip(self.tr("Close the message"))
        self._close.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._close.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.addWidget(self._sign)
        row.addWidget(self._said, 1)
        row.addWidget(self._close)
        self.set_theme(theme)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        self._sign.setPixmap(icon("problem", theme, "problem").pixmap(SIZE_PX, SIZE_PX))
        self._close.setIcon(icon("quit", theme))

    @property
    def text(self) -> str:
        return self._said.text()

    @Slot(str)
    def tell(self, sentence: str) -> None:
        self._said.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()

    @Slot()
    def clear(self) -> None:
        self.hide()
