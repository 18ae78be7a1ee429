"""The Diff tab compares the playhead with the event before it, or with a place that was marked."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot


def test_a_marked_place_is_compared_with_wherever_the_playhead_goes(stage: Callable[..., Any], qtbot: QtBot) -> None:
    made = stage(at=3)
    page = made.window.inspector.diff_page

    QTest.keyClick(made.window.timeline.lanes, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: "event 3 of main to event 3" in page.head.text())
    made.workspace.seek(7)
    qtbot.waitUntil(lambda: "event 3 of main to event 7 of main" in page.head.text())

    assert made.window.inspector.tabs.currentWidget() is page
    QTest.mouseClick(page.copy, Qt.MouseButton.LeftButton)
    patch = json.loads(QGuiApplication.clipboard().text())
    assert [one["path"] for one in patch] == ["/conversation/instructions", "/recommendation/interests/tag:tea"]


def test_the_previous_event_is_compared_with_again_when_asked(stage: Callable[..., Any], qtbot: QtBot) -> None:
    made = stage(at=3)
    page = made.window.inspector.diff_page
    assert not page.unmark.isEnabled()
    QTest.mouseClick(page.mark, Qt.MouseButton.LeftButton)
    QTest.keyClick(made.window.timeline.lanes, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    assert not page.unmark.isEnabled()

    made.window.inspector.show_diff()
    QTest.mouseClick(page.mark, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.unmark.isEnabled)
    QTest.mouseClick(page.unmark, Qt.MouseButton.LeftButton)

    assert page.head.text() == "Changed by the event at the playhead"
    assert not page.unmark.isEnabled()
