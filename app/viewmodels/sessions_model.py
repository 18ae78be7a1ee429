"""The session library as a list, and what is let through its filters."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

if TYPE_CHECKING:
    from app.domain.sessions import SessionSummary

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class SessionRole(IntEnum):
    """What a row means beside its title."""

    SUMMARY = Qt.ItemDataRole.UserRole + 1
    IS_OPEN = Qt.ItemDataRole.UserRole + 2


class SessionsModel(QAbstractListModel):
    """One row a session, in the order given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sessions: tuple[SessionSummary, ...] = ()
        self._open = ""

    def set_sessions(self, sessions: tuple[SessionSummary, ...]) -> None:
        if sessions == self._sessions:
            return
        if [one.header.id for one in sessions] == [one.header.id for one in self._sessions]:
            self._sessions = sessions  # the same ones, longer or with more branches: the list stays where it is
            self.dataChanged.emit(self.index(0), self.index(len(sessions) - 1))
            return
        self.beginResetModel()
        self._sessions = sessions
        self.endResetModel()

    def set_open(self, session: str) -> None:
        """Mark the session that the window shows."""
        before, self._open = self._open, session
        for row, summary in enumerate(self._sessions):
            if summary.header.id in {before, session}:
                self.dataChanged.emit(self.index(row), self.index(row), [SessionRole.IS_OPEN])

    def sources(self) -> tuple[str, ...]:
        """Where the sessions came from, each once."""
        return tuple(sorted({summary.header.source for summary in self._sessions}))

    def row_of(self, session: str) -> int:
        """The row of a session id; -1 when it is not there."""
        ids = (summary.header.id for summary in self._sessions)
        return next((row for row, one in enumerate(ids) if one == session), -1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._sessions)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        summary = self._sessions[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return summary.header.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{summary.header.title}, {details(summary)}"
            case SessionRole.SUMMARY:
                return summary
            case SessionRole.IS_OPEN:
                return summary.header.id == self._open
            case _:
                return None


class SessionsFilter(QSortFilterProxyModel):
    """Lets through sessions of one source whose title or ids hold every word typed, and those that were found."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self._source = ""
        self._found: frozenset[str] = frozenset()

    def set_found(self, sessions: frozenset[str]) -> None:
        """Ids of sessions that hold what was typed in their events."""
        self.beginFilterChange()
        self._found = sessions
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def set_text(self, text: str) -> None:
        self.beginFilterChange()
        self._found = frozenset()
        self._words = tuple(text.casefold().split())
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def set_source(self, source: str) -> None:
        """Only sessions of this source; all of them when empty."""
        self.beginFilterChange()
        self._source = source
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        summary: SessionSummary = self.sourceModel().index(row, 0, parent).data(SessionRole.SUMMARY)
        header = summary.header
        if self._source and header.source != self._source:
            return False
        text = "\n".join((header.title, header.id, header.external_id or "", header.subject or "")).casefold()
        return header.id in self._found or all(word in text for word in self._words)


def source_title(source: str) -> str:
    """What a source is called on screen: the last part of its URI."""
    return source.rstrip("/").rsplit(":", 1)[-1].rsplit("/", 1)[-1] or source


def details(summary: SessionSummary) -> str:
    """The second line of a session: where it came from and how long it is."""
    events = (
        QCoreApplication.translate("Sessions", "{count} event")
        if summary.events == 1
        else QCoreApplication.translate("Sessions", "{count} events")
    )
    parts = [source_title(summary.header.source), events.format(count=f"{summary.events:,}")]
    if summary.branches > 1:
        branches = QCoreApplication.translate("Sessions", "{count} branches")
        parts.append(branches.format(count=f"{summary.branches:,}"))
    return " · ".join(parts)
