"""The name of a branch above a narrow column: on two lines where one is too short, cut in the middle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QFontMetrics, QResizeEvent


def name_lines(name: str, metrics: QFontMetrics, width: int) -> list[str]:
    """The name in at most two lines of this width (pixels), broken between words; trials differ at their ends."""
    if metrics.horizontalAdvance(name) <= width:
        return [name]
    words = name.removeprefix("…").split(" ")  # what is left out goes without saying where room is short
    count = 1
    while count < len(words) - 1 and metrics.horizontalAdvance(" ".join(words[: count + 1])) <= width:
        count += 1
    lines = [line for line in (" ".join(words[:count]), " ".join(words[count:])) if line]
    return [metrics.elidedText(line, Qt.TextElideMode.ElideMiddle, width) for line in lines]


class NameLabel(QLabel):
    """Takes the room there is and asks for none."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setMinimumWidth(1)
        self._name = name
        self.setText(name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setText("\n".join(name_lines(self._name, self.fontMetrics(), self.width())))

    def lines_in(self, width: int) -> int:
        """How many lines the name takes in this width (pixels)."""
        return len(name_lines(self._name, self.fontMetrics(), width))
