"""The command palette with real keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView

from app.ui.actions import ACTIONS
from app.ui.theme import DARK
from app.viewmodels.palette_model import MOST_SHOWN, PaletteItem, PaletteModel, PaletteRole

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

CONTROL = Qt.KeyboardModifier.ControlModifier


def key(pressed: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), pressed, modifier)


def listed(window: Any) -> list[PaletteItem]:
    model = window.findChild(QListView, "palette.list").model()
    return [model.index(row, 0).data(PaletteRole.ITEM) for row in range(model.rowCount())]


@pytest.fixture
def window(stage: Callable[..., Any], qtbot: QtBot) -> Any:
    made = stage(at=40)
    made.window.activateWindow()
    made.window.timeline.lanes.setFocus()
    made.window.workspace = made.workspace
    return made.window


def test_every_action_is_listed_with_its_keys_and_those_that_cannot_be_done_come_last(window: Any) -> None:
    key(Qt.Key.Key_K, CONTROL)

    items = listed(window)
    actions = {item.id: item for item in items if item.id.startswith("action.")}
    assert set(actions) == {f"action.{spec.id}" for spec in ACTIONS if spec.id != "show_palette"}
    assert actions["action.branch_here"].keys == "B"
    assert not actions["action.stop"].is_enabled
    assert [item.is_enabled for item in items] == sorted((item.is_enabled for item in items), reverse=True)


def test_enter_runs_what_the_letters_find_and_gives_the_focus_back(window: Any) -> None:
    key(Qt.Key.Key_K, CONTROL)
    QTest.keyClicks(QApplication.focusWidget(), "before first")
    key(Qt.Key.Key_Return)

    assert window.workspace.playhead == 0
    assert not window.palette_view.isVisible()
    assert window.timeline.lanes.hasFocus()


def test_what_was_used_last_stands_first_the_next_time(window: Any) -> None:
    key(Qt.Key.Key_K, CONTROL)
    QTest.keyClicks(QApplication.focusWidget(), "last event")
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_K, CONTROL)

    assert listed(window)[0].id == "action.last_event"


def test_arrows_choose_escape_closes_and_ctrl_k_again_too(window: Any) -> None:
    key(Qt.Key.Key_K, CONTROL)
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Down)
    assert window.findChild(QListView, "palette.list").currentIndex().row() == 2
    assert window.workspace.playhead == 40
    key(Qt.Key.Key_Escape)
    assert not window.palette_view.isVisible()
    key(Qt.Key.Key_K, CONTROL)
    key(Qt.Key.Key_K, CONTROL)
    assert not window.palette_view.isVisible()


def test_what_cannot_be_done_now_is_not_run(window: Any) -> None:
    key(Qt.Key.Key_K, CONTROL)
    QTest.keyClicks(QApplication.focusWidget(), "stop the model")
    assert [item.id for item in listed(window)][:1] == ["action.stop"]
    key(Qt.Key.Key_Return)

    assert window.palette_view.isVisible()


def test_going_elsewhere_closes_it(window: Any) -> None:
    key(Qt.Key.Key_K, CONTROL)
    window.timeline.lanes.setFocus()

    assert not window.palette_view.isVisible()


def test_sessions_branches_and_notes_are_gone_to_by_name(window: Any, qtbot: QtBot) -> None:
    window.actions_table["set_marker"].trigger()
    qtbot.waitUntil(lambda: len(window.timeline.marks) == 1)
    window.workspace.seek(3)
    key(Qt.Key.Key_K, CONTROL)
    QTest.keyClicks(QApplication.focusWidget(), "marker event 40")
    key(Qt.Key.Key_Return)
    assert window.workspace.playhead == 40

    key(Qt.Key.Key_K, CONTROL)
    QTest.keyClicks(QApplication.focusWidget(), "bank fraud")
    key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.workspace.session.header.title.startswith("Bank fraud"))


def test_it_fits_a_small_dark_window_with_long_foreign_titles(window: Any) -> None:
    window.resize(900, 500)
    window.set_theme(DARK)
    window.palette_view.open_with([PaletteItem("x", "退款" * 5_000, "Session", lambda: None)])

    window.grab()

    assert window.rect().contains(window.palette_view.geometry())


def test_a_long_list_is_cut_and_says_so() -> None:
    model = PaletteModel()
    model.set_items([PaletteItem(str(number), f"Session {number}", "", lambda: None) for number in range(500)])

    assert (model.rowCount(), model.found) == (MOST_SHOWN, 500)
    model.set_text("499")
    assert (model.rowCount(), model.found) == (1, 1)
