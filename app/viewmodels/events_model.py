"""The events of a branch as rows, read from its columns only where somebody looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Slot

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.domain.vocabulary import Lane
    from app.viewmodels.event_summaries import EventSummaries
    from app.viewmodels.marks import Mark
    from app.viewmodels.timeline_data import TimelineData

Column = Literal["event", "time", "kind", "type", "summary", "marks"]
COLUMNS: Final[tuple[Column, ...]] = ("event", "time", "kind", "type", "summary", "marks")
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()


class EventsModel(QAbstractTableModel):
    """A row an event, in order; of one lane when it is filtered."""

    def __init__(
        self, lane_title: Callable[[Lane], str], type_text: Callable[[str], str], mark_title: Callable[[Any], str]
    ) -> None:
        super().__init__()
        self._lane_title, self._type_text, self._mark_title = lane_title, type_text, mark_title
        self._data: TimelineData | None = None
        self._lane: Lane | None = None
        self._marks: dict[int, list[Mark]] = {}
        self._summaries: EventSummaries | None = None

    def set_summaries(self, summaries: EventSummaries) -> None:
        """Where the lines of the events come from."""
        self._summaries = summaries
        summaries.summaries_ready.connect(self._on_summaries_ready)

    @Slot(int, int)
    def _on_summaries_ready(self, first: int, last: int) -> None:
        top, bottom = max(self.row_of(first), 0), min(self.row_of(last), self.rowCount() - 1)
        if bottom >= top:
            column = COLUMNS.index("summary")
            self.dataChanged.emit(self.index(top, column), self.index(bottom, column))

    def set_data(self, data: TimelineData | None) -> None:
        self.beginResetModel()
        self._data = data
        if data is None or self._lane not in data.lanes:
            self._lane = None
        self.endResetModel()

    def set_lane(self, lane: Lane | None) -> None:
        """Show only the events of a lane; None shows all."""
        self.beginResetModel()
        self._lane = lane
        self.endResetModel()

    def set_marks(self, marks: Sequence[Mark]) -> None:
        self._marks = {}
        for mark in marks:
            self._marks.setdefault(mark.position, []).append(mark)
        if (rows := self.rowCount()) > 0:
            column = COLUMNS.index("marks")
            self.dataChanged.emit(self.index(0, column), self.index(rows - 1, column))

    @property
    def lane(self) -> Lane | None:
        return self._lane

    def position_of(self, row: int) -> int:
        """The event in a row; 0 for no row."""
        if self._data is None or not 0 <= row < self.rowCount():
            return 0
        return row + 1 if self._lane is None else self._data.lane_position(self._lane, row)

    def row_of(self, position: int) -> int:
        """The row of the event at or last before a position; -1 when there is none."""
        if self._data is None:
            return -1
        return position - 1 if self._lane is None else self._data.lane_rank(self._lane, position) - 1

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        if parent.isValid() or self._data is None:
            return 0
        return self._data.head if self._lane is None else self._data.lane_rank(self._lane, self._data.head)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._data is None:
            return None
        position = self.position_of(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(position, COLUMNS[index.column()])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            texts = (self._text(position, column) for column in COLUMNS)
            return ", ".join(text for text in texts if text)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 0:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and COLUMNS[section] == "event":
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        titles = {
            "event": self.tr("Event"),
            "time": self.tr("Time"),
            "kind": self.tr("Kind"),
            "type": self.tr("Type"),
            "summary": self.tr("What"),
            "marks": self.tr("Marks"),
        }
        return titles[COLUMNS[section]]

    def lane_of(self, row: int) -> Lane | None:
        """The lane of the event in a row."""
        position = self.position_of(row)
        return self._data.lane_at(position) if self._data is not None and position else None

    def _text(self, position: int, column: Column) -> str:
        assert self._data is not None  # noqa: S101 -- data() has looked
        match column:
            case "event":
                return f"{position:,}"
            case "time":
                time = self._data.time_at(position)
                return time.strftime("%Y-%m-%d %H:%M:%S") if time is not None else self.tr("no time recorded")
            case "kind":
                return self._lane_title(self._data.lane_at(position))
            case "type":
                return self._type_text(self._data.type_at(position))
            case "summary":
                return self._summaries.text(position) if self._summaries is not None else ""
            case _:
                return self._marks_text(position)

    def _marks_text(self, position: int) -> str:
        own = self._marks.get(position, ())
        return "; ".join(f"{self._mark_title(mark.kind)}: {' '.join(mark.text.split())[:120]}" for mark in own)
