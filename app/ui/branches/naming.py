"""Name a branch where it is made: a name with a suggestion, and, if one likes, why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QPushButton, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent


class NamingCard(QFrame):
    """Hidden until asked; Enter makes the branch, Escape does not.

    Signals:
        name_given(str, str, str): make it with this name, for this hypothesis, expecting this; the latter may be empty.
    """

    name_given = Signal(str, str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setContentsMargins(0, 0, 0, 0)
        self._position = -1
        self._told = (-1, "")
        self._where = QLabel(self)
        self._where.setTextFormat(Qt.TextFormat.PlainText)
        self._where.setWordWrap(True)
        self._name = self._field(self.tr("Name of the new branch"), "")
        self._hypothesis = self._field(self.tr("Hypothesis"), self.tr("Hypothesis (optional)"))
        self._expected = self._field(self.tr("Expected"), self.tr("Expected (optional)"))
        self._where.setBuddy(self._name)
        self._make = QPushButton(self.tr("Branch"), self)
        self._make.setProperty("primary", True)
        self._make.clicked.connect(self._on_accepted)
        cancel = QPushButton(self.tr("Cancel"), self)
        cancel.clicked.connect(self.hide)
        self._name.textChanged.connect(self._on_text_changed)
        self._layout = layout = QGridLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        for row, widget in enumerate((self._where, self._name, self._hypothesis, self._expected)):
            layout.addWidget(widget, row, 0, 1, 2)
        layout.addWidget(self._make, 4, 0)
        layout.addWidget(cancel, 4, 1)
        self.hide()

    def _field(self, name: str, placeholder: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setAccessibleName(name)
        field.setPlaceholderText(placeholder)
        field.returnPressed.connect(self._on_accepted)
        return field

    def tell(self, position: int, sentence: str) -> None:
        """Say where a branch at this position leaves and what it holds, now or when it is asked for."""
        self._told = (position, sentence)
        if self._position == position:
            self._say(sentence)

    def _say(self, sentence: str) -> None:
        self._where.setText(sentence)
        self._make_room()

    def _make_room(self) -> None:
        """A wrapped text claims no height of its own, and the panel is narrow: without this its end is cut."""
        margins = self._layout.contentsMargins()
        width = self.contentsRect().width() - margins.left() - margins.right()
        self._where.setMinimumHeight(0)  # else the height that was claimed last is the least that it says it needs
        self._where.setMinimumHeight(max(0, self._where.heightForWidth(width)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def ask(self, suggestion: str, branch: str, position: int) -> None:
        self._position = position
        known, sentence = self._told
        if known != position:
            sentence = self.tr("Leaves {branch} after event {position}")
            sentence = sentence.format(branch=branch, position=f"{position:,}")
        self._say(sentence)
        self._name.setText(suggestion)
        self._name.selectAll()
        self._hypothesis.clear()
        self._expected.clear()
        self.show()
        self._name.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    @Slot(str)
    def _on_text_changed(self, text: str) -> None:
        self._make.setEnabled(bool(text.strip()))

    @Slot()
    def _on_accepted(self) -> None:
        name = self._name.text().strip()
        if name:
            self.hide()
            self.name_given.emit(name, self._hypothesis.text().strip(), self._expected.text().strip())
