"""The four sizes of type, and the two families: the system's own."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

SMALL_PX: Final = 11
NORMAL_PX: Final = 13
LARGE_PX: Final = 15


def sized(font: QFont, pixels: int, *, bold: bool = False, italic: bool = False) -> QFont:
    """A variant of a widget's own font."""
    result = QFont(font)
    result.setPixelSize(pixels)
    result.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    result.setItalic(italic)
    return result


def fixed(pixels: int) -> QFont:
    """The system's monospace, for ids, JSON and prompts."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(pixels)
    return font
