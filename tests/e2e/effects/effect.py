"""What a key does, as something that can be tried in the real window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

DIALOGUE = "108_00022"
"""A service dialogue without times: 54 events, messages at 2, 4, 5, 10, 11, 16, 17, 20 …"""
TIMED = "2380"
"""A dialogue with the times of its events."""


@dataclass
class Trial:
    """One window, and the key that is tried in it."""

    opened: Any
    key: str
    qtbot: QtBot

    @property
    def window(self) -> Any:
        return self.opened.window

    @property
    def workspace(self) -> Any:
        return self.opened.workspace

    @property
    def here(self) -> int:
        return int(self.opened.workspace.playhead)

    def press(self, key: str = "") -> None:
        """A key as a person presses it: the widget that has the focus is asked first."""
        combination = QKeySequence(key or self.key)[0]
        at = self.window.focusWidget() or self.window
        QTest.keyClick(at, combination.key(), combination.keyboardModifiers())

    def type(self, text: str) -> None:
        QTest.keyClicks(self.window.focusWidget(), text)

    def until(self, held: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(held)

    def shown(self, name: str) -> Any:
        """A widget by its object name, which has to be visible."""
        found = next((one for one in self.window.findChildren(QWidget, name) if one.isVisible()), None)
        assert found is not None, name
        return found

    def focus_timeline(self) -> None:
        self.window.timeline.lanes.setFocus(Qt.FocusReason.OtherFocusReason)


@dataclass(frozen=True)
class Effect:
    """Where a key is tried, and what has to come of it."""

    session: str
    at: int
    check: Callable[[Trial], None]
