"""The shape of each kind of event: colour never stands alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF

if TYPE_CHECKING:
    from PySide6.QtGui import QColor


def paint_mark(painter: QPainter, kind: str, box: QRectF, colour: QColor) -> None:
    """Draw the mark of a kind (the names of the theme's tokens) into a square box."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    match kind:
        case "customer":
            painter.drawEllipse(box.adjusted(0.5, 0.5, -0.5, -0.5))
        case "assistant":
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        case "tool":
            painter.drawPolygon(QPolygonF(_diamond(box)))
        case "behaviour":
            painter.drawPolygon(QPolygonF([QPointF(box.center().x(), box.top()), box.bottomRight(), box.bottomLeft()]))
        case "recommendation":
            _bars(painter, box)
        case "problem":
            _cross(painter, box, colour)
        case _:
            painter.drawRect(QRectF(box.left(), box.center().y() - 1, box.width(), 2))
    painter.restore()


def _diamond(box: QRectF) -> list[QPointF]:
    middle = box.center()
    return [
        QPointF(middle.x(), box.top()),
        QPointF(box.right(), middle.y()),
        QPointF(middle.x(), box.bottom()),
        QPointF(box.left(), middle.y()),
    ]


def _bars(painter: QPainter, box: QRectF) -> None:
    step = box.width() / 3
    for number, share in enumerate((1.0, 0.7, 0.4)):
        height = box.height() * share
        painter.drawRect(QRectF(box.left() + number * step, box.bottom() - height, step - 1, height))


def _cross(painter: QPainter, box: QRectF, colour: QColor) -> None:
    pen = painter.pen()
    pen.setStyle(Qt.PenStyle.SolidLine)
    pen.setColor(colour)
    pen.setWidthF(2)
    painter.setPen(pen)
    painter.drawLine(box.topLeft(), box.bottomRight())
    painter.drawLine(box.topRight(), box.bottomLeft())
