"""One metric over the compared turns: a line and a shape of its own for each branch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.viewmodels.metric_words import title_of
from app.viewmodels.short_names import short_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.compare.comparison import Comparison
    from app.domain.compare.metrics import Metric
    from app.ui.theme import Theme

_TOKENS: Final = ("muted", "customer", "recommendation", "behaviour", "tool", "assistant", "accent", "problem")
_LABEL_CHARACTERS: Final = 24
_SHAPES: Final = ("o", "s", "t1", "d", "+", "x", "star", "t")


class MetricChart(QWidget):
    """Direct labels at the ends of the lines; the playhead is the upright line.

    Signals:
        turn_wanted(int): the turn (index of the comparison's rows) that was clicked.
    """

    turn_wanted = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[Comparison, Metric, tuple[int, ...]] | None = None
        self._plot = pg.PlotWidget()
        self._plot.setMenuEnabled(False)
        self._plot.hideButtons()
        self._plot.getPlotItem().setMouseEnabled(x=True, y=False)
        self._plot.setMinimumHeight(120)
        self._line = pg.InfiniteLine(angle=90, movable=False)
        self._plot.scene().sigMouseClicked.connect(self._on_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._plot)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._plot.setBackground(theme.surface)
        for side in ("left", "bottom"):
            axis = self._plot.getPlotItem().getAxis(side)
            axis.setPen(pg.mkPen(theme.line))
            axis.setTextPen(pg.mkPen(theme.muted))
        self._line.setPen(pg.mkPen(theme.accent, width=2))
        if self._shown is not None:
            self.show_metric(*self._shown)

    def show_metric(self, comparison: Comparison, metric: Metric, order: Sequence[int]) -> None:
        """Draw a metric of all turns, the branches in this order; turns that do not tell it have no mark."""
        self._shown = (comparison, metric, tuple(order))
        item = self._plot.getPlotItem()
        item.clear()
        item.setLabel("bottom", self.tr("turn"), color=self._theme.muted)
        item.setLabel("left", title_of(metric), color=self._theme.muted)
        names = short_names([comparison.branches[branch].name for branch in order])
        for branch, name in zip(order, names, strict=True):
            points = [
                (number + 1, value)
                for number, row in enumerate(comparison.rows)
                if (cell := row.cells[branch]) is not None and (value := cell.metrics.value(metric.name)) is not None
            ]
            if points:
                self._draw_branch(branch, name, points)
        item.addItem(self._line)
        item.getAxis("bottom").setTickSpacing(max(1, len(comparison.rows) // 8), 1)
        item.getAxis("left").enableAutoSIPrefix(False)
        item.setXRange(0.5, len(comparison.rows) * 1.15 + 1, padding=0)
        item.enableAutoRange(axis="y")
        told = ", ".join(comparison.branches[branch].name for branch in order)
        self.setAccessibleName(self.tr("{metric} by turn: {names}").format(metric=title_of(metric), names=told))

    def _draw_branch(self, branch: int, name: str, points: Sequence[tuple[int, float]]) -> None:
        colour = QColor(getattr(self._theme, _TOKENS[branch % len(_TOKENS)]))
        xs, ys = [x for x, _ in points], [y for _, y in points]
        style = Qt.PenStyle.SolidLine if branch == 0 else Qt.PenStyle.DashLine
        self._plot.plot(
            xs, ys, pen=pg.mkPen(colour, width=1.5, style=style), symbol=_SHAPES[branch % len(_SHAPES)], symbolSize=8,
            symbolBrush=colour, symbolPen=pg.mkPen(self._theme.surface),
        )  # fmt: skip
        label = pg.TextItem(name[:_LABEL_CHARACTERS], color=colour, anchor=(0, 0.5))
        label.setPos(xs[-1] + 0.05, ys[-1])
        self._plot.addItem(label)

    def set_turn(self, row: int | None) -> None:
        self._line.setVisible(row is not None)
        if row is not None:
            self._line.setPos(row + 1)

    @Slot(object)
    def _on_clicked(self, event: Any) -> None:
        if self._shown is None:
            return
        x = self._plot.getPlotItem().vb.mapSceneToView(event.scenePos()).x()
        number = min(max(round(x) - 1, 0), len(self._shown[0].rows) - 1)
        if self._shown[0].rows:
            self.turn_wanted.emit(number)
