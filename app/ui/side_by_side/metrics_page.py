"""Measures of the compared branches: a table, and one metric over the turns as a chart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSplitter,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.viewmodels.metrics_model import BestRole, MetricsModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.compare.comparison import Comparison
    from app.ui.theme import Theme


class _BestDelegate(QStyledItemDelegate):
    """The best of a row in bold, which says it without colour."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        if index.data(BestRole):
            font = QFont(option.font)
            font.setWeight(QFont.Weight.DemiBold)
            option.font = font
            option.text = f"{option.text} ✓"


class MetricsPage(QWidget):
    """The chart is of the metric whose row is current.

    Signals:
        turn_wanted(int): the turn (index of the comparison's rows) whose place in the chart was clicked.
    """

    turn_wanted = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._comparison: Comparison | None = None
        self._order: tuple[int, ...] = ()
        self._at: int | None = None
        self._chart: Any = None
        self.model = MetricsModel(self)
        self.table = QTableView()
        self.table.setAccessibleName(self.tr("Measures of the compared branches"))
        self.table.setModel(self.model)
        self.table.setItemDelegate(_BestDelegate(self.table))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setCornerButtonEnabled(False)
        self._dress_header(self.table.horizontalHeader())
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.verticalHeader().setDefaultSectionSize(26)
        self.table.selectionModel().currentRowChanged.connect(self._on_metric_chosen)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._split)

    def _dress_header(self, header: QHeaderView) -> None:
        """Columns share the width while each can hold its numbers; names stand on two lines."""
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setTextElideMode(Qt.TextElideMode.ElideNone)
        wrapped = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        header.setDefaultAlignment(Qt.AlignmentFlag(int(wrapped)))
        header.setFixedHeight(2 * header.fontMetrics().lineSpacing() + 10)

    def _make_room(self, header: QHeaderView) -> None:
        """No value is cut, for half a number is another number: rather the columns leave the view to the right."""
        least = header.fontMetrics().horizontalAdvance("00:00.000 s ✓")
        header.setMinimumSectionSize(max(least, *map(self.table.sizeHintForColumn, range(header.count())), 0))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        if self._chart is not None:
            self._chart.set_theme(theme)

    def show_comparison(self, comparison: Comparison | None, order: Sequence[int]) -> None:
        self._comparison, self._order = comparison, tuple(order)
        chosen = self.table.currentIndex().row()
        self.model.show_branches([comparison.branches[number] for number in order] if comparison else ())
        self._make_room(self.table.horizontalHeader())
        if self.model.rowCount():
            self.table.selectRow(min(max(chosen, 0), self.model.rowCount() - 1))
        self._draw()

    def set_turn(self, row: int | None) -> None:
        """The playhead stands in this turn (index of the comparison's rows)."""
        self._at = row
        if self._chart is not None:
            self._chart.set_turn(row)

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]  # a QShowEvent
        self._draw()

    @Slot(QModelIndex)
    def _on_metric_chosen(self) -> None:
        self._draw()

    def _draw(self) -> None:
        """Charts cost what they import: none before one is seen."""
        index = self.table.currentIndex()
        found = self._comparison
        has_course = found is not None and len(found.rows) > 1  # a chart of one turn says less than the table
        if self._chart is not None:
            self._chart.setVisible(has_course)
        if found is None or not has_course or not index.isValid() or not self.isVisible():
            return
        if self._chart is None:
            from app.ui.side_by_side.metric_chart import MetricChart  # noqa: PLC0415 -- pyqtgraph takes long to import

            self._chart = MetricChart(self._theme)
            self._chart.turn_wanted.connect(self.turn_wanted)
            self._split.addWidget(self._chart)
            self._split.setSizes([self.width() * 3 // 5, self.width() * 2 // 5])
        self._chart.show_metric(found, self.model.metric_at(index.row()), self._order)
        self._chart.set_turn(self._at)
