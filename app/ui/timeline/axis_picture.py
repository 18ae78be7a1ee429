"""The axis above the lanes: round numbers or times with their lines, and the idle time that was cut out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeGuard

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPen

from app.ui.theme import CAPTION_PX, tabular_font
from app.ui.timeline.clock_ticks import clock_ticks, lasting_text
from app.ui.timeline.lane_scale import AXIS_PX
from app.ui.timeline.ticks import ticks

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from app.ui.theme import Theme
    from app.ui.timeline.lane_scale import LaneScale
    from app.viewmodels.axis import Axis, ClockAxis

_NARROWEST_GAP_PX: Final = 4.0


def draw_axis(painter: QPainter, theme: Theme, axis: Axis, scale: LaneScale, bottom: float) -> None:
    """Lines down to ``bottom`` with their labels above."""
    painter.setFont(tabular_font(CAPTION_PX))
    metrics = QFontMetricsF(painter.font())
    shown = [(float(number), f"{number:,}") for number in ticks(scale.first, scale.span, scale.width)]
    if is_clock(axis):
        _draw_gaps(painter, theme, axis, scale, bottom)
        shown = list(clock_ticks(axis, scale.first, scale.span, scale.width))
    free_from = scale.left - 30
    for coordinate, label in shown:
        x = scale.x(coordinate)
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawLine(QLineF(x, AXIS_PX - 4, x, bottom))
        width = metrics.horizontalAdvance(label)
        left = min(max(x - width / 2, scale.left), scale.right + 8 - width)
        if left >= free_from:
            painter.setPen(QColor(theme.muted))
            painter.drawText(QRectF(left, 0, width + 2, 14), Qt.AlignmentFlag.AlignCenter, label)
            free_from = left + width + 10


def is_clock(axis: Axis) -> TypeGuard[ClockAxis]:
    """Whether coordinates are seconds; told by its kind, for the axes load with NumPy, after the first paint."""
    return axis.kind != "event"


def _draw_gaps(painter: QPainter, theme: Theme, axis: ClockAxis, scale: LaneScale, bottom: float) -> None:
    """Hatched stripes where idle time was cut, with how long it lasted where that fits."""
    metrics = QFontMetricsF(painter.font())
    hatch = QBrush(QColor(theme.line), Qt.BrushStyle.BDiagPattern)
    for gap in axis.gaps_within(scale.first, scale.span, _NARROWEST_GAP_PX / scale.unit_px):
        left, width = scale.x(gap.end - gap.width), gap.width * scale.unit_px
        stripe = QRectF(left + width * 0.1, AXIS_PX, width * 0.8, bottom - AXIS_PX)
        painter.fillRect(stripe & QRectF(scale.left, 0, scale.width, bottom), hatch)
        seen_left, seen_right = max(left, scale.left), min(left + width, scale.right)
        label = f"⋯ {lasting_text(gap.seconds)}"
        needed = metrics.horizontalAdvance(label) + 6
        if needed <= seen_right - seen_left:
            box = QRectF((seen_left + seen_right - needed) / 2, (AXIS_PX + bottom) / 2 - 8, needed, 16)
            painter.fillRect(box, QColor(theme.surface))
            painter.setPen(QColor(theme.muted))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, label)
