"""What a search found, as a list that asks for more when it is scrolled to its end."""

from __future__ import annotations

from enum import IntEnum
from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from app.domain.events import to_rfc3339
from app.domain.vocabulary import MESSAGE_POSTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.application.searching import Hit

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class HitRole(IntEnum):
    """What a row means beside its text."""

    HIT = Qt.ItemDataRole.UserRole + 1
    IS_TITLED = Qt.ItemDataRole.UserRole + 2
    """Whether the session has to be named, for the hits are of several."""


class HitsModel(QAbstractListModel):
    """One row a hit, in the order given.

    Signals:
        more_wanted(int): the hits from this number on (0-based).
    """

    more_wanted = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: list[Hit] = []
        self._has_more = self._is_awaiting = self._is_titled = False

    def set_hits(self, hits: Sequence[Hit], *, has_more: bool, of_one_session: bool = False) -> None:
        """``of_one_session``: also those to come are known to be."""
        self.beginResetModel()
        self._hits = list(hits)
        sessions = {hit.event.session for hit in hits}
        self._is_titled = not of_one_session and (has_more or len(sessions) > 1)
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
        if role == HitRole.IS_TITLED:
            return self._is_titled
        if role == Qt.ItemDataRole.ToolTipRole:  # escaped, for Qt takes what looks like HTML for HTML
            return f"<p>{escape(hit.title)}</p><p>{escape(hit.snippet.text)}</p>"
        told: dict[int, Any] = {
            Qt.ItemDataRole.DisplayRole: hit.snippet.text,
            Qt.ItemDataRole.AccessibleTextRole: f"{hit.title}, {place_of(hit)}: {hit.snippet.text}",
            HitRole.HIT: hit,
        }
        return told.get(role)


def place_of(hit: Hit) -> str:
    """Where a hit stands: position, branch where it is another than main, type where it is no message, time."""
    time = to_rfc3339(hit.event.time)
    place = QCoreApplication.translate("Search", "event {position}").format(position=f"{hit.event.position:,}")
    branch = "" if hit.branch_name == "main" else hit.branch_name
    kind = "" if hit.event.type == MESSAGE_POSTED else hit.event.type.rpartition(".")[2].replace("-", " ")
    parts = (place, branch, kind, time[:16].replace("T", " ") if time else "")
    return " · ".join(part for part in parts if part)
