"""The shape of each kind of event, so that colour never stands alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

from app.domain.vocabulary import Lane

if TYPE_CHECKING:
    from collections.abc import Callable


def lane_title(lane: Lane) -> str:
    """What a kind of event is called on screen."""
    titles = {
        Lane.CUSTOMER: QCoreApplication.translate("Lane", "Customer"),
        Lane.ASSISTANT: QCoreApplication.translate("Lane", "Assistant"),
        Lane.TOOL: QCoreApplication.translate("Lane", "Tool"),
        Lane.BEHAVIOUR: QCoreApplication.translate("Lane", "Behaviour"),
        Lane.RECOMMENDATION: QCoreApplication.translate("Lane", "Recommendation"),
        Lane.SYSTEM: QCoreApplication.translate("Lane", "System"),
        Lane.UNKNOWN: QCoreApplication.translate("Lane", "Unknown"),
    }
    return titles[lane]


def lane_path(lane: Lane, centre: QPointF, size: float) -> QPainterPath:
    """The outline of a kind's shape, to be filled, ``size`` wide and high around ``centre``."""
    half = size / 2
    box = QRectF(centre.x() - half, centre.y() - half, size, size)
    return _SHAPES[lane](box)


def cross_path(centre: QPointF, size: float) -> QPainterPath:
    """The mark of a problem, to be stroked."""
    half = size / 2
    path = QPainterPath(centre + QPointF(-half, -half))
    path.lineTo(centre + QPointF(half, half))
    path.moveTo(centre + QPointF(half, -half))
    path.lineTo(centre + QPointF(-half, half))
    return path


def _circle(box: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(box)
    return path


def _square(box: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 1, 1)
    return path


def _polygon(*points: tuple[float, float]) -> Callable[[QRectF], QPainterPath]:
    def shape(box: QRectF) -> QPainterPath:
        corners = [QPointF(box.left() + x * box.width(), box.top() + y * box.height()) for x, y in points]
        path = QPainterPath()
        path.addPolygon(QPolygonF(corners))
        path.closeSubpath()
        return path

    return shape


def _rectangles(*parts: tuple[float, float, float, float]) -> Callable[[QRectF], QPainterPath]:
    def shape(box: QRectF) -> QPainterPath:
        path = QPainterPath()
        for x, y, width, height in parts:
            part = QRectF(x * box.width(), y * box.height(), width * box.width(), height * box.height())
            path.addRect(part.translated(box.topLeft()))
        return path

    return shape


_SHAPES: Final[dict[Lane, Callable[[QRectF], QPainterPath]]] = {
    Lane.CUSTOMER: _circle,
    Lane.ASSISTANT: _square,
    Lane.TOOL: _polygon((0.5, 0), (1, 0.5), (0.5, 1), (0, 0.5)),
    Lane.BEHAVIOUR: _polygon((0.5, 0.05), (1, 0.95), (0, 0.95)),
    Lane.RECOMMENDATION: _rectangles((0, 0.5, 0.24, 0.5), (0.38, 0.25, 0.24, 0.75), (0.76, 0, 0.24, 1)),
    Lane.SYSTEM: _rectangles((0, 0.38, 1, 0.24)),
    Lane.UNKNOWN: _polygon((0, 0.05), (1, 0.05), (0.5, 0.95)),
}
