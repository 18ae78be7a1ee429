"""The sheet of keys, made from the table of actions."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.ui.actions import grouped, keys_text, translated
from app.ui.theme import mono_font

_COLUMNS: Final = 3
_HEADING_ROWS: Final = 2
_Group = tuple[str, list[tuple[str, str]]]


class ShortcutSheet(QDialog):
    """Lists every action that has keys, group by group."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("shortcuts.sheet")
        self.setWindowTitle(self.tr("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        page = QWidget(self)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 12, 0)
        row.setSpacing(32)
        for groups in _in_columns(_listed()):
            column = QVBoxLayout()
            column.setSpacing(12)
            for title, listed in groups:
                column.addWidget(self._group(title, listed))
            column.addStretch(1)
            row.addLayout(column)
        area = QScrollArea(self)
        area.setObjectName("shortcuts.area")
        area.setAccessibleName(self.tr("Keys by group"))
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(page)
        note = QLabel(self.tr("While you type in a field, keys without Ctrl or Alt belong to the field."), self)
        note.setProperty("tone", "muted")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(area, 1)
        layout.addWidget(note)
        layout.addWidget(buttons)
        wanted = page.sizeHint() + QSize(60, 130)
        self.resize(wanted.boundedTo(parent.window().size() - QSize(40, 40)))

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


def _listed() -> list[_Group]:
    """What has keys, group by group."""
    groups = [
        (title, [(translated(spec.text), keys_text(spec)) for spec in specs if spec.keys])
        for title, specs in grouped().items()
    ]
    return [group for group in groups if group[1]]


def _in_columns(groups: list[_Group]) -> list[list[_Group]]:
    """The largest first, each into the column that is shortest so far."""
    columns: list[list[_Group]] = [[] for _ in range(_COLUMNS)]
    heights = [0] * _COLUMNS
    for group in sorted(groups, key=lambda one: -len(one[1])):
        shortest = heights.index(min(heights))
        columns[shortest].append(group)
        heights[shortest] += len(group[1]) + _HEADING_ROWS
    return [column for column in columns if column]
