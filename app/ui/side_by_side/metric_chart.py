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
_LABEL_CHARACTERS: Final = 18
_MOST_MARKS: Final = 150
"""Points of a line that are marked; more marks would cover each other and the line."""
_LABEL_SHARE: Final = 0.07
"""Of the chart's height that a label takes."""
_SHAPES: Final = ("o", "s", "t1", "d", "+", "x", "star", "t")


def apart(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places as near to those wanted as they can be, in their order, at least ``gap`` apart, from low to high."""
    order = sorted(range(len(wanted)), key=lambda number: wanted[number])
    gap = min(gap, (high - low) / max(len(wanted) - 1, 1))
    placed: dict[int, float] = {}
    least = low
    for number in order:
        placed[number] = max(wanted[number], least)
        least = placed[number] + gap
    most = high
    for number in reversed(order):
        placed[number] = min(placed[number], most)
        most = placed[number] - gap
    return [placed[number] for number in range(len(wanted))]


def cut(name: str) -> str:
    """A name as long as a label may be, cut in the middle: trials differ at their ends."""
    if len(name) <= _LABEL_CHARACTERS:
        return name
    return f"{name[: _LABEL_CHARACTERS // 3]}…{name[1 - 2 * _LABEL_CHARACTERS // 3 :]}"


def _points(comparison: Comparison, metric: Metric, branch: int) -> list[tuple[int, float]]:
    """(turn, value) of the turns that tell the metric."""
    cells = ((number, row.cells[branch]) for number, row in enumerate(comparison.rows, start=1))
    told = ((number, cell.metrics.value(metric.name)) for number, cell in cells if cell is not None)
    return [(number, value) for number, value in told if value is not None]


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
        lines = [
            (branch, name, points)
            for branch, name in zip(order, names, strict=True)
            if (points := _points(comparison, metric, branch))
        ]
        for branch, _, points in lines:
            self._draw_branch(branch, points)
        self._draw_labels(lines)
        item.addItem(self._line)
        item.getAxis("bottom").setTickSpacing(max(1, len(comparison.rows) // 8), 1)
        item.getAxis("left").enableAutoSIPrefix(False)
        item.setXRange(0.5, len(comparison.rows) * 1.15 + 1, padding=0)
        told = ", ".join(comparison.branches[branch].name for branch in order)
        self.setAccessibleName(self.tr("{metric} by turn: {names}").format(metric=title_of(metric), names=told))

    def _colour(self, branch: int) -> QColor:
        return QColor(getattr(self._theme, _TOKENS[branch % len(_TOKENS)]))

    def _draw_branch(self, branch: int, points: Sequence[tuple[int, float]]) -> None:
        colour = self._colour(branch)
        xs, ys = [x for x, _ in points], [y for _, y in points]
        style = Qt.PenStyle.SolidLine if branch == 0 else Qt.PenStyle.DashLine
        marks: dict[str, Any] = {}
        if len(points) <= _MOST_MARKS:
            marks = {"symbol": _SHAPES[branch % len(_SHAPES)], "symbolSize": 8, "symbolBrush": colour}
            marks["symbolPen"] = pg.mkPen(self._theme.surface)
        self._plot.plot(xs, ys, pen=pg.mkPen(colour, width=1.5, style=style), **marks)

    def _draw_labels(self, lines: Sequence[tuple[int, str, Sequence[tuple[int, float]]]]) -> None:
        """Where the lines end, moved apart so that each can be read."""
        ys = [y for _, _, points in lines for _, y in points]
        if not ys:
            return
        low, high = min(ys), max(ys)
        height = (high - low) or max(abs(high), 1.0)
        low, high = low - 0.06 * height, high + 0.06 * height
        self._plot.getPlotItem().setYRange(low, high, padding=0)
        places = apart([points[-1][1] for _, _, points in lines], (high - low) * _LABEL_SHARE, low, high)
        for (branch, name, points), place in zip(lines, places, strict=True):
            label = pg.TextItem(cut(name), color=self._colour(branch), anchor=(0, 0.5))
            label.setPos(points[-1][0] + 0.05, place)
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
