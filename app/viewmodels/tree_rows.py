"""A tree of plain rows as a Qt model: what a panel says is decided by pure functions that make the rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QObject

Index = QModelIndex | QPersistentModelIndex

RowRole: Final = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of a panel.

    Attributes:
        key: tells the row from its siblings also when the moment changes; keeps what is unfolded unfolded.
        detail: muted, under or beside the label.
        share: 0 to 1, drawn as a bar; None for no bar.
        truth: ``recorded`` or ``computed``: what production wrote, or what Branchline worked out.
        change: ``added``, ``removed``, ``replaced`` or "" by the last event.
        position: of the event that a click goes to.
        pointer: the JSON pointer of what the row shows; empty where it is no value of the state.
        texts: the values before and after, to be compared word by word; None where the row is no change.
        is_stacked: the value stands under the label, for both are long.
    """

    key: str
    label: str
    value: str = ""
    detail: str = ""
    share: float | None = None
    truth: str = "recorded"
    change: str = ""
    position: int | None = None
    pointer: str = ""
    texts: tuple[Any, Any] | None = None
    is_section: bool = False
    is_stacked: bool = False
    unfolded: bool = False
    children: tuple[Row, ...] = ()


class _Node:
    __slots__ = ("children", "number", "parent", "row")

    def __init__(self, row: Row, parent: _Node | None, number: int) -> None:
        self.row, self.parent, self.number = row, parent, number
        self.children = [_Node(child, self, place) for place, child in enumerate(row.children)]


class TreeRows(QAbstractItemModel):
    """Two columns: label and value. ``RowRole`` gives the whole row; text roles serve screen readers and copying."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = _Node(Row(key="", label=""), None, 0)

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Take new rows; equal ones change nothing, rows of the same keys keep what is selected and unfolded."""
        if rows == self._root.row.children:
            return
        fresh = _Node(Row(key="", label="", children=rows), None, 0)
        if _same_shape(self._root, fresh):
            self._refresh(self._root, fresh, QModelIndex())
            return
        self.beginResetModel()
        self._root = fresh
        self.endResetModel()

    def _refresh(self, node: _Node, fresh: _Node, parent: QModelIndex) -> None:
        """Put new values into the nodes that views hold on to, and tell which changed."""
        node.row = fresh.row
        for old, new in zip(node.children, fresh.children, strict=True):
            if old.row == new.row:
                continue
            index = self.index(old.number, 0, parent)
            self._refresh(old, new, index)
            self.dataChanged.emit(index, self.index(old.number, 1, parent))

    def row_at(self, index: Index) -> Row:
        return self._node(index).row

    def keys_of(self, index: Index) -> tuple[str, ...]:
        """The path of keys that leads to a row."""
        node: _Node | None = self._node(index)
        keys: list[str] = []
        while node is not None and node.parent is not None:
            keys.append(node.row.key)
            node = node.parent
        return tuple(reversed(keys))

    def indexes(self, parent: QModelIndex | None = None) -> Iterator[QModelIndex]:
        """Every row that has children, parents first."""
        parent = parent or QModelIndex()
        for number in range(self.rowCount(parent)):
            index = self.index(number, 0, parent)
            if self.rowCount(index):
                yield index
                yield from self.indexes(index)

    def _node(self, index: Index) -> _Node:
        node = index.internalPointer() if index.isValid() else None
        return node if isinstance(node, _Node) else self._root

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 -- Qt's signature
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, self._node(parent).children[row])

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]  # QObject.parent() is another overload
        above = self._node(index).parent
        if not index.isValid() or above is None or above.parent is None:
            return QModelIndex()
        return self.createIndex(above.number, 0, above)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.column() > 0 else len(self._node(parent).children)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: ARG002, B008 -- Qt's signature
        return 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._node(index).row
        if role == RowRole:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.value if index.column() else row.label
        if role == Qt.ItemDataRole.AccessibleTextRole and not index.column():
            words = (row.label, row.value, row.detail, row.change, row.truth if row.is_section else "")
            return " · ".join(part for part in words if part)
        return None


def _same_shape(one: _Node, other: _Node) -> bool:
    return len(one.children) == len(other.children) and all(
        old.row.key == new.row.key and _same_shape(old, new)
        for old, new in zip(one.children, other.children, strict=True)
    )
