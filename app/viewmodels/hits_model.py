"""What a search found, as a list that asks for more when it is scrolled to its end."""

from __future__ import annotations

from enum import IntEnum
from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.domain.events import to_rfc3339

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.application.searching import Hit

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class HitRole(IntEnum):
    """What a row means beside its text."""

    HIT = Qt.ItemDataRole.UserRole + 1


class HitsModel(QAbstractListModel):
    """One row a hit, in the order given.

    Signals:
        more_wanted(int): the hits from this number on (0-based).
    """

    more_wanted = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: list[Hit] = []
        self._has_more = self._is_awaiting = False

    def set_hits(self, hits: Sequence[Hit], *, has_more: bool) -> None:
        self.beginResetModel()
        self._hits = list(hits)
        self._has_more, self._is_awaiting = has_more, False
        self.endResetModel()

    def add_hits(self, hits: Sequence[Hit], *, has_more: bool) -> None:
        """The answer to ``more_wanted``."""
        self._has_more, self._is_awaiting = has_more and bool(hits), False
        if hits:
            count = len(self._hits)
            self.beginInsertRows(_NOWHERE, count, count + len(hits) - 1)
            self._hits += hits
            self.endInsertRows()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._hits)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._has_more and not self._is_awaiting

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._is_awaiting = True
            self.more_wanted.emit(len(self._hits))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        hit = self._hits[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return hit.snippet.text
            case Qt.ItemDataRole.ToolTipRole:  # escaped, for Qt takes what looks like HTML for HTML
                return f"<p>{escape(hit.title)}</p><p>{escape(hit.snippet.text)}</p>"
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{hit.title}, {place_of(hit)}: {hit.snippet.text}"
            case HitRole.HIT:
                return hit
            case _:
                return None


def place_of(hit: Hit) -> str:
    """Where a hit stands: position, branch where it is another than main, type, time."""
    time = to_rfc3339(hit.event.time)
    branch = "" if hit.branch_name == "main" else hit.branch_name
    kind = hit.event.type.rpartition(".")[2]
    parts = (f"{hit.event.position:,}", branch, kind, time[:16].replace("T", " ") if time else "")
    return " · ".join(part for part in parts if part)
