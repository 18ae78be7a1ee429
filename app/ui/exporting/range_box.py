"""Asks which part of the branches leaves: all, what is played, between two markers, or from one event to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.ui.theme import GRID_PX, GROUP_PX, PANEL_PX
from app.ui.widgets.bare_box import BARE

if TYPE_CHECKING:
    from collections.abc import Sequence

Limits = tuple[int | None, int | None]
_NUMBER_PX: Final = 64


class RangeBox(QWidget):
    """Positions are inclusive.

    Signals:
        changed: another range is chosen.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._played: Limits = (None, None)
        self.all = QRadioButton(self.tr("Everything"))
        self.played = QRadioButton(self.tr("What is played"))
        self.between = QRadioButton(self.tr("Between markers"))
        self.chosen = QRadioButton(self.tr("From one event to another"))
        self._group = QButtonGroup(self)
        for button in (self.all, self.played, self.between, self.chosen):
            self._group.addButton(button)
        self.start, self.end = self._markers(self.tr("From the marker")), self._markers(self.tr("To the marker"))
        self.first, self.last = self._number(self.tr("From event")), self._number(self.tr("To event"))
        self._arrange()
        self.all.setChecked(True)
        self._group.buttonToggled.connect(self._on_changed)
        for marker in (self.start, self.end):
            marker.currentIndexChanged.connect(self._on_changed)
        for number in (self.first, self.last):
            number.valueChanged.connect(self._on_changed)
        self._enable()

    def _markers(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(4)
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return box

    def _number(self, name: str) -> QSpinBox:
        box = QSpinBox()
        box.setAccessibleName(name)
        box.setGroupSeparatorShown(True)
        box.setMinimumWidth(_NUMBER_PX)
        box.setStyleSheet(BARE)
        box.lineEdit().setTextMargins(6, 0, 0, 0)
        return box

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID_PX)
        column.addWidget(self.all)
        column.addWidget(self.played)
        column.addWidget(self.between)
        column.addLayout(_pair(self.start, self.end))
        column.addWidget(self.chosen)
        column.addLayout(_pair(self.first, self.last))

    def offer(self, head: int, played: Limits, markers: Sequence[tuple[int, str]]) -> None:
        """What there is to choose from on the branch in focus: its length, the range played, (position, label)."""
        self._played = played
        self.played.setEnabled(played != (None, None))
        if self.played.isEnabled():
            first, last = played[0] or 1, played[1] if played[1] is not None else head
            self.played.setText(
                self.tr("What is played: events {first} to {last}").format(first=f"{first:,}", last=f"{last:,}")
            )
        self.between.setEnabled(len(markers) > 1)
        for box, chosen in ((self.start, 0), (self.end, len(markers) - 1)):
            for position, label in markers:
                box.addItem(f"{position:,}  {' '.join(label.split())}"[:80], position)
            box.setCurrentIndex(chosen)
        for number, value in ((self.first, 1), (self.last, head)):
            number.setRange(min(1, head), head)
            number.setValue(value)

    def limits(self) -> Limits:
        """First and last position; None where the range does not end."""
        if self.played.isChecked():
            first, last = self._played
            return (first or None, last)
        if self.between.isChecked():
            first, last = sorted((self.start.currentData() or 0, self.end.currentData() or 0))
            return (max(first, 1), last)
        if self.chosen.isChecked():
            return (self.first.value(), self.last.value())
        return (None, None)

    @Slot()
    def _on_changed(self) -> None:
        self._enable()
        self.changed.emit()

    def _enable(self) -> None:
        for box in (self.start, self.end):
            box.setEnabled(self.between.isChecked())
        for number in (self.first, self.last):
            number.setEnabled(self.chosen.isChecked())


def _pair(first: QWidget, last: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(2 * PANEL_PX, 0, 0, 0)
    row.setSpacing(GROUP_PX)
    row.addWidget(first, 3)
    row.addWidget(QLabel("–"))
    row.addWidget(last, 3)
    row.addStretch(1)
    return row
