"""A tree of plain rows as a Qt model: what a panel says is decided by pure functions that make the rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractItemModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from collections.abc import Sequence

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
        origin: what a section says of its truth; empty where ``truth`` says it all.
        change: ``added``, ``removed``, ``replaced`` or "" by the last event.
        position: of the event that a click goes to.
        pointer: the JSON pointer of what the row shows; empty where it is no value of the state.
        links: positions of events, newest first, that stand under the row as rows of their own once it is unfolded.
        texts: the values before and after, to be compared word by word; None where the row is no change.
        is_stacked: the value stands under the label, for both are long.
    """

    key: str
    label: str
    value: str = ""
    detail: str = ""
    share: float | None = None
    truth: str = "recorded"
    origin: str = ""
    change: str = ""
    position: int | None = None
    pointer: str = ""
    texts: tuple[Any, Any] | None = None
    is_section: bool = False
    is_stacked: bool = False
    unfolded: bool = False
    links: tuple[int, ...] = ()
    children: tuple[Row, ...] = ()

    @property
    def count(self) -> int:
        """Rows under this one."""
        return len(self.children) or len(self.links)

    def below(self) -> tuple[Row, ...]:
        """The rows under this one; those of links are made when asked for, for most stay folded."""
        return self.children or tuple(
            Row(key=str(at), label=event_words(at), position=at, truth=self.truth) for at in self.links
        )


def event_words(position: int) -> str:
    return QCoreApplication.translate("Inspector", "event {position}").format(position=f"{position:,}")


class _Node:
    """A row in its place; what is under it comes into being when it is first looked at."""

    __slots__ = ("_children", "number", "parent", "row")

    def __init__(self, row: Row, parent: _Node | None, number: int) -> None:
        self.row, self.parent, self.number = row, parent, number
        self._children: list[_Node] | None = None

    @property
    def is_looked_at(self) -> bool:
        """Whether anybody may hold on to one of the children."""
        return self._children is not None

    @property
    def count(self) -> int:
        return self.row.count if self._children is None else len(self._children)

    @property
    def children(self) -> list[_Node]:
        return self.children_of(self.row)

    def children_of(self, row: Row) -> list[_Node]:
        """The children, begun as those of ``row`` where there are none yet."""
        if self._children is None:
            self._children = [_Node(child, self, place) for place, child in enumerate(row.below())]
        return self._children


class TreeRows(QAbstractItemModel):
    """Two columns: label and value. ``RowRole`` gives the whole row; text roles serve screen readers and copying."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = _Node(Row(key="", label=""), None, 0)

    def show_rows(self, rows: tuple[Row, ...]) -> list[QModelIndex]:
        """Take new rows; equal ones change nothing.

        Views lay out a long list anew whenever rows come or go, so rows change in place, the first by the first, and
        only what is left over comes or goes at the end. Returns those with children that are new or have another key:
        they have to be folded as that row was.
        """
        fresh: list[QModelIndex] = []
        self._take(self._root, Row(key="", label="", children=rows), QModelIndex(), fresh)
        return fresh

    def _take(self, node: _Node, row: Row, index: QModelIndex, fresh: list[QModelIndex]) -> bool:
        """Put a new row in a node's place; tells whether anything in or under it is different."""
        old, node.row = node.row, row
        if old is row:
            return False
        if old.key != row.key and row.count:
            fresh.append(index)
        differs = self._take_children(node, old, row, index, fresh)
        return differs or _face(old) != _face(row)

    def _take_children(self, node: _Node, old: Row, row: Row, index: QModelIndex, fresh: list[QModelIndex]) -> bool:
        had, have = old.count, row.count
        if not node.is_looked_at and (had > 0) == (have > 0):
            return False  # folded: nobody has seen more of them than that there are some
        if old.children is row.children and old.links == row.links:
            return False
        below = row.below()
        children, kept = node.children_of(old), min(had, have)
        changed = [
            one
            for one, new in zip(children[:kept], below[:kept], strict=True)
            if self._take(one, new, self.createIndex(one.number, 0, one), fresh)
        ]
        if changed:
            first, last = changed[0], changed[-1]
            self.dataChanged.emit(self.createIndex(first.number, 0, first), self.createIndex(last.number, 1, last))
        if had > kept:
            self.beginRemoveRows(index, kept, had - 1)
            del children[kept:]
            self.endRemoveRows()
        elif have > kept:
            added = [_Node(below[place], node, place) for place in range(kept, have)]
            self.beginInsertRows(index, kept, have - 1)
            children += added
            self.endInsertRows()
            fresh += [self.createIndex(one.number, 0, one) for one in added if one.row.count]
        return bool(changed) or had != have

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

    def find(self, keys: Sequence[str]) -> QModelIndex:
        """The row that a path of keys leads to; invalid when there is none."""
        node, index = self._root, QModelIndex()
        for key in keys:
            found = next((child for child in node.children if child.row.key == key), None)
            if found is None:
                return QModelIndex()
            node, index = found, self.createIndex(found.number, 0, found)
        return index

    def _node(self, index: Index) -> _Node:
        node = index.internalPointer() if index.isValid() else None
        return node if isinstance(node, _Node) else self._root

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 -- Qt's signature
        node = self._node(parent)
        if parent.column() > 0 or not (0 <= row < node.count and 0 <= column < 2):  # hasIndex() asks back, twice
            return QModelIndex()
        return self.createIndex(row, column, node.children[row])

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]  # QObject.parent() is another overload
        above = self._node(index).parent
        if not index.isValid() or above is None or above.parent is None:
            return QModelIndex()
        return self.createIndex(above.number, 0, above)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.column() > 0 else self._node(parent).count

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
            words = (row.label, row.value, row.detail, row.change, (row.origin or row.truth) if row.is_section else "")
            return " · ".join(part for part in words if part)
        return None


def _face(row: Row) -> tuple[object, ...]:
    """All of a row that can be seen without unfolding it."""
    return (row.key, row.label, row.value, row.detail, row.share, row.truth, row.origin, row.change, row.position,
            row.pointer, row.texts, row.is_section, row.is_stacked, row.count > 0)  # fmt: skip
