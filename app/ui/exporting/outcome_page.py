"""The last page of the export dialog: how far it is, then what was written and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QProgressBar, QVBoxLayout, QWidget

from app.ui.theme import GROUP_PX

if TYPE_CHECKING:
    from pathlib import Path

    from app.viewmodels.exporting import OutgoingReport

_KB = 1024


class OutcomePage(QWidget):
    """Tells; asks nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.said = QLabel()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.said.setProperty("tone", "heading")
        self.said.setAccessibleName(self.tr("How it stands"))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the export"))
        self.details = QPlainTextEdit()
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName(self.tr("What was redacted, and what the form could not hold"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP_PX)
        column.addWidget(self.said)
        column.addWidget(self.bar)
        column.addWidget(self.details, 1)
        column.addStretch(0)

    def show_writing(self, path: Path) -> None:
        self.said.setText(self.tr("Writing {file}…").format(file=path.name))
        self.bar.setRange(0, 0)
        self.bar.show()
        self.details.hide()

    def show_progress(self, done: int, total: int | None, what: str) -> None:
        self.bar.setRange(0, total or 0)
        self.bar.setValue(done)
        self.bar.setToolTip(what)

    def show_written(self, path: Path, report: OutgoingReport) -> None:
        size = f"{report.size / _KB:,.0f} KB" if report.size >= _KB else f"{report.size:,} B"
        self.said.setText(self.tr("Written: {file} ({size})").format(file=path.name, size=size))
        self.bar.hide()
        lines = [str(path), "", report.redaction]
        if report.checked:
            lines += ["", report.checked]
        if report.losses:
            lines += ["", self.tr("What the form could not hold:"), *(f"– {one}" for one in report.losses)]
        self.details.setPlainText("\n".join(lines))
        self.details.show()
