"""Rows of a source and events made of them, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.events import to_rfc3339
from app.domain.mapping.values import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.mapping.sample import Made, SourceRow

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_LONGEST: Final = 300
_MOST_COLUMNS: Final = 200
_MOST_SHOWN: Final = 40

ProblemRole: Final = Qt.ItemDataRole.UserRole + 1
"""0, or for a row that does not fit the number of the column with its sentence, from 1."""
SourceRole: Final = Qt.ItemDataRole.UserRole + 2
"""The number of the source's row that it comes from, from 0."""


class _Table(QAbstractTableModel):
    """Texts, with the problem of a row standing over all its columns."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heads: list[str] = []
        self._cells: list[list[str]] = []
        self._lines: list[int] = []
        self._bad: list[int] = []
        self._sources: list[int] = []

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._cells)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        found = self._heads if orientation == Qt.Orientation.Horizontal else self._lines
        return found[section] if section < len(found) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            cells = self._cells[index.row()]
            return cells[index.column()] if index.column() < len(cells) else ""
        if role == ProblemRole:
            return self._bad[index.row()]
        if role == SourceRole:
            return self._sources[index.row()]
        return None

    def row_of_source(self, number: int) -> int:
        """The first row that comes from a row of the source; -1 when it has none."""
        return self._sources.index(number) if number in self._sources else -1

    def next_problem(self, after: int) -> int:
        """The next row that does not fit, from the start again; -1 where all do."""
        bad = [row for row, column in enumerate(self._bad) if column]
        return next((row for row in bad if row > after), bad[0] if bad else -1)

    def _put(self, heads: list[str], rows: list[tuple[int, int, list[str], int]]) -> None:
        self.beginResetModel()
        self._heads = heads
        self._sources = [source for source, _, _, _ in rows]
        self._lines = [line for _, line, _, _ in rows]
        self._cells = [cells for _, _, cells, _ in rows]
        self._bad = [bad for _, _, _, bad in rows]
        self.endResetModel()


class SourceTable(_Table):
    """The first rows of a source, a column for each of its columns."""

    def set_rows(self, rows: Sequence[SourceRow]) -> None:
        names: dict[str, None] = {}
        for row in rows:
            if isinstance(row.record, dict):
                names.update(dict.fromkeys(map(str, row.record)))
        heads = list(names)[:_MOST_COLUMNS] or [QCoreApplication.translate("SourceTable", "Record")]
        self._put(
            heads, [(number, row.line, _cells(row, heads), 1 if row.problem else 0) for number, row in enumerate(rows)]
        )


class MadeTable(_Table):
    """The events that the rows become."""

    def set_made(self, made: Sequence[Made], only_session: str = "") -> None:
        """``only_session``: what the session is called where none is told; empty: each record is one."""
        heads = [
            QCoreApplication.translate("MadeTable", "Session"),
            QCoreApplication.translate("MadeTable", "Time"),
            QCoreApplication.translate("MadeTable", "Who"),
            QCoreApplication.translate("MadeTable", "What it holds"),
            QCoreApplication.translate("MadeTable", "Event"),
        ]
        self._put(
            heads, [(one.row, one.line, _event_cells(one, only_session), 2 if one.problem else 0) for one in made]
        )


def _cells(row: SourceRow, heads: Sequence[str]) -> list[str]:
    if row.problem:
        return [row.problem]
    if not isinstance(row.record, dict):
        return [_short(row.record)]
    return [_short(row.record.get(name)) for name in heads]


def _event_cells(made: Made, only_session: str) -> list[str]:
    each = QCoreApplication.translate("MadeTable", "record {number}")
    session = made.session or only_session or each.format(number=made.row + 1)
    if made.problem:
        return [made.session, made.problem]
    event = made.event
    if event is None:
        return [session, QCoreApplication.translate("MadeTable", "no rule takes this row")]
    rest = {name: value for name, value in event.data.items() if name not in ("role", "message_id")}
    told = rest.pop("text", None)
    held = ([_short(told)] if told else []) + [f"{name}: {_short(value)}" for name, value in rest.items()]
    time = (to_rfc3339(event.time) or "").replace("T", " ")
    return [session, time, event.actor, " · ".join(held), event.type]


def _short(value: Any) -> str:
    if isinstance(value, list) and len(value) > _MOST_SHOWN:
        value = value[:_MOST_SHOWN]  # of a long list nobody sees the end
    text = " ".join(text_of(value).split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
