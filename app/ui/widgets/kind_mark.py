"""The mark of a kind, beside what it speaks of: colour never stands alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QPainter

from app.domain.vocabulary import Lane
from app.ui.shapes import lane_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QColor

_LANES: Final[Mapping[str, Lane]] = {
    "customer": Lane.CUSTOMER,
    "assistant": Lane.ASSISTANT,
    "tool": Lane.TOOL,
    "recommendation": Lane.RECOMMENDATION,
}


def paint_mark(painter: QPainter, kind: str, box: QRectF, colour: QColor) -> None:
    """Draw the mark of a kind (named as the theme's tokens are) into a square box."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(lane_path(_LANES.get(kind, Lane.SYSTEM), box.center(), box.width()), colour)
    painter.restore()
