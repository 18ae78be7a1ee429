"""Which branch is in focus: a long name ends in dots, and is whole in the list and in the tool tip."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fakes.window_services import make_branch
from PySide6.QtCore import Qt

from app.ui.main_window import MainWindow
from app.ui.theme import LIGHT
from app.ui.widgets.eliding_box import ElidingBox

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

LONG = "smollm2:135m · kind@2 · temperature 0.7 · seed 12345 · the third attempt of the evening"


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    window = MainWindow(LIGHT)
    qtbot.addWidget(window)
    branches = (make_branch("s", "main"), make_branch("s", "b", name=LONG))
    window.transport.set_branches(branches, "s/b")
    window.show()
    qtbot.waitExposed(window)
    return window


def box_of(window: MainWindow) -> ElidingBox:
    (found,) = window.transport.findChildren(ElidingBox)
    return found


def test_a_long_name_ends_in_dots_and_stays_whole_elsewhere(window: MainWindow) -> None:
    box = box_of(window)

    shown = box.shown_text()

    assert shown.endswith("…")
    assert LONG.startswith(shown.removesuffix("…"))
    assert LONG in box.toolTip()
    assert box.itemData(1, Qt.ItemDataRole.ToolTipRole) == LONG


def test_a_short_name_is_whole(window: MainWindow) -> None:
    window.transport.set_branches((make_branch("s", "main"),), "s/main")

    assert box_of(window).shown_text() == "main"


def test_the_list_is_wide_enough_for_names_but_not_for_any(window: MainWindow) -> None:
    box = box_of(window)

    wide = box.list_px()
    window.transport.set_branches((make_branch("s", "main"), make_branch("s", "b", name=LONG * 30)), "s/b")

    assert box.width() < wide <= box.list_px() == 520
