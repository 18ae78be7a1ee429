"""A person answers for a tool, or stops the model instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from app.application.tool_answers import ToolAnswer, ToolQuestion
from app.ui.compose.tool_dialog import ToolDialog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[ToolDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ToolDialog(ToolQuestion(call_id="c", name="find", arguments={"city": "Oslo"}), parent)
    dialog.open()
    yield dialog
    assert parent is not None


def test_json_is_given_as_json_and_text_as_text(dialog: ToolDialog) -> None:
    dialog.typed.setPlainText('{"n": 1}')
    assert dialog.answer() == ToolAnswer(result={"n": 1}, error=False)

    dialog.typed.setPlainText("nothing found")
    dialog.error.setChecked(True)
    assert dialog.answer() == ToolAnswer(result="nothing found", error=True)


def test_escape_stops_the_model_and_answers_nothing(dialog: ToolDialog, qtbot: QtBot) -> None:
    answers: list[object] = []
    dialog.answered.connect(answers.append)

    with qtbot.waitSignal(dialog.stop_wanted):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    assert answers == []


def test_the_button_stops_it_too(dialog: ToolDialog, qtbot: QtBot) -> None:
    stop = next(one for one in dialog.findChildren(QPushButton) if one.text() == "Stop the model")

    with qtbot.waitSignal(dialog.stop_wanted):
        stop.click()
