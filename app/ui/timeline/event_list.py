"""A branch as rows: the list twin of the plot, and the story of a session in which nobody speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.ui.shapes import lane_title
from app.ui.theme import GROUP_PX, tabular_font
from app.ui.timeline.caption import mark_title, type_text
from app.ui.timeline.event_row_delegate import EventRowDelegate
from app.viewmodels.events_model import COLUMNS, EventsModel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QResizeEvent

    from app.ui.theme import Theme
    from app.viewmodels.event_summaries import EventSummaries
    from app.viewmodels.events_model import Column
    from app.viewmodels.marks import Mark
    from app.viewmodels.timeline_data import TimelineData

_ROW_PX: Final = 22
_AHEAD: Final = 3
"""Rows after the playhead that are kept in view."""
Use = Literal["twin", "story"]
_WIDTHS: Final[Mapping[Use, Mapping[Column, int]]] = {
    "twin": {"event": 90, "time": 156, "kind": 152, "type": 170, "summary": 0, "marks": 150},
    "story": {"event": 88, "time": 156, "summary": 0, "marks": 64},
}
"""The columns that are shown, in pixels; 0 takes what is left."""


class _Rows(QTableView):
    """Keeps its current row in the middle when it gets another height: before it is shown it has none to scroll in."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().height() != event.oldSize().height() and self.currentIndex().isValid():
            self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)


class EventList(QWidget):
    """Its current row is the playhead.

    Signals:
        position_requested(int): the person went to this event.
    """

    position_requested = Signal(int)

    def __init__(self, theme: Theme, use: Use = "twin", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeline.list" if use == "twin" else "story.list")
        self._playhead = 0
        self._is_told = False
        self._data: TimelineData | None = None
        self._model = EventsModel(lane_title, type_text, mark_title)
        self._lanes = QComboBox(self)
        self._lanes.setAccessibleName(self.tr("Kind of events in the list"))
        self._lanes.activated.connect(self._on_lane_activated)
        self.table = _Rows(self)
        shape_column = COLUMNS.index("kind" if use == "twin" else "event")
        self._delegate = EventRowDelegate(theme, self._model, shape_column, self.table)
        self._prepare_table(_WIDTHS[use])
        self.set_theme(theme)
        label = QLabel(self.tr("Show"), self)
        label.setBuddy(self._lanes)
        row = QHBoxLayout()
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(GROUP_PX)
        row.addWidget(label)
        row.addWidget(self._lanes)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(self.table, 1)

    def _prepare_table(self, widths: Mapping[Column, int]) -> None:
        table = self.table
        table.setModel(self._model)
        table.setItemDelegate(self._delegate)
        table.setAccessibleName(self.tr("Events of the branch"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setFont(tabular_font())
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for number, column in enumerate(COLUMNS):
            table.setColumnHidden(number, column not in widths)
            table.setColumnWidth(number, widths.get(column, 0))
        header.setSectionResizeMode(COLUMNS.index("summary"), QHeaderView.ResizeMode.Stretch)
        table.selectionModel().currentChanged.connect(self._on_current_changed)

    def sizeHint(self) -> QSize:
        return QSize(600, 240)

    def minimumSizeHint(self) -> QSize:
        return QSize(300, 200)

    def set_theme(self, theme: Theme) -> None:
        self._delegate.set_theme(theme)
        for fit in (
            self.table.verticalHeader().setMinimumSectionSize,
            self.table.verticalHeader().setDefaultSectionSize,
        ):
            fit(theme.row_px(_ROW_PX))
        self.table.viewport().update()

    def set_summaries(self, summaries: EventSummaries) -> None:
        """Where the lines that say what an event is about come from."""
        self._model.set_summaries(summaries)

    def set_data(self, data: TimelineData | None, playhead: int) -> None:
        self._data = data
        self._is_told = True
        self._model.set_data(data)
        self._is_told = False
        self._lanes.clear()
        self._lanes.addItem(self.tr("All events"), None)
        for lane in data.lanes if data is not None else ():
            self._lanes.addItem(lane_title(lane), lane)
        self._lanes.setCurrentIndex(max(self._lanes.findData(self._model.lane), 0))
        self.set_playhead(playhead)

    def set_marks(self, marks: Sequence[Mark]) -> None:
        self._model.set_marks(marks)

    def set_playhead(self, position: int) -> None:
        """Follow the playhead without asking for it."""
        self._playhead = self._delegate.playhead = position
        row = self._model.row_of(position)
        self._is_told = True
        if row < 0:
            self.table.setCurrentIndex(QModelIndex())
        elif row != self.table.currentIndex().row():
            column = max(self.table.currentIndex().column(), 0)
            self._bring_into_view(self._model.index(row, column))
            self.table.setCurrentIndex(self._model.index(row, column))
        self._is_told = False
        self.table.viewport().update()

    def _bring_into_view(self, index: QModelIndex) -> None:
        """Scroll only where the row, or what comes next, is out of view; then to the middle."""
        last = self._model.index(min(index.row() + _AHEAD, self._model.rowCount() - 1), index.column())
        seen = self.table.viewport().rect()
        if not (seen.contains(self.table.visualRect(index)) and seen.intersects(self.table.visualRect(last))):
            self.table.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, before: QModelIndex) -> None:  # noqa: ARG002 -- Qt's shape
        position = self._model.position_of(current.row())
        if not self._is_told and position and position != self._playhead:
            self._playhead = position
            self.position_requested.emit(position)

    @Slot(int)
    def _on_lane_activated(self, index: int) -> None:
        self._is_told = True
        self._model.set_lane(self._lanes.itemData(index))
        self._is_told = False
        self.set_playhead(self._playhead)
