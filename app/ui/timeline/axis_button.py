"""The small menu that says what the timeline is laid out by, and changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from app.ui.theme import CAPTION_PX, ui_font
from app.viewmodels.axis_kinds import AXIS_KINDS

if TYPE_CHECKING:
    from app.viewmodels.axis_kinds import AxisKind


def axis_title(kind: AxisKind) -> str:
    """What an axis is called on screen."""
    titles = {
        "event": QCoreApplication.translate("Timeline", "By event"),
        "clock": QCoreApplication.translate("Timeline", "By clock"),
        "compressed": QCoreApplication.translate("Timeline", "By clock, idle cut"),
    }
    return titles[kind]


class AxisButton(QToolButton):
    """Stands in the corner of the lanes.

    Signals:
        axis_requested(str): lay the events out by this kind of axis.
    """

    axis_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeline.axis")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFont(ui_font(CAPTION_PX))
        self.setProperty("small", True)
        menu = QMenu(self)
        self._group = QActionGroup(self)
        for kind in AXIS_KINDS:
            action = QAction(axis_title(kind), self._group)
            action.setData(kind)
            action.setCheckable(True)
            menu.addAction(action)
        self._group.triggered.connect(self._on_triggered)
        self.setMenu(menu)
        self.set_axis("event", has_times=True)

    def set_axis(self, kind: AxisKind, *, has_times: bool) -> None:
        """``has_times`` False: the clock was asked for, but no event says when it was."""
        self.setText(f"{axis_title(kind if has_times else 'event')} ▾")
        told = self.tr("Laid out: {axis}").format(axis=axis_title(kind))
        if not has_times:
            told = self.tr("Laid out by event: no event of this branch has a time")
        self.setToolTip(f"{told} (T)")
        self.setAccessibleName(told)
        for action in self._group.actions():
            action.setChecked(action.data() == kind)
        self.adjustSize()

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self.axis_requested.emit(action.data())
