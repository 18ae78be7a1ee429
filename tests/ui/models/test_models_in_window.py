"""The models of the server in the window: what they are, which one answers, and fetching another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.application.ports import PullProgress
from app.ui.models.dialog import ModelsDialog

Stages = Callable[..., Any]


def opened(stage: Any, qtbot: QtBot) -> ModelsDialog:
    parameters = stage.window.compose.parameters
    qtbot.waitUntil(lambda: parameters.model.count() == 2)
    parameters.models.click()
    dialog = stage.window.findChild(ModelsDialog)
    assert dialog is not None
    return dialog


def row(dialog: ModelsDialog, number: int) -> list[str]:
    item = dialog.list.topLevelItem(number)
    assert item is not None
    return [item.text(column) for column in range(5)]


def test_what_each_model_is_stands_in_the_table_and_one_can_be_chosen(stage: Stages, qtbot: QtBot) -> None:
    made = stage()
    dialog = opened(made, qtbot)

    assert row(dialog, 1) == ["llama3.2:3b", "2,000 MB", "8.2k", "this machine", "completion"]
    dialog.list.setCurrentItem(dialog.list.topLevelItem(1))
    dialog.use.click()

    assert made.window.compose.parameters.model_name == "llama3.2:3b"


def test_a_model_that_cannot_be_fetched_is_told_where_it_was_asked_for(stage: Stages, qtbot: QtBot) -> None:
    dialog = opened(stage(), qtbot)
    assert not dialog.pull.isEnabled()

    dialog.name.setText("nope:1b")
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: dialog.problem.text() == "there is no model nope:1b")
    assert dialog.problem.isVisible()
    assert not dialog.bar.isVisible()
    assert dialog.pull.text() == "Fetch"


def test_how_far_it_is_stands_in_words_and_a_bar_and_can_be_stopped(stage: Stages, qtbot: QtBot) -> None:
    dialog = opened(stage(), qtbot)

    dialog.show_pulling("huge", PullProgress(status="pulling 5f44", completed=300_000_000, total=1_200_000_000))

    assert dialog.told.text() == "Fetching huge: pulling 5f44 · 300 of 1,200 MB"
    assert (dialog.bar.value(), dialog.bar.maximum()) == (250, 1000)
    with qtbot.waitSignal(dialog.stop_wanted):
        dialog.pull.click()
    dialog.show_idle()


def test_every_control_has_a_name(stage: Stages, qtbot: QtBot) -> None:
    dialog = opened(stage(), qtbot)

    named = (dialog.list, dialog.name, dialog.bar)
    assert all(one.accessibleName() for one in named)
