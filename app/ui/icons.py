"""Icons of our own, drawn once and coloured by the theme."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.resources import resource_path

if TYPE_CHECKING:
    from app.ui.theme import Theme

SIZE_PX: Final = 16
_SCALES: Final = (1, 2, 3)
_DISABLED_OPACITY: Final = 0.45


@lru_cache(maxsize=256)
def icon(name: str, theme: Theme, token: str = "text") -> QIcon:  # noqa: S107 -- a colour token
    """The icon of a name in one of the theme's colours; greyed where its control is disabled."""
    drawing = resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")
    coloured = drawing.replace("currentColor", getattr(theme, token)).encode()
    result = QIcon()
    for scale in _SCALES:
        result.addPixmap(_picture(coloured, scale, 1.0))
        result.addPixmap(_picture(coloured, scale, _DISABLED_OPACITY), QIcon.Mode.Disabled)
    return result


def program_icon() -> QIcon:
    """The picture of the program itself, the same on light and dark."""
    return QIcon(str(resource_path("icons", "branchline.svg")))


def _picture(svg: bytes, scale: int, opacity: float) -> QPixmap:
    pixmap = QPixmap(SIZE_PX * scale, SIZE_PX * scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setOpacity(opacity)
    QSvgRenderer(QByteArray(svg)).render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap
