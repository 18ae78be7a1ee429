"""The line in which a person adds a name or a pattern to look for."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from app.ui.theme import GRID_PX


class WantedLine(QWidget):
    """Asks for more to be looked for.

    Signals:
        name_wanted(str): take this name out as well.
        pattern_wanted(str): and whatever matches this expression.
    """

    name_wanted = Signal(str)
    pattern_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = QComboBox(self)
        self.kind.setAccessibleName(self.tr("What to look for"))
        self.kind.addItem(self.tr("Name"), "name")
        self.kind.addItem(self.tr("Pattern"), "pattern")
        self.text = QLineEdit(self)
        self.text.setAccessibleName(self.tr("Name or pattern to look for"))
        self.text.setPlaceholderText(self.tr("Look for this too"))
        self.text.setObjectName("redaction.wanted")
        self.add = QPushButton(self.tr("Add"), self)
        self.add.setAutoDefault(False)
        self.add.setEnabled(False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID_PX)
        layout.addWidget(self.kind)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.add)
        self.text.textChanged.connect(self._on_text_changed)
        self.text.returnPressed.connect(self._on_wanted)
        self.add.clicked.connect(self._on_wanted)

    def clear(self) -> None:
        self.text.clear()

    @Slot(str)
    def _on_text_changed(self, text: str) -> None:
        self.add.setEnabled(bool(text.strip()))

    @Slot()
    def _on_wanted(self) -> None:
        text = self.text.text().strip()
        if text:
            (self.name_wanted if self.kind.currentData() == "name" else self.pattern_wanted).emit(text)
