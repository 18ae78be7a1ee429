"""Hides the window while its texts are being masked, and says so for as long as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.ui.theme import PANEL_PX

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QResizeEvent


class MaskCover(QWidget):
    """Lies over another widget as large as that is; opaque, and takes every click."""

    def __init__(self, over: QWidget) -> None:
        self._over = over
        super().__init__(over)
        self.setObjectName("mask.cover")
        self.setAutoFillBackground(True)
        said = QLabel(self.tr("Texts are being masked; nothing is shown until that is done."), self)
        said.setTextFormat(Qt.TextFormat.PlainText)
        said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        said.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.addWidget(said)
        self.hide()

    def cover(self) -> None:
        self._over.installEventFilter(self)
        self.setGeometry(self._over.rect())
        self.raise_()
        self.show()
        self.repaint()

    def hideEvent(self, event: QHideEvent) -> None:
        self._over.removeEventFilter(self)
        super().hideEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize and self.isVisible():
            resized: QResizeEvent = event  # type: ignore[assignment]
            self.resize(resized.size())
        return super().eventFilter(watched, event)


class MaskSign(QLabel):
    """The strip that stands over the panes as long as texts are masked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mask.sign")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setContentsMargins(PANEL_PX, 2, PANEL_PX, 2)
        self.hide()

    def tell(self, keys: str) -> None:
        """Show it, with the keys that end masking."""
        said = self.tr("Personal data is masked on screen; {keys} shows it again").format(keys=keys)
        text = said if keys else self.tr("Personal data is masked on screen")
        self.setText(text)
        self.setAccessibleName(text)
        self.show()
