"""The checks of a re-run, one below the other."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.domain.lab.checks import unique_names
from app.ui.reruns.check_row import CheckRow
from app.ui.theme import GROUP_PX

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.lab.checks import Check


class ChecksEditor(QWidget):
    """Rows that are added and removed.

    Signals:
        changed: the checks may be others now.
        file_wanted: the person wants those of a file.
    """

    changed = Signal()
    file_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[CheckRow] = []
        self._empty = QLabel(self.tr("None: answers are only held against the recorded ones."))
        self._empty.setTextFormat(Qt.TextFormat.PlainText)
        self._empty.setWordWrap(True)
        self._empty.setProperty("tone", "muted")
        self.add = QPushButton(self.tr("Add a check"))
        self.from_file = QPushButton(self.tr("From a file…"))
        self.from_file.setToolTip(self.tr("Checks in TOML or JSON, as branchline rerun --checks takes them"))
        for button in (self.add, self.from_file):
            button.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addWidget(self.add)
        buttons.addWidget(self.from_file)
        buttons.addStretch(1)
        self._list = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP_PX)
        column.addWidget(self._empty)
        column.addLayout(self._list)
        column.addLayout(buttons)
        self.add.clicked.connect(self._on_add)
        self.from_file.clicked.connect(self.file_wanted)

    def show_checks(self, checks: Sequence[Check]) -> None:
        """These instead of those that are there."""
        for row in tuple(self.rows):
            self._drop(row)
        for check in checks:
            self._row().show_check(check)
        self._tell()

    def checks(self) -> tuple[Check, ...]:
        """Raises BadInput for the first that is none."""
        return unique_names([row.check(number) for number, row in enumerate(self.rows, start=1)])

    def _row(self) -> CheckRow:
        row = CheckRow(self)
        row.changed.connect(self.changed)
        row.removed.connect(partial(self._on_removed, row))
        self.rows.append(row)
        self._list.addWidget(row)
        return row

    def _drop(self, row: CheckRow) -> None:
        self.rows.remove(row)
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _tell(self) -> None:
        self._empty.setVisible(not self.rows)
        self.changed.emit()

    @Slot()
    def _on_add(self) -> None:
        row = self._row()
        row.value.setFocus()
        self._tell()

    def _on_removed(self, row: CheckRow) -> None:
        self._drop(row)
        self._tell()
        self.add.setFocus()
