"""Fields of forms, each with the name that a screen reader says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QLineEdit, QSpinBox

from app.ui.widgets.bare_box import BARE

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import SignalInstance

_NUMBER_PX: Final = 120
_TEXT_MARGIN_PX: Final = 6


def line_field(name: str, otherwise: str, on_changed: Callable[..., None] | SignalInstance) -> QLineEdit:
    """A line of text; ``otherwise`` says what an empty one means."""
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(otherwise)
    made.textChanged.connect(on_changed)
    return made


def number_field(
    name: str, least: int, most: int, value: int, special: str, on_changed: Callable[..., None] | SignalInstance
) -> QSpinBox:
    """A whole number; ``special`` is shown in place of the least one."""
    made = QSpinBox()
    made.setAccessibleName(name)
    made.setRange(least, most)
    made.setValue(value)
    made.setSpecialValueText(special)
    made.setMinimumWidth(_NUMBER_PX)
    made.setStyleSheet(BARE)
    made.lineEdit().setTextMargins(_TEXT_MARGIN_PX, 0, 0, 0)
    made.valueChanged.connect(on_changed)
    return made
