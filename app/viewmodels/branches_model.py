"""The branches of a session as a tree: each below the branch it was made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from app.domain.branches import Branch

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
BRANCH = "branch"


class BranchRole(IntEnum):
    """What a row means beside its text."""

    BRANCH = Qt.ItemDataRole.UserRole + 1
    IS_CURRENT = Qt.ItemDataRole.UserRole + 2


class Column(IntEnum):
    """What is told about a branch."""

    NAME = 0
    FORK = 1
    OWN = 2


@dataclass(slots=True, eq=False)
class _Node:
    branch: Branch | None
    parent: _Node | None = None
    row: int = 0
    children: list[_Node] = field(default_factory=list)


class BranchesModel(QAbstractItemModel):
    """Main at the top; siblings in the order they were made. Side streams are not shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = _Node(None)
        self._nodes: dict[str, _Node] = {}
        self._current = ""

    def set_branches(self, branches: tuple[Branch, ...], current: str) -> None:
        shown = {branch.id: branch for branch in branches if branch.kind == BRANCH}
        self.beginResetModel()
        self._root = _Node(None)
        self._nodes = {branch_id: _Node(branch) for branch_id, branch in shown.items()}
        for branch in shown.values():
            node = self._nodes[branch.id]
            above = self._nodes.get(branch.parent or "", self._root)
            node.parent, node.row = above, len(above.children)
            above.children.append(node)
        self._current = current
        self.endResetModel()

    def index_of(self, branch: str) -> QModelIndex:
        node = self._nodes.get(branch)
        return self.createIndex(node.row, 0, node) if node is not None else QModelIndex()

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, self._node(parent).children[row])

    # Qt has two methods of this name, and the other one (of QObject) is not needed here.
    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]
        above = self._node(index).parent if index.isValid() else None
        return QModelIndex() if above is None or above is self._root else self.createIndex(above.row, 0, above)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.column() > 0 else len(self._node(parent).children)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: ARG002 -- the same everywhere
        return len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if section == Column.NAME else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("Branches"), self.tr("Fork"), self.tr("Own"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        branch = self._node(index).branch
        if branch is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(branch, Column(index.column()))
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() != Column.NAME:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return {
            int(Qt.ItemDataRole.ToolTipRole): self._sentence(branch),
            int(Qt.ItemDataRole.AccessibleTextRole): self._sentence(branch),
            int(BranchRole.BRANCH): branch,
            int(BranchRole.IS_CURRENT): branch.id == self._current,
        }.get(int(role))

    def _text(self, branch: Branch, column: Column) -> str:
        match column:
            case Column.NAME:
                return branch.name
            case Column.FORK:
                return f"{branch.fork_position:,}" if branch.parent else "–"
            case Column.OWN:
                return f"{branch.own_events:,}"

    def _sentence(self, branch: Branch) -> str:
        own = f"{branch.own_events:,}"
        if not branch.parent:
            text = self.tr("{name}, {own} events").format(name=branch.name, own=own)
        else:
            text = self.tr("{name}, made at event {fork}, {own} events of its own").format(
                name=branch.name, fork=f"{branch.fork_position:,}", own=own
            )
        return self.tr("{branch}, current").format(branch=text) if branch.id == self._current else text

    def _node(self, index: Index) -> _Node:
        node: _Node = index.internalPointer() if index.isValid() else self._root
        return node
