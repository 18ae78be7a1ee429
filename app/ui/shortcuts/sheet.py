"""The sheet of keys, made from the table of actions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.actions import grouped, keys_text, translated
from app.ui.theme import mono_font

_BESIDE_THE_FIRST = 1


class ShortcutSheet(QDialog):
    """Lists every action that has keys, group by group."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("shortcuts.sheet")
        self.setWindowTitle(self.tr("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        columns = (QVBoxLayout(), QVBoxLayout())
        for title, specs in grouped().items():
            listed = [(translated(spec.text), keys_text(spec)) for spec in specs if spec.keys]
            if listed:
                column = columns[0] if len(listed) > 10 else columns[_BESIDE_THE_FIRST]
                column.addWidget(self._group(title, listed))
        row = QHBoxLayout()
        row.setSpacing(32)
        for column in columns:
            column.setSpacing(12)
            column.addStretch(1)
            row.addLayout(column)
        note = QLabel(self.tr("While you type in a field, keys without Ctrl or Alt belong to the field."), self)
        note.setProperty("tone", "muted")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(row)
        layout.addWidget(note)
        layout.addWidget(buttons)

    def _group(self, title: str, listed: list[tuple[str, str]]) -> QWidget:
        box = QWidget(self)
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        heading = QLabel(title, box)
        heading.setProperty("tone", "heading")
        grid.addWidget(heading, 0, 0, 1, 2)
        for number, (text, keys) in enumerate(listed, start=1):
            grid.addWidget(QLabel(text, box), number, 0)
            key = QLabel(keys, box)
            key.setFont(mono_font(12))
            key.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(key, number, 1)
        return box
