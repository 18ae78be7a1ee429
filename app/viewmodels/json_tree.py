"""A JSON value as a tree whose branches come into being when they are opened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt

from app.viewmodels.json_text import short

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

Index = QModelIndex | QPersistentModelIndex
PAGE: Final = 200


class _Node:
    __slots__ = ("children", "key", "number", "parent", "value")

    def __init__(self, key: str, value: Any, parent: _Node | None, number: int) -> None:
        self.key, self.value, self.parent, self.number = key, value, parent, number
        self.children: list[_Node] = []

    def size(self) -> int:
        return len(self.value) if isinstance(self.value, (Mapping, list, tuple)) else 0

    def grow(self, upto: int) -> None:
        """Make children up to a count; those of an object are named by key, those of a list by place."""
        if isinstance(self.value, Mapping):
            pairs = [(str(key), value) for (key, value), _ in zip(self.value.items(), range(upto), strict=False)]
        else:
            pairs = [(str(place), value) for place, value in enumerate(self.value[:upto])]
        for number in range(len(self.children), len(pairs)):
            self.children.append(_Node(*pairs[number], self, number))


class JsonTree(QAbstractItemModel):
    """Two columns: key and value. Long lists come in pages (``fetchMore``)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = _Node("", {}, None, 0)

    def show_value(self, value: Any) -> None:
        self.beginResetModel()
        self._root = _Node("", value, None, 0)
        self.endResetModel()

    def value_of(self, index: Index) -> Any:
        return self._node(index).value

    def path_of(self, index: Index) -> str:
        """The JSON pointer of a row."""
        node: _Node | None = self._node(index)
        steps: list[str] = []
        while node is not None and node.parent is not None:
            steps.append("/" + node.key.replace("~", "~0").replace("/", "~1"))
            node = node.parent
        return "".join(reversed(steps))

    def find(self, path: str) -> QModelIndex:
        """The row of a JSON pointer, as far as it has come into being or is on the first page."""
        index = QModelIndex()
        for step in path.split("/")[1:]:
            wanted = step.replace("~1", "/").replace("~0", "~")
            self.fetchMore(index) if not self.rowCount(index) and self.canFetchMore(index) else None
            keys = [node.key for node in self._node(index).children]
            if wanted not in keys:
                return QModelIndex()
            index = self.index(keys.index(wanted), 0, index)
        return index

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

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008 -- Qt's signature
        return parent.column() <= 0 and self._node(parent).size() > 0

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.column() > 0 else len(self._node(parent).children)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: ARG002, B008 -- Qt's signature
        return 2

    def canFetchMore(self, parent: Index) -> bool:
        node = self._node(parent)
        return parent.column() <= 0 and len(node.children) < node.size()

    def fetchMore(self, parent: Index) -> None:
        node = self._node(parent)
        have, upto = len(node.children), min(node.size(), len(node.children) + PAGE)
        if upto > have:
            self.beginInsertRows(parent, have, upto - 1)
            node.grow(upto)
            self.endInsertRows()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole and 0 <= section < 2:
            return (self.tr("Key"), self.tr("Value"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role != Qt.ItemDataRole.DisplayRole:
            return None
        node = self._node(index)
        if not index.column():
            return node.key
        if isinstance(node.value, Mapping):
            return self.tr("{{}} {count} members").replace("{{}}", "{}").replace("{count}", f"{node.size():,}")
        if isinstance(node.value, (list, tuple)):
            return self.tr("[] {count} elements").replace("{count}", f"{node.size():,}")
        return short(node.value, 200)
