"""Rows that do not fit, told by colour and a sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from app.viewmodels.mapping_rows import ProblemRole

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex


class ProblemDelegate(QStyledItemDelegate):
    """The sentence of a row that does not fit stands in the colour of problems (the palette's bright text)."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        if index.data(ProblemRole):
            bright = option.palette.color(QPalette.ColorRole.BrightText)
            for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
                option.palette.setColor(role, bright)
            if option.text and index.column() == index.model().data(index, ProblemRole) - 1:
                option.text = f"✕ {option.text}"
