"""The in and out points: what lies outside them is shaded, and they stand as brackets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from app.ui.theme import Theme
    from app.ui.timeline.lane_scale import LaneScale
    from app.viewmodels.axis import Axis
    from app.viewmodels.play_range import PlayRange


def draw_range(
    painter: QPainter,
    theme: Theme,
    played: PlayRange,
    axis: Axis,
    scale: LaneScale,
    between: tuple[float, float],
    head: int,
) -> None:
    """Shade between two heights what is not played."""
    top, bottom = between
    first, last = played.within(head)
    left = min(max(scale.x(axis.playhead(first)), scale.left), scale.right)
    right = min(max(scale.x(axis.playhead(last)), scale.left), scale.right)
    shade = QColor(theme.window if theme.dark else theme.muted)
    shade.setAlphaF(0.6 if theme.dark else 0.16)
    painter.fillRect(QRectF(scale.left, top, left - scale.left, bottom - top), shade)
    painter.fillRect(QRectF(right, top, scale.right - right, bottom - top), shade)
    color = QColor(theme.accent)
    for x, is_set, towards in ((left, played.first is not None, 5), (right, played.last is not None, -5)):
        if is_set:
            painter.fillRect(QRectF(x - 0.75, top, 1.5, bottom - top), color)
            for y in (top, bottom - 1.5):
                painter.fillRect(QRectF(min(x, x + towards), y, abs(towards), 1.5), color)
