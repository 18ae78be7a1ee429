"""The colour and the shape of a branch, which always come together, and the star of the default path."""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.ui.theme import Theme

MARK_PX: Final = 9.0
_ICON_PX: Final = 16
_SCALES: Final = (1, 2, 3)


def branch_color(theme: Theme, colour: str) -> QColor:
    return QColor(getattr(theme, f"branch_{colour}", theme.branch_grey))


def branch_path(colour: str, centre: QPointF, size: float = MARK_PX) -> QPainterPath:
    """The outline of the shape that goes with a colour, to be filled."""
    path = QPainterPath()
    _SHAPES.get(colour, _circle)(path, centre, size / 2)
    return path


def draw_mark(
    painter: QPainter, theme: Theme, colour: str, centre: QPointF, size: float = MARK_PX, *, hollow: bool = False
) -> None:
    """Filled; hollow where the branch is archived."""
    path = branch_path(colour, centre, size)
    if hollow:
        painter.setPen(QPen(branch_color(theme, colour), 1.25))
        painter.drawPath(path)
    else:
        painter.fillPath(path, branch_color(theme, colour))


def star_path(centre: QPointF, size: float) -> QPainterPath:
    path = QPainterPath()
    _polygon(path, centre, [(size / 2 if number % 2 == 0 else size / 4.6, number / 10) for number in range(10)])
    return path


def branch_icon(theme: Theme, colour: str) -> QIcon:
    """The mark as a picture for menus and lists."""
    icon = QIcon()
    for scale in _SCALES:
        picture = QPixmap(_ICON_PX * scale, _ICON_PX * scale)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = _ICON_PX * scale / 2
        draw_mark(painter, theme, colour, QPointF(middle, middle), 11.0 * scale)
        painter.end()
        picture.setDevicePixelRatio(scale)
        icon.addPixmap(picture)
    return icon


def _circle(path: QPainterPath, centre: QPointF, radius: float) -> None:
    path.addEllipse(centre, radius, radius)


def _square(path: QPainterPath, centre: QPointF, radius: float) -> None:
    side = radius * 0.88
    path.addRoundedRect(QRectF(centre.x() - side, centre.y() - side, 2 * side, 2 * side), 1, 1)


def _ring(path: QPainterPath, centre: QPointF, radius: float) -> None:
    path.setFillRule(Qt.FillRule.OddEvenFill)
    path.addEllipse(centre, radius, radius)
    path.addEllipse(centre, radius * 0.5, radius * 0.5)


def _plus(path: QPainterPath, centre: QPointF, radius: float) -> None:
    arm = radius * 0.42
    side = [(arm, -radius), (arm, -arm), (radius, -arm)]
    for _ in range(4):
        for x, y in side:
            point = centre + QPointF(x, y)
            path.lineTo(point) if path.elementCount() else path.moveTo(point)
        side = [(-y, x) for x, y in side]
    path.closeSubpath()


def _corners(count: int, turned: float = 0.0, wider: float = 1.0) -> Callable[[QPainterPath, QPointF, float], None]:
    def shape(path: QPainterPath, centre: QPointF, radius: float) -> None:
        _polygon(path, centre, [(radius * wider, number / count + turned) for number in range(count)])

    return shape


def _polygon(path: QPainterPath, centre: QPointF, corners: list[tuple[float, float]]) -> None:
    """Corners as (distance, share of a turn clockwise from the top)."""
    points = [
        centre + QPointF(distance * sin(2 * pi * turn), -distance * cos(2 * pi * turn)) for distance, turn in corners
    ]
    path.addPolygon(QPolygonF(points))
    path.closeSubpath()


_SHAPES: Final[dict[str, Callable[[QPainterPath, QPointF, float], None]]] = {
    "blue": _circle,
    "green": _corners(3, 0.0, 1.2),
    "amber": _corners(4, 0.0, 1.15),
    "violet": _square,
    "rose": _corners(6, 0.0, 1.08),
    "teal": _corners(3, 0.5, 1.2),
    "red": _plus,
    "grey": _ring,
}
