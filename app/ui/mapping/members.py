"""What else an event holds: a name, a column, and what its value is taken for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.mapping.values import KINDS
from app.ui.theme import GRID_PX

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_NAME, _COLUMN, _KIND = 0, 1, 2
_ELSEWHERE: Final = frozenset({"text"})


class MembersTable(QWidget):
    """One row a member.

    Signals:
        changed(object): the JSON of an event's data is another.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data: Mapping[str, Any] = {}
        self._columns: Sequence[str] = ()
        self._is_filling = False
        self.table = QTableWidget(0, 3, self)
        self.table.setObjectName("mapping.members")
        self.table.setAccessibleName(self.tr("Further members of an event"))
        self.table.setHorizontalHeaderLabels([self.tr("Member"), self.tr("Column"), self.tr("Taken as")])
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.setTabKeyNavigation(False)
        self.table.itemChanged.connect(self._on_changed)
        self.add = QPushButton(self.tr("Add"), self)
        self.remove = QPushButton(self.tr("Remove"), self)
        for button in (self.add, self.remove):
            button.setAutoDefault(False)
        self.add.clicked.connect(self._on_add)
        self.remove.clicked.connect(self._on_remove)
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addWidget(self.remove)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID_PX, GRID_PX, GRID_PX, GRID_PX)
        column.setSpacing(GRID_PX)
        column.addWidget(self.table, 1)
        column.addLayout(row)

    def show_members(self, data: Mapping[str, Any], columns: Sequence[str]) -> None:
        """Fill in; members with a constant value are only in the JSON."""
        if data == self._data and list(columns) == list(self._columns):
            return
        self._is_filling = True
        self._data, self._columns = dict(data), list(columns)
        shown = [(name, _parts(one)) for name, one in data.items() if name not in _ELSEWHERE and _parts(one)[0]]
        self.table.setRowCount(0)
        self.table.setRowCount(len(shown))
        for row, (name, (column, kind)) in enumerate(shown):
            self._put(row, name, column, kind)
        self._is_filling = False

    def data(self) -> dict[str, Any]:
        """The JSON of an event's data with what is filled in."""
        told = {name: one for name, one in self._data.items() if name in _ELSEWHERE or not _parts(one)[0]}
        for row in range(self.table.rowCount()):
            item = self.table.item(row, _NAME)
            name = item.text().strip() if item is not None else ""
            column, kind = self._box_text(row, _COLUMN), self._box_text(row, _KIND)
            if name and column:
                told[name] = column if kind in ("", KINDS[0]) else {"column": column, "as": kind}
        return told

    def _put(self, row: int, name: str, column: str, kind: str) -> None:
        self.table.setItem(row, _NAME, QTableWidgetItem(name))
        for place, spoken, offered, value in (
            (_COLUMN, self.tr("Column"), self._columns, column),
            (_KIND, self.tr("Taken as"), KINDS, kind),
        ):
            box = QComboBox(self.table)
            box.setEditable(place == _COLUMN)
            box.setAccessibleName(f"{name}: {spoken}")
            box.addItems(list(offered))
            if place == _COLUMN:
                box.setEditText(value)
            else:
                box.setCurrentText(value)
            box.activated.connect(self._on_changed)
            self.table.setCellWidget(row, place, box)

    def _box_text(self, row: int, place: int) -> str:
        box = self.table.cellWidget(row, place)
        return box.currentText().strip() if isinstance(box, QComboBox) else ""

    @Slot()
    def _on_add(self) -> None:
        self._is_filling = True
        row = self.table.rowCount()
        self.table.setRowCount(row + 1)
        self._put(row, f"member_{row + 1}", self._columns[0] if self._columns else "", KINDS[0])
        self._is_filling = False
        self._on_changed()
        self.table.setCurrentCell(row, _NAME)

    @Slot()
    def _on_remove(self) -> None:
        row = self.table.currentRow()
        if row >= 0:
            self.table.removeRow(row)
            self._on_changed()

    @Slot()
    def _on_changed(self, *_: object) -> None:
        if not self._is_filling:
            self._data = self.data()
            self.changed.emit(self._data)


def _parts(member: Any) -> tuple[str, str]:
    """(column, kind) of a member's JSON; no column for a constant."""
    if isinstance(member, str):
        return member, KINDS[0]
    if isinstance(member, dict):
        return str(member.get("column", "")), str(member.get("as", KINDS[0]))
    return "", KINDS[0]
