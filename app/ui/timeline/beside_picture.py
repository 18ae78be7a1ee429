"""The rows under the events: marks of people and detectors, hits, a pinned field, fork points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainterPath, QPen

from app.ui.shapes import cross_path
from app.ui.theme import CAPTION_PX, ui_font
from app.ui.timeline.lane_scale import AXIS_PX

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from app.ui.theme import Theme
    from app.ui.timeline.beside import Beside, PinnedField
    from app.ui.timeline.lane_scale import LaneScale
    from app.ui.timeline.rows import RowLayout
    from app.viewmodels.axis import Axis
    from app.viewmodels.fork_points import ForkPoint
    from app.viewmodels.marks import Mark

_CROSS_PX: Final = 6.0
_NAME_PX: Final = 140.0
_LEAST_TEXT_PX: Final = 22.0
_RING_PX: Final = 9.0
_MOST_RINGS: Final = 40
"""More fork points than these are ticks without names: their lines would hide the events."""


@dataclass(frozen=True, slots=True, eq=False)
class BesidePicture:
    """Paints with what it is given; never more than a line a pixel, however many there are."""

    theme: Theme
    axis: Axis
    scale: LaneScale
    layout: RowLayout
    beside: Beside

    def draw(self, painter: QPainter) -> None:
        """Everything that has a past and a future."""
        self._draw_problems(painter)
        for row, is_derived in (("analyst", False), ("derived", True)):
            if row in self.layout.rows:
                self._draw_marks(painter, self.layout.top(row), self.beside.marks_of(derived=is_derived))
        for row, positions in (("found", self.beside.found), ("hits", self.beside.hits)):
            if row in self.layout.rows:
                self._ticks(painter, positions, self.layout.top(row) + 3, self.layout.row_px - 6)
        if self.beside.field is not None and "field" in self.layout.rows:
            self._draw_field(painter, self.beside.field)

    def _ticks(self, painter: QPainter, positions: Sequence[int], top: float, height: float) -> None:
        """Two pixels for each event, those that touch in one stroke."""
        from app.ui.timeline.lane_raster import runs  # noqa: PLC0415 -- NumPy loads after the first paint

        scale, accent = self.scale, QColor(self.theme.accent)
        for left, width in runs(self.axis, positions, scale.first, scale.span, scale.width):
            painter.fillRect(QRectF(scale.left + left, top, width, height), accent)

    def _draw_problems(self, painter: QPainter) -> None:
        """A cross for each, a bar where they stand so close that crosses would run together."""
        from app.ui.timeline.lane_raster import runs  # noqa: PLC0415 -- NumPy loads after the first paint

        color, scale = QColor(self.theme.problem), self.scale
        painter.setPen(QPen(color, 1.5))
        for left, width in runs(self.axis, self.beside.problems, scale.first, scale.span, scale.width):
            if width > _CROSS_PX:
                painter.fillRect(QRectF(scale.left + left, AXIS_PX - 8, width, 4), color)
            else:
                painter.drawPath(cross_path(QPointF(scale.left + left + width / 2, AXIS_PX - 6), _CROSS_PX))

    def _draw_marks(self, painter: QPainter, top: float, marks: Sequence[Mark]) -> None:
        """A flag with its text, as far as the next one leaves room."""
        painter.setFont(ui_font(CAPTION_PX))
        metrics = QFontMetricsF(painter.font())
        places = [self._x(mark.position) for mark in marks]
        free_from, flagged = -1.0, -10.0
        for number, (mark, x) in enumerate(zip(marks, places, strict=True)):
            if not self.scale.left - 1 <= x <= self.scale.right + 1 or x - flagged < 2:
                continue
            self._draw_flag(painter, x, top, mark)
            flagged = x
            later = next((one for one in places[number + 1 : number + 8] if one - x >= 2), self.scale.right + 8)
            room = min(later, self.scale.right + 8) - x - 14
            if room >= _LEAST_TEXT_PX and x >= free_from:
                text = metrics.elidedText(" ".join(mark.text.split()), Qt.TextElideMode.ElideRight, min(room, 260))
                painter.setPen(QColor(self.theme.text))
                painter.drawText(QRectF(x + 9, top, room, self.layout.row_px), Qt.AlignmentFlag.AlignVCenter, text)
                free_from = x + 12 + metrics.horizontalAdvance(text)

    def _draw_flag(self, painter: QPainter, x: float, top: float, mark: Mark) -> None:
        is_faint = mark.kind in {"breadcrumb", "derived"}
        color = QColor(self.theme.muted if is_faint else self.theme.accent)
        painter.setPen(QPen(color, 1.5))
        painter.drawLine(QLineF(x, top + 3, x, top + self.layout.row_px - 2))
        painter.setBrush(Qt.BrushStyle.NoBrush if mark.kind == "breadcrumb" else color)
        flag = QPainterPath(QPointF(x, top + 3))
        flag.lineTo(x + 7, top + 6)
        flag.lineTo(x, top + 9)
        painter.drawPath(flag)

    def _x(self, position: int) -> float:
        return self.scale.x(float(self.axis.coordinates(position)) if position else 0.0)

    def _draw_field(self, painter: QPainter, field: PinnedField) -> None:
        """A tick at every change, and the value up to the next one where there is room for it."""
        from app.ui.timeline.lane_raster import stretches  # noqa: PLC0415 -- NumPy loads after the first paint

        top, height = self.layout.top("field"), self.layout.row_px
        scale = self.scale
        painter.setFont(ui_font(CAPTION_PX))
        metrics = QFontMetricsF(painter.font())
        painter.setPen(QPen(QColor(self.theme.line), 1))
        painter.drawLine(QLineF(scale.left, top + height - 3, scale.right, top + height - 3))
        self._ticks(painter, field.positions, top + 2, height - 4)
        painter.setPen(QColor(self.theme.text))
        for index, left, right in stretches(
            self.axis, field.positions, scale.first, scale.span, scale.width, _LEAST_TEXT_PX + 10
        ):
            if index < len(field.labels):
                label = " ".join(field.labels[index][:200].split())
                text = metrics.elidedText(label, Qt.TextElideMode.ElideRight, right - left - 10)
                box = QRectF(scale.left + left + 5, top, right - left - 6, height - 3)
                painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)

    def draw_forks(self, painter: QPainter) -> None:
        """Where other branches leave; they have no past or future of their own."""
        if "branches" not in self.layout.rows:
            return
        forks = self._forks_apart()
        if len(forks) > _MOST_RINGS:
            self._ticks(painter, [fork.position for fork in self.beside.forks], self.layout.top("branches") + 3, 6)
            return
        painter.setFont(ui_font(CAPTION_PX))
        free_from = self.scale.left
        for number, (x, fork) in enumerate(forks):
            self._draw_ring(painter, x)
            later = forks[number + 1][0] - 8 if number + 1 < len(forks) else self.scale.right + 8
            free_from = self._draw_name(painter, x, (free_from, later), fork.name)

    def _forks_apart(self) -> list[tuple[float, ForkPoint]]:
        """Those in view with their pixel, the first of each that would hide each other."""
        result: list[tuple[float, ForkPoint]] = []
        for fork in self.beside.forks:
            x = self.scale.x(self.axis.playhead(fork.position))
            is_in_view = self.scale.left - 1 <= x <= self.scale.right + 1
            if is_in_view and (not result or x - result[-1][0] >= _RING_PX):
                result.append((x, fork))
        return result

    def _draw_ring(self, painter: QPainter, x: float) -> None:
        top = self.layout.top("branches")
        painter.setPen(QPen(QColor(self.theme.muted), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QLineF(x, AXIS_PX, x, top + 3))
        painter.setPen(QPen(QColor(self.theme.accent), 1.5))
        painter.setBrush(QColor(self.theme.surface))
        painter.drawEllipse(QPointF(x, top + self.layout.row_px / 2), 3.5, 3.5)

    def _draw_name(self, painter: QPainter, x: float, room: tuple[float, float], name: str) -> float:
        """The branch's name up to the next ring; at the very end of the plot, between the last name and its own ring.

        Returns where the next name may begin.
        """
        metrics = QFontMetricsF(painter.font())
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, _NAME_PX)
        is_before = room[1] > self.scale.right and x + 8 + metrics.horizontalAdvance(shown) > room[1]
        fitting = x - 16 - room[0] if is_before else room[1] - x - 8
        if metrics.horizontalAdvance(shown) > fitting:
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, fitting)
            if metrics.horizontalAdvance(shown) < _LEAST_TEXT_PX:
                return x + 8
        needed = metrics.horizontalAdvance(shown)
        left = x - 8 - needed if is_before else x + 8
        painter.setPen(QColor(self.theme.text))
        box = QRectF(left, self.layout.top("branches"), needed + 2, self.layout.row_px)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)
        return max(x + 8, left + needed)
