"""A box to choose from whose text is cut with an … where it does not fit; its list has room for whole names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_WIDEST_PX: Final = 520
_BESIDE_PX: Final = 32
"""Of the list: what a row needs beside its text, a scroll bar among it."""


class ElidingBox(QComboBox):
    """A style clips what does not fit; here a person sees that there is more, and reads it in the list."""

    def shown_text(self) -> str:
        """The text as it is painted now."""
        return self._fitting()

    def list_px(self) -> int:
        """How wide the list likes to be."""
        return min(_WIDEST_PX, self._longest_px() + _BESIDE_PX)

    def _option(self) -> QStyleOptionComboBox:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        return option

    def _fitting(self) -> str:
        beside = self.sizeHint().width() - self._longest_px()
        return self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, self.width() - beside)

    def _longest_px(self) -> int:
        metrics = self.fontMetrics()
        return max((metrics.horizontalAdvance(self.itemText(row)) for row in range(self.count())), default=0)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 -- Qt's signature
        painter, option = QStylePainter(self), self._option()
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        setattr(option, "currentText", self._fitting())  # noqa: B010 -- the type hints do not know the member
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def showPopup(self) -> None:  # noqa: N802 -- Qt's name
        view = self.view()
        view.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        view.setMinimumWidth(self.list_px())
        super().showPopup()
