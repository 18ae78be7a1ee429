"""Variants of a widget's own font, at the sizes of the theme."""

from __future__ import annotations

from PySide6.QtGui import QFont


def sized(font: QFont, pixels: int, *, bold: bool = False, italic: bool = False) -> QFont:
    """The same family at a size, a weight and a slant."""
    result = QFont(font)
    result.setPixelSize(pixels)
    result.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    result.setItalic(italic)
    return result
