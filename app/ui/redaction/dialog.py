"""What would leave if the session in focus were handed on: the review pane in a window of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.ui.redaction.pane import RedactionPane
from app.ui.theme import GROUP_PX, PANEL_PX

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from app.ui.theme import Theme
    from app.viewmodels.redaction.review_session import ReviewSession

_SIZE: Final = (980, 600)


class RedactionDialog(QDialog):
    """Looks and shows; a profile can be kept, and nothing leaves from here by itself.

    Signals:
        save_wanted: keep what is looked for as a profile.
        file_wanted: all is decided on, and somebody wants what was looked through in a file.
    """

    save_wanted = Signal()
    file_wanted = Signal()

    def __init__(self, session: ReviewSession, theme: Theme, parent: QWidget, *, leaves: bool = False) -> None:
        """``leaves``: what is looked through can be written from here."""
        super().__init__(parent)
        self._session = session
        session.setParent(self)
        self.setObjectName("redaction.dialog")
        self.setWindowTitle(self.tr("Personal data in this session"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        self.pane = RedactionPane(session, theme, self)
        self.save = QPushButton(self.tr("Save profile…"), self)
        self.save.setAutoDefault(False)
        self.save.clicked.connect(self.save_wanted)
        self.write = QPushButton(self.tr("Write the file…"), self)
        self.write.setAutoDefault(False)
        self.write.setProperty("primary", True)
        self.write.setVisible(leaves)
        self.write.setEnabled(False)
        self.write.clicked.connect(self.file_wanted)
        self.pane.ready_changed.connect(self.write.setEnabled)
        close = QPushButton(self.tr("Close"), self)
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.save)
        buttons.addWidget(close)
        buttons.addWidget(self.write)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PANEL_PX, PANEL_PX, PANEL_PX, PANEL_PX)
        layout.setSpacing(GROUP_PX)
        layout.addWidget(self.pane, 1)
        layout.addLayout(buttons)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._session.close()
        super().closeEvent(event)

    def reject(self) -> None:
        self._session.close()
        super().reject()
