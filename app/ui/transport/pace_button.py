"""How fast it plays: a speed, by event or as recorded, and how long a pause lasts at most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from app.ui.theme import tabular_font
from app.viewmodels.playback import DEFAULT_CAP_S, GAP_CAPS, SPEEDS

if TYPE_CHECKING:
    from app.viewmodels.playback import PaceKind


class PaceButton(QToolButton):
    """Shows the speed and the pace; its menu changes them.

    Signals:
        speed_requested(float): play this many times the pace.
        pace_requested(str, float): ``event`` or ``recorded``, and the longest pause in seconds.
    """

    speed_requested = Signal(float)
    pace_requested = Signal(str, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transport.pace")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFont(tabular_font())
        menu = QMenu(self)
        self._speeds = self._group(menu, [(f"{speed:g}×\t{number}", speed) for number, speed in enumerate(SPEEDS, 1)])
        menu.addSeparator()
        even = [(self.tr("By event, 2 a second at 1×"), 0.0)]
        recorded = [(self.tr("As recorded, pauses of {cap:g} s at most").format(cap=cap), cap) for cap in GAP_CAPS]
        self._paces = self._group(menu, even + recorded)
        self.setMenu(menu)
        self._speeds.triggered.connect(self._on_speed_triggered)
        self._paces.triggered.connect(self._on_pace_triggered)
        self.set_state(1.0, "event", DEFAULT_CAP_S)

    def _group(self, menu: QMenu, entries: list[tuple[str, float]]) -> QActionGroup:
        group = QActionGroup(self)
        for text, value in entries:
            action = QAction(text, group)
            action.setData(value)
            action.setCheckable(True)
            menu.addAction(action)
        return group

    def set_state(self, speed: float, pace: PaceKind, cap_s: float) -> None:
        text = f"{speed:g}×" if pace == "event" else self.tr("{speed:g}× rec").format(speed=speed)
        self.setText(f"{text} ▾")
        how = self.tr("by event") if pace == "event" else self.tr("as recorded, pauses of {cap:g} s at most")
        told = self.tr("Speed {speed:g}×, {how}").format(speed=speed, how=how.format(cap=cap_s))
        self.setToolTip(told)
        self.setAccessibleName(told)
        for group, wanted in ((self._speeds, speed), (self._paces, 0.0 if pace == "event" else cap_s)):
            for action in group.actions():
                action.setChecked(action.data() == wanted)

    @Slot(QAction)
    def _on_speed_triggered(self, action: QAction) -> None:
        self.speed_requested.emit(action.data())

    @Slot(QAction)
    def _on_pace_triggered(self, action: QAction) -> None:
        cap_s = action.data()
        self.pace_requested.emit("recorded" if cap_s else "event", cap_s or DEFAULT_CAP_S)
