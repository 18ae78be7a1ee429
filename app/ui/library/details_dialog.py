"""What a session is, where it came from, and what its file did not hold."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from app.ui.theme import GROUP_PX, PANEL_PX
from app.viewmodels.import_story import story_lines

if TYPE_CHECKING:
    from app.application.imports import SessionImport
    from app.domain.sessions import SessionSummary


class DetailsDialog(QDialog):
    """Text that can be selected and copied; the report comes when it has been read."""

    def __init__(self, session: SessionSummary, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("session.details")
        self.setWindowTitle(self.tr("About this session"))
        self.resize(620, 440)
        title = self._text(session.header.title)
        title.setProperty("tone", "title")
        self._report = QPlainTextEdit(self)
        self._report.setReadOnly(True)
        self._report.setTabChangesFocus(True)
        self._report.setAccessibleName(self.tr("How it came in"))
        self._report.setPlaceholderText(self.tr("Reading…"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PANEL_PX, PANEL_PX, PANEL_PX, PANEL_PX)
        layout.setSpacing(GROUP_PX)
        layout.addWidget(title)
        layout.addLayout(self._facts(session))
        layout.addWidget(self._report, 1)
        layout.addWidget(buttons)
        self.finished.connect(self.deleteLater)

    def set_imports(self, imports: tuple[SessionImport, ...]) -> None:
        lines = story_lines(imports) or [self.tr("It was not imported: it was made here, or comes from another store.")]
        self._report.setPlainText("\n".join(lines))

    def set_failure(self, error: Exception) -> None:
        self._report.setPlainText(str(error))

    def _facts(self, session: SessionSummary) -> QFormLayout:
        form = QFormLayout()
        form.setSpacing(GROUP_PX // 2)
        header = session.header
        started = ""
        if session.started is not None:
            started = datetime.fromtimestamp(session.started / 1_000_000).astimezone().strftime("%Y-%m-%d %H:%M:%S")
        for name, value in (
            (self.tr("Source"), header.source),
            (self.tr("Id in the source"), header.external_id or ""),
            (self.tr("Customer"), header.subject or ""),
            (self.tr("Session"), header.id),
            (self.tr("Began"), started),
            (self.tr("Events"), f"{session.events:,}"),
            (self.tr("Branches"), f"{session.branches:,}"),
        ):
            if value:
                label = QLabel(name, self)
                label.setProperty("tone", "muted")
                form.addRow(label, self._text(value))
        return form

    def _text(self, value: str) -> QLabel:
        label = QLabel(value, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        return label
