"""The branches of a session as a tree: each below the one it leaves, in the order in which they are drawn."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.viewmodels.branch_sentence import sentence
from app.viewmodels.branch_tree import EMPTY, BranchTree

if TYPE_CHECKING:
    from app.viewmodels.branch_tree import BranchRow

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
BRANCH = "branch"


class BranchRole(IntEnum):
    """What a row means beside its text."""

    BRANCH = Qt.ItemDataRole.UserRole + 1
    IS_CURRENT = Qt.ItemDataRole.UserRole + 2
    ROW = Qt.ItemDataRole.UserRole + 3


class Column(IntEnum):
    """What is told about a branch."""

    NAME = 0
    FORK = 1
    OWN = 2
    LINE = 3


class BranchesModel(QAbstractItemModel):
    """An index holds the number of its row in the tree. Side streams are not shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tree: BranchTree = EMPTY
        self._current = ""
        self._playhead = 0

    @property
    def current(self) -> str:
        """Id of the branch in focus."""
        return self._current

    @property
    def playhead(self) -> int:
        return self._playhead

    def set_tree(self, tree: BranchTree, current: str) -> bool:
        """Show another tree; returns whether rows moved: where they only say something else, views keep their place."""
        if self._shape(tree) == self._shape(self.tree):
            self.tree = tree
            self._current = current
            self._tell(range(len(tree)))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, Column.NAME, Column.NAME)
            return False
        self.beginResetModel()
        self.tree, self._current = tree, current
        self.endResetModel()
        return True

    def set_current(self, branch: str) -> None:
        before, self._current = self._current, branch
        self._tell((self.tree.row_of(before), self.tree.row_of(branch)))

    def set_playhead(self, position: int) -> None:
        self._playhead = position
        self._tell((self.tree.row_of(self._current),))

    def index_of(self, branch: str) -> QModelIndex:
        return self._index(self.tree.row_of(branch), 0)

    @staticmethod
    def _shape(tree: BranchTree) -> list[tuple[str, int]]:
        return [(row.branch.id, row.place.parent) for row in tree.rows]

    def _tell(self, numbers: range | tuple[int, ...]) -> None:
        for number in numbers:
            if number >= 0:
                self.dataChanged.emit(self._index(number, 0), self._index(number, len(Column) - 1))

    def _index(self, number: int, column: int) -> QModelIndex:
        if number < 0:
            return QModelIndex()
        return self.createIndex(self.tree.nth(number), column, number)

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, self.tree.children(self._number(parent))[row])

    # Qt has two methods of this name, and the other one (of QObject) is not needed here.
    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]
        return self._index(self.tree.rows[self._number(index)].place.parent, 0) if index.isValid() else QModelIndex()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.column() > 0 else len(self.tree.children(self._number(parent)))

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: ARG002 -- the same everywhere
        return len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = super().flags(index)
        return usual | Qt.ItemFlag.ItemIsEditable if index.isValid() and index.column() == Column.NAME else usual

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if section in (Column.NAME, Column.LINE) else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        name = "" if self.tree.archived else self.tr("Name")  # else the view says there what is folded away
        return (name, self.tr("Fork"), self.tr("Own"), self.tr("Line"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self.tree.rows[self._number(index)], Column(index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._sentence(row) if column is Column.NAME else self._spoken(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (Column.FORK, Column.OWN):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return {
            int(Qt.ItemDataRole.DisplayRole): self._text(row, column),
            int(Qt.ItemDataRole.EditRole): row.branch.name,
            int(BranchRole.BRANCH): row.branch,
            int(BranchRole.IS_CURRENT): row.branch.id == self._current,
            int(BranchRole.ROW): row,
        }.get(int(role))

    def _text(self, row: BranchRow, column: Column) -> str:
        match column:
            case Column.NAME:
                return row.branch.name
            case Column.FORK:
                return f"{row.branch.fork_position:,}" if row.branch.parent else "–"
            case Column.OWN:
                return f"{row.branch.own_events:,}"
            case Column.LINE:
                return ""

    def _spoken(self, row: BranchRow, column: Column) -> str:
        words = {Column.FORK: self.tr("fork {number}"), Column.OWN: self.tr("own {number}")}
        return words.get(column, "").format(number=self._text(row, column))

    def _sentence(self, row: BranchRow) -> str:
        return sentence(row, self._playhead if row.branch.id == self._current else None)

    @staticmethod
    def _number(index: Index) -> int:
        return index.internalId() if index.isValid() else -1
