"""Asks for the address of a PostgreSQL server, and for the password, which is kept nowhere."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.ui.theme import GROUP_PX, PANEL_PX


class DatabaseDialog(QDialog):
    """Two fields.

    Signals:
        chosen(str, str): connect to this address with this password.
    """

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("mapping.database")
        self.setWindowTitle(self.tr("Database"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(420)
        self.address = QLineEdit()
        self.address.setAccessibleName(self.tr("Address"))
        self.address.setPlaceholderText("user@host/name")
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName(self.tr("Password"))
        rows = QFormLayout()
        rows.addRow(self.tr("PostgreSQL at"), self.address)
        rows.addRow(self.tr("Password"), self.password)
        said = QLabel(self.tr("The database is only read. The password is neither saved nor shown anywhere."))
        said.setWordWrap(True)
        said.setProperty("tone", "muted")
        said.setTextFormat(Qt.TextFormat.PlainText)
        self.connect_button = QPushButton(self.tr("Connect"))
        self.connect_button.setProperty("primary", True)
        self.connect_button.setDefault(True)
        self.connect_button.setEnabled(False)
        cancel = QPushButton(self.tr("Cancel"))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.connect_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(PANEL_PX, PANEL_PX, PANEL_PX, PANEL_PX)
        column.setSpacing(GROUP_PX)
        column.addLayout(rows)
        column.addWidget(said)
        column.addLayout(buttons)
        self.address.textChanged.connect(self._on_typed)
        self.connect_button.clicked.connect(self._on_connect)
        cancel.clicked.connect(self.reject)

    @Slot()
    def _on_typed(self) -> None:
        self.connect_button.setEnabled(bool(self.address.text().strip()))

    @Slot()
    def _on_connect(self) -> None:
        self.chosen.emit(self.address.text().strip(), self.password.text())
        self.accept()
