"""Which value of a column means which actor or type of event; and which columns become members of an event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from app.ui.theme import GRID_PX

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_NAME, _MEANING = 0, 1
_HEIGHT_PX: Final = 96


class ValuesTable(QWidget):
    """A column, what each of its values means, and what all others mean.

    Signals:
        changed(object): the JSON of the choice is another.
    """

    changed = Signal(object)

    def __init__(self, name: str, title: str, meanings: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._meanings = list(meanings)
        self._is_filling = False
        self.column = _editable_box(self, f"{name}.column", title)
        self.otherwise = _editable_box(self, f"{name}.otherwise", self.tr("{title}: all others").format(title=title))
        self.otherwise.lineEdit().setPlaceholderText(self.tr("do not fit"))  # type: ignore[union-attr]
        self.table = QTableWidget(0, 2, self)
        self.table.setObjectName(name)
        self.table.setAccessibleName(title)
        self.table.setHorizontalHeaderLabels([self.tr("Value"), self.tr("Means")])
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.setTabKeyNavigation(False)
        self.table.setMinimumHeight(_HEIGHT_PX)
        head = QHBoxLayout()
        head.setSpacing(GRID_PX)
        label = QLabel(title, self)
        label.setProperty("tone", "muted")
        self._others = QLabel(self)
        self._others.setProperty("tone", "muted")
        head.addWidget(label)
        head.addWidget(self.column, 1)
        head.addWidget(self._others)
        head.addWidget(self.otherwise, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID_PX)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addStretch(0)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.column.activated.connect(self._on_changed)
        self.column.lineEdit().editingFinished.connect(self._on_changed)  # type: ignore[union-attr]
        self.otherwise.activated.connect(self._on_changed)
        self.otherwise.lineEdit().editingFinished.connect(self._on_changed)  # type: ignore[union-attr]

    def show_choice(self, choice: Any, columns: Sequence[str], values: Sequence[str]) -> None:
        """Fill in; ``values`` are those of the column as they are found in the source."""
        self._is_filling = True
        told: Mapping[str, Any] = choice if isinstance(choice, dict) else {"otherwise": choice or ""}
        _fill(self.column, ["", *columns], str(told.get("column", "")))
        _fill(self.otherwise, self._meanings, str(told.get("otherwise") or ""))
        known = {str(key).casefold(): str(value) for key, value in (told.get("values") or {}).items()}
        names = list(dict.fromkeys([*(one for one in values), *(k for k in known if k not in _folded(values))]))
        if not told.get("column"):
            names = []
        self._others.setText(self.tr("others") if told.get("column") else self.tr("always"))
        self.table.setVisible(bool(names))
        if [self._text(row, _NAME) for row in range(self.table.rowCount())] != names:
            self._rebuild(names)
        for row, name in enumerate(names):
            box = self.table.cellWidget(row, _MEANING)
            if isinstance(box, QComboBox):
                box.setEditText(known.get(name.casefold(), ""))
        self._is_filling = False

    def choice(self) -> Any:
        """The JSON of what is filled in."""
        column, otherwise = self.column.currentText().strip(), self.otherwise.currentText().strip()
        if not column:
            return otherwise
        values = {}
        for row in range(self.table.rowCount()):
            box = self.table.cellWidget(row, _MEANING)
            if isinstance(box, QComboBox) and (meaning := box.currentText().strip()):
                values[self._text(row, _NAME)] = meaning
        told = {"column": column, "values": values}
        return {**told, "otherwise": otherwise} if otherwise else told

    def _text(self, row: int, column: int) -> str:
        item = self.table.item(row, column)
        return item.text() if item is not None else ""

    def _rebuild(self, names: Sequence[str]) -> None:
        self.table.setRowCount(0)
        self.table.setRowCount(len(names))
        for row, name in enumerate(names):
            self.table.setItem(row, _NAME, QTableWidgetItem(name))
            box = _editable_box(self.table, "", self.tr("What {value} means").format(value=name))
            box.addItems(["", *self._meanings])
            box.lineEdit().setPlaceholderText(self.tr("as others"))  # type: ignore[union-attr]
            box.activated.connect(self._on_changed)
            box.lineEdit().editingFinished.connect(self._on_changed)  # type: ignore[union-attr]
            self.table.setCellWidget(row, _MEANING, box)

    @Slot()
    def _on_changed(self, *_: object) -> None:
        if not self._is_filling:
            self.changed.emit(self.choice())


def _editable_box(parent: QWidget, name: str, spoken: str) -> QComboBox:
    box = QComboBox(parent)
    box.setObjectName(name)
    box.setAccessibleName(spoken)
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(4)
    return box


def _fill(box: QComboBox, offered: Sequence[str], value: str) -> None:
    if [box.itemText(number) for number in range(box.count())] != list(offered):
        box.clear()
        box.addItems(list(offered))
    box.setEditText(value)
    box.lineEdit().setCursorPosition(0)  # type: ignore[union-attr]


def _folded(values: Sequence[str]) -> set[str]:
    return {value.casefold() for value in values}
