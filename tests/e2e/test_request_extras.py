"""Rarely asked for things, from the window to the request that is sent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from e2e.effects.effect import DIALOGUE, Trial
from fakes.fake_model_client import LOCAL
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

PNG = b"\x89PNG\r\n\x1a\n" + bytes(16)


@pytest.fixture
def trial(open_window: Callable[..., Any], qtbot: QtBot) -> Trial:
    made = Trial(open_window(DIALOGUE, 54), "", qtbot)
    made.until(lambda: made.window.compose.parameters.model_name is not None)
    return made


def opened(trial: Trial) -> Any:
    QTest.mouseClick(trial.window.compose.more, Qt.MouseButton.LeftButton)
    dialog = trial.shown("compose.extras")
    trial.until(lambda: dialog.messages.count() > 0)
    return dialog


def sent(trial: Trial) -> Any:
    trial.window.compose.message.setPlainText("And on Sunday?")
    trial.window.compose.request_continue()
    trial.until(lambda: bool(trial.opened.model.sent))
    trial.until(lambda: not trial.opened.program.presenter.continuation.is_running)
    return trial.opened.model.requests[-1]


def choose(box: Any, key: str) -> None:
    box.setCurrentIndex(box.findData(key))


def test_what_is_set_is_sent_and_the_button_tells_that_something_is_set(trial: Trial) -> None:
    dialog = opened(trial)
    dialog.options.setPlainText("top_k=40")
    choose(dialog.form, "json")
    choose(dialog.context, "last")
    dialog.turns.setValue(1)
    QTest.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)

    request = sent(trial)

    assert dict(request.options)["top_k"] == 40
    assert request.format == "json"
    assert [one["content"] for one in request.messages][-1] == "And on Sunday?"
    assert len(request.messages) <= 4
    assert trial.window.compose.more.toolTip() == "top_k 40 · JSON · last turns: 1"


def test_messages_can_be_ticked_by_hand(trial: Trial) -> None:
    dialog = opened(trial)
    choose(dialog.context, "picked")
    for row in range(1, dialog.messages.count()):
        dialog.messages.item(row).setCheckState(Qt.CheckState.Unchecked)
    QTest.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)

    request = sent(trial)

    assert len([one for one in request.messages if one["role"] == "user"]) == 2


def test_a_wrong_option_is_told_where_it_stands_and_nothing_is_lost(trial: Trial) -> None:
    dialog = opened(trial)
    dialog.options.setPlainText("top_p=9")
    QTest.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)

    assert dialog.isVisible()
    assert dialog.problem.text().startswith("line 1: the option top_p must be")
    assert dialog.options.toPlainText() == "top_p=9"
    dialog.reject()


def test_tools_of_the_session_may_be_called(trial: Trial) -> None:
    trial.opened.model._models = (replace(LOCAL, capabilities=("completion", "tools")),)
    dialog = opened(trial)
    choose(dialog.tools, "stub")
    assert "FindMovies" in dialog._tools_said.text()
    QTest.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)

    names = {one["function"]["name"] for one in sent(trial).tools}

    assert {"FindMovies", "PlayMovie"} <= names


def test_only_pictures_are_taken(trial: Trial, tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(PNG)
    (tmp_path / "letter.png").write_text("no picture")
    dialog = opened(trial)

    dialog.pictures.add_files([str(tmp_path / "photo.png"), str(tmp_path / "letter.png")])

    assert [one.name for one in dialog.pictures.pictures] == ["photo.png"]
    assert "no picture" in dialog.problem.text()
    dialog.reject()


def test_a_picture_goes_along_once(trial: Trial, tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(PNG)
    dialog = opened(trial)
    dialog.pictures.add_files([str(tmp_path / "photo.png")])
    trial.opened.model._models = (replace(LOCAL, capabilities=("completion", "vision")),)
    QTest.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)

    with_picture = sent(trial)

    trial.until(lambda: trial.window.compose.extras.pictures == ())
    assert with_picture.messages[-1]["images"]
