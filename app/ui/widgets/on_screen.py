"""Dialogs on small screens: no larger than what is free, and with their buttons in view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PySide6.QtCore import QRect, QSize
    from PySide6.QtWidgets import QWidget

_FRAME_PX: Final = (4, 32)
"""What a window manager puts around a dialog."""


def free_of(widget: QWidget) -> QRect:
    """What the widget's screen has beside its own panels and a window's frame."""
    return widget.screen().availableGeometry().adjusted(0, 0, -_FRAME_PX[0], -_FRAME_PX[1])


def resize_within_screen(dialog: QWidget, liked: QSize) -> None:
    """Take this size, or what the screen leaves of it."""
    dialog.resize(liked.boundedTo(free_of(dialog).size()))


def keep_on_screen(dialog: QWidget) -> None:
    """The buttons are at the bottom: one that has grown is moved up as far as it needs."""
    lowest = free_of(dialog).bottom() - dialog.height() + 1
    if dialog.isVisible() and dialog.y() > lowest:
        dialog.move(dialog.x(), max(lowest, free_of(dialog).top()))
