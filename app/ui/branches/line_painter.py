"""Draws a branch as a line of events: what it inherits, what is its own, where others leave it, the playhead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QPolygonF

from app.ui.branches.branch_mark import branch_color
from app.viewmodels.station_scale import StationScale

if TYPE_CHECKING:
    from app.ui.theme import Theme
    from app.viewmodels.branch_tree import BranchRow, BranchTree

_OWN_PX: Final = 3.0
_INHERITED_PX: Final = 2.0
_LEAST_PX: Final = 4.0
_TICK_PX: Final = 6.0


class LinePainter:
    """All lines of a tree share one scale, so that a fork stands at the same place in each."""

    def __init__(self, theme: Theme, tree: BranchTree) -> None:
        self._theme, self._tree = theme, tree
        ends = (place for row in tree for place in (row.place.twig.fork, row.branch.head))
        self._scale = StationScale(ends)

    def paint(self, painter: QPainter, rect: QRect, row: BranchRow, playhead: int | None) -> None:
        """Along the middle of a rectangle; ``playhead`` where this branch is in focus."""
        middle = rect.center().y() + 0.5
        fork, end = self._x(rect, row.place.twig.fork), self._x(rect, row.branch.head)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inherited = QRectF(rect.left(), middle - _INHERITED_PX / 2, max(fork - rect.left(), 0), _INHERITED_PX)
        painter.fillRect(inherited, QColor(self._theme.line))
        if row.branch.head > row.place.twig.fork:
            left = min(fork, rect.right() - _LEAST_PX)
            own = QRectF(left, middle - _OWN_PX / 2, max(end - left, _LEAST_PX), _OWN_PX)
            painter.fillRect(own, branch_color(self._theme, row.colour))
        leaving = {
            round(self._x(rect, self._tree.rows[child].place.twig.fork)) for child in self._tree.children(row.place.row)
        }
        for x in leaving:
            painter.fillRect(QRectF(x, middle - _TICK_PX / 2, 1, _TICK_PX), QColor(self._theme.muted))
        if playhead is not None:
            self._paint_playhead(painter, QPointF(self._x(rect, playhead), middle))
        painter.restore()

    def _paint_playhead(self, painter: QPainter, at: QPointF) -> None:
        painter.setPen(QColor(self._theme.surface))
        painter.setBrush(QColor(self._theme.accent))
        corners = ((0, -4.5), (4.5, 0), (0, 4.5), (-4.5, 0))
        painter.drawPolygon(QPolygonF([at + QPointF(*corner) for corner in corners]))

    def _x(self, rect: QRect, position: int) -> float:
        return rect.left() + self._scale.share(position) * rect.width()
