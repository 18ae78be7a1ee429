"""The library of instructions: names, versions, what changed between them; and writing another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.ui.inspector.difference_text import DifferenceText
from app.viewmodels.tree_rows import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.instructions import InstructionsVersion
    from app.ui.theme import Theme

_SIZE: Final = (760, 480)


class InstructionsDialog(QDialog):
    """Versions never change: saving makes the next one.

    Signals:
        save_wanted(str, str, str): name, text, and a note what was changed.
    """

    save_wanted = Signal(str, str, str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("instructions")
        self.setWindowTitle(self.tr("Instructions"))
        self.resize(*_SIZE)
        self._versions: tuple[InstructionsVersion, ...] = ()
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Versions"))
        self.list.setFixedWidth(220)
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("Name, such as kind"))
        self.name.setAccessibleName(self.tr("Name"))
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(self.tr("Instructions"))
        self.text.setPlaceholderText(self.tr("What the model is told before the conversation"))
        self.note = QLineEdit()
        self.note.setPlaceholderText(self.tr("What was changed, and why"))
        self.note.setAccessibleName(self.note.placeholderText())
        self.change = DifferenceText(theme)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.text, self.tr("Text"))
        self.tabs.addTab(self.change, self.tr("Changed since the version before"))
        self.said = QLabel()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.save = QPushButton(self.tr("Save as next version"))
        self.save.setAutoDefault(False)
        self.save.setProperty("primary", True)
        right = QVBoxLayout()
        right.addWidget(self.name)
        right.addWidget(self.tabs, 1)
        right.addWidget(self.note)
        last = QHBoxLayout()
        last.addWidget(self.said, 1)
        last.addWidget(self.save)
        right.addLayout(last)
        row = QHBoxLayout(self)
        row.addWidget(self.list)
        row.addLayout(right, 1)
        self.list.currentRowChanged.connect(self._on_chosen)
        self.save.clicked.connect(self._on_save)
        self.name.textChanged.connect(self._on_typed)
        self.text.textChanged.connect(self._on_typed)
        self._on_typed()

    def set_theme(self, theme: Theme) -> None:
        self.change.set_theme(theme)

    def show_versions(self, versions: Sequence[InstructionsVersion], chosen: str = "") -> None:
        """By name, the newest first; ``chosen`` is a reference such as ``kind@2``."""
        self._versions = tuple(versions)
        self.list.blockSignals(True)
        self.list.clear()
        for one in versions:
            item = QListWidgetItem(str(one.ref))
            item.setToolTip(one.note or " ".join(one.text.split())[:200])
            self.list.addItem(item)
        self.list.blockSignals(False)
        place = next((row for row, one in enumerate(versions) if str(one.ref) == chosen), -1)
        self.list.setCurrentRow(place)
        if not versions:
            self.said.setText(self.tr("Nothing is saved yet. Give a name, write, and save."))

    def tell(self, sentence: str) -> None:
        self.said.setText(sentence)

    @Slot(int)
    def _on_chosen(self, row: int) -> None:
        if not 0 <= row < len(self._versions):
            return
        one = self._versions[row]
        before = next((old for old in self._versions if old.name == one.name and old.version == one.version - 1), None)
        self.name.setText(one.name)
        self.text.setPlainText(one.text)
        self.note.clear()
        self.said.setText(one.note)
        texts = (before.text, one.text) if before is not None else None
        self.change.show_row(Row(key="", label="", texts=texts))
        self.tabs.setTabEnabled(1, before is not None)

    @Slot()
    def _on_typed(self) -> None:
        self.save.setEnabled(bool(self.name.text().strip()) and bool(self.text.toPlainText().strip()))

    @Slot()
    def _on_save(self) -> None:
        self.save_wanted.emit(self.name.text(), self.text.toPlainText(), self.note.text())
