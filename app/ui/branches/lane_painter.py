"""Draws the lanes of one row of the tree: those that go through, the line from the parent, the branch's own mark."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLineF, QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from app.ui.branches.branch_mark import branch_color, draw_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.theme import Theme
    from app.viewmodels.branch_tree import BranchRow, BranchTree

LEFT_PX: Final = 6
WIDEST_PX: Final = 13.0
NARROWEST_PX: Final = 7.0
GRAPH_SHARE: Final = 0.4
"""Most that the lanes may take of the width before they move closer together."""
_ENDLESS: Final = 2**31
_LINE_PX: Final = 1.5
_DEFAULT_PX: Final = 3.0
_BEND_PX: Final = 6.0


@dataclass(frozen=True, slots=True)
class Path:
    """The way from the trunk to a branch: row by row, how far down its lane belongs to it."""

    until: dict[int, int]

    @classmethod
    def of(cls, rows: Sequence[int]) -> Path:
        return cls(dict(pairwise(rows)) | ({rows[-1]: _ENDLESS} if rows else {}))

    def goes_down(self, lane: int, row: int) -> bool:
        """Whether the lane of the branch in row ``lane`` belongs to it at the lower edge of ``row``."""
        return lane in self.until and row < self.until[lane]

    def __contains__(self, row: int) -> bool:
        return row in self.until


def lane_px(tree: BranchTree, width: int) -> float:
    """The distance of two lanes that fits a width."""
    lanes = max((row.place.lane for row in tree), default=0) + 1
    return min(WIDEST_PX, max(NARROWEST_PX, GRAPH_SHARE * width / lanes))


class LanePainter:
    """``default`` is the path that is emphasised."""

    def __init__(self, theme: Theme, tree: BranchTree, default: Path, step: float) -> None:
        self._theme, self._tree, self._default, self._step = theme, tree, default, step

    def x(self, lane: int) -> float:
        return LEFT_PX + (lane + 0.5) * self._step

    def text_left(self, row: BranchRow) -> int:
        """Where a row's name begins: right of its mark, and of its parent's lane where that ends here."""
        lanes = [row.place.lane]
        if row.place.parent >= 0:
            lanes.append(self._tree.rows[row.place.parent].place.lane)
        return round(self.x(max(lanes)) + max(self._step / 2, 6.0) + 3)

    def paint(self, painter: QPainter, rect: QRect, row: BranchRow) -> None:
        """Into the left of a row's rectangle."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(rect.left(), rect.top())
        number, middle, bottom = row.place.row, rect.height() / 2, float(rect.height())
        for other in row.place.through:
            self._down(painter, other, number, 0.0, bottom)
        if row.place.parent >= 0:
            self._from_parent(painter, row, middle)
        if row.place.last > number:
            self._down(painter, number, number, middle, bottom)
        draw_mark(painter, self._theme, row.colour, QPointF(self.x(row.place.lane), middle), hollow=row.label.archived)
        painter.restore()

    def _down(self, painter: QPainter, lane: int, row: int, top: float, bottom: float) -> None:
        x = self.x(self._tree.rows[lane].place.lane)
        painter.setPen(self._pen(lane, emphasised=self._default.goes_down(lane, row)))
        painter.drawLine(QLineF(x, top, x, bottom))

    def _from_parent(self, painter: QPainter, row: BranchRow, middle: float) -> None:
        number, parent = row.place.row, row.place.parent
        goes_on = parent in row.place.through
        begin, end = self.x(self._tree.rows[parent].place.lane), self.x(row.place.lane)
        bend = min(_BEND_PX, abs(end - begin), middle)
        emphasised = number in self._default
        if not goes_on:
            painter.setPen(self._pen(parent, emphasised=emphasised))
            painter.drawLine(QLineF(begin, 0.0, begin, middle - bend))
        path = QPainterPath(QPointF(begin, middle - bend))
        path.quadTo(QPointF(begin, middle), QPointF(begin + (bend if end > begin else -bend), middle))
        path.lineTo(QPointF(end, middle))
        painter.setPen(self._pen(number, emphasised=emphasised))
        painter.drawPath(path)

    def _pen(self, lane: int, *, emphasised: bool) -> QPen:
        row = self._tree.rows[lane]
        style = Qt.PenStyle.DotLine if row.label.archived else Qt.PenStyle.SolidLine
        width = _DEFAULT_PX if emphasised else _LINE_PX
        return QPen(branch_color(self._theme, row.colour), width, style, Qt.PenCapStyle.FlatCap)
