"""A ranked list: move, remove and add items."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.theme import GROUP_PX

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.viewmodels.what_if.subjects import Subject

_ITEM: Final = Qt.ItemDataRole.UserRole + 1
_LEAST_PX: Final = 88


class ListEditor(QWidget):
    """Best first; a row can be dragged, or moved with the buttons (Alt+Up, Alt+Down).

    Signals:
        edited: the list is another one now.
    """

    edited = Signal()

    def __init__(self, subject: Subject, items: Mapping[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self.list = QListWidget(self)
        self.list.setObjectName("whatif.list")
        self.list.setAccessibleName(subject.title)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setMinimumHeight(_LEAST_PX)
        for one in subject.value:
            self._append(dict(one))
        self.list.setCurrentRow(0)
        self._up = self._button(self.tr("Up"), "Alt+Up", lambda: self._move(-1))
        self._down = self._button(self.tr("Down"), "Alt+Down", lambda: self._move(1))
        self._remove = self._button(self.tr("Remove"), "Del", self._on_remove)
        self.fresh = QComboBox(self)
        self.fresh.setEditable(True)
        self.fresh.setAccessibleName(self.tr("Item to add, by id"))
        if (field := self.fresh.lineEdit()) is not None:
            field.setPlaceholderText(self.tr("Item to add, by id"))
        for item, name in items.items():
            self.fresh.addItem(f"{name} ({item})" if name != item else item, item)
        self.fresh.setCurrentIndex(-1)
        self._add = self._button(self.tr("Add"), "", self._on_add)
        self._arrange()
        self.list.model().rowsMoved.connect(self._on_rows_changed)
        self.list.currentRowChanged.connect(self._refresh)
        self.setFocusProxy(self.list)
        self._refresh()

    def _button(self, text: str, keys: str, slot: Any) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        if keys:
            button.setShortcut(keys)
            button.setToolTip(f"{text} ({keys})")
        button.clicked.connect(slot)
        return button

    def _arrange(self) -> None:
        beside = QVBoxLayout()
        for button in (self._up, self._down, self._remove):
            beside.addWidget(button)
        beside.addStretch(1)
        below = QHBoxLayout()
        below.addWidget(self.fresh, 1)
        below.addWidget(self._add)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GROUP_PX)
        grid.addWidget(self.list, 0, 0)
        grid.addLayout(beside, 0, 1)
        grid.addLayout(below, 1, 0, 1, 2)

    def _append(self, item: dict[str, Any]) -> None:
        name, key = str(item.get("name") or ""), str(item.get("item", ""))
        row = QListWidgetItem(f"{name} ({key})" if name and name != key else key, self.list)
        row.setData(_ITEM, item)

    def value(self) -> tuple[dict[str, Any], ...]:
        return tuple(self.list.item(row).data(_ITEM) for row in range(self.list.count()))

    # --- what the person does

    def _move(self, by: int) -> None:
        row = self.list.currentRow()
        if row >= 0 and 0 <= row + by < self.list.count():
            item = self.list.takeItem(row)
            self.list.insertItem(row + by, item)
            self.list.setCurrentRow(row + by)
            self._on_rows_changed()

    @Slot()
    def _on_remove(self) -> None:
        if self.list.currentRow() >= 0:
            self.list.takeItem(self.list.currentRow())
            self._on_rows_changed()

    @Slot()
    def _on_add(self) -> None:
        text = self.fresh.currentText().strip()
        known = self.fresh.findText(text)
        item = str(self.fresh.itemData(known)) if known >= 0 else text
        if item:
            name = self.fresh.itemText(known).removesuffix(f" ({item})") if known >= 0 else ""
            self._append({"item": item, **({"name": name} if name and name != item else {})})
            self.list.setCurrentRow(self.list.count() - 1)
            self.fresh.clearEditText()
            self._on_rows_changed()

    @Slot()
    def _on_rows_changed(self) -> None:
        self._refresh()
        self.edited.emit()

    @Slot()
    def _refresh(self) -> None:
        row, count = self.list.currentRow(), self.list.count()
        self._up.setEnabled(row > 0)
        self._down.setEnabled(0 <= row < count - 1)
        self._remove.setEnabled(row >= 0)
