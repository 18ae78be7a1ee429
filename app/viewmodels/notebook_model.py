"""The notebook as a list, filtered by kind."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.viewmodels.notebook_rows import kind_title

if TYPE_CHECKING:
    from app.viewmodels.notebook_rows import NotebookRow

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_LONGEST_TOLD = 2_000


class NotebookRole(IntEnum):
    """What a row means beside its text."""

    ROW = Qt.ItemDataRole.UserRole + 1
    IS_HERE = Qt.ItemDataRole.UserRole + 2


class NotebookModel(QAbstractListModel):
    """One row an entry, by position; those at the playhead are marked."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._everything: tuple[NotebookRow, ...] = ()
        self._shown: tuple[NotebookRow, ...] = ()
        self._kind = ""
        self._playhead = -1

    @property
    def total(self) -> int:
        """How many rows there are, shown or not."""
        return len(self._everything)

    def set_rows(self, rows: tuple[NotebookRow, ...]) -> None:
        if rows != self._everything:
            self._everything = rows
            self._filter()

    def set_kind(self, kind: str) -> None:
        """Show one kind only; all of them when empty."""
        self._kind = kind
        self._filter()

    def set_playhead(self, position: int) -> None:
        before, self._playhead = self._playhead, position
        for number, row in enumerate(self._shown):
            if row.position in (before, position):
                self.dataChanged.emit(self.index(number), self.index(number), [NotebookRole.IS_HERE])

    def _filter(self) -> None:
        self.beginResetModel()
        self._shown = tuple(row for row in self._everything if self._kind in ("", row.kind))
        self.endResetModel()

    def index_of(self, row: NotebookRow) -> QModelIndex:
        """Where an entry (or a stop) is now; nowhere when it is gone."""
        for number, one in enumerate(self._shown):
            if (one.entry, one.kind, one.position) == (row.entry, row.kind, row.position):
                return self.index(number)
        return QModelIndex()

    def first_here(self) -> QModelIndex:
        """The first row at the playhead; nowhere when nothing is noted there."""
        places = [row.position for row in self._shown]
        return self.index(places.index(self._playhead)) if self._playhead in places else QModelIndex()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.line
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return self._sentence(row)[:_LONGEST_TOLD]
            case NotebookRole.ROW:
                return row
            case NotebookRole.IS_HERE:
                return row.position == self._playhead and not row.elsewhere
            case _:
                return None

    def _sentence(self, row: NotebookRow) -> str:
        where = self.tr("event {position}").format(position=f"{row.position:,}")
        if row.elsewhere:
            where = self.tr("{place} on {branch}").format(place=where, branch=row.elsewhere)
        said = "" if row.kind == "breadcrumb" else f": {row.line}"
        return f"{kind_title(row.kind)}, {where}{said}"
