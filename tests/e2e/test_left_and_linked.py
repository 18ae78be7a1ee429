"""A moment that was left is found again, and one that was copied as a link is opened from it."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

import pytest
from e2e.effects.effect import DIALOGUE, TIMED, Trial
from PySide6.QtCore import QAbstractEventDispatcher, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.__main__ import main
from app.ui import application

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from app.ui.main_window import MainWindow


def branch_off(trial: Trial, name: str) -> None:
    trial.press("B")
    trial.window.focusWidget().selectAll()
    trial.type(name)
    trial.press("Return")
    trial.until(lambda: trial.workspace.branch.name == name)
    trial.focus_timeline()


def test_branch_position_axis_and_zoom_survive_closing(open_window: Callable[..., Any], qtbot: QtBot) -> None:
    trial = Trial(open_window(TIMED, 40), "", qtbot)
    branch_off(trial, "kinder")
    trial.press("T")
    for _ in range(4):
        trial.press("+")
    trial.press("Left")
    trial.press("Left")
    branch, place, part = trial.workspace.branch.id, trial.here, trial.window.timeline.part
    assert part is not None
    assert 0 < place < trial.workspace.head
    trial.window.close()

    again = open_window()

    assert (again.workspace.session.header.external_id, again.workspace.branch.id) == (TIMED, branch)
    assert again.workspace.playhead == place
    assert again.window.timeline.axis_kind == "clock"
    assert again.window.timeline.part == pytest.approx(part, abs=2)
    assert again.window.transport._branches.currentText() == "kinder"


def test_each_session_is_found_as_it_was_left(open_window: Callable[..., Any], qtbot: QtBot) -> None:
    trial = Trial(open_window(DIALOGUE, 20), "", qtbot)
    trial.press("+")
    trial.press("+")
    part = trial.window.timeline.part
    other = trial.opened.core.library.session("14659").header.id

    for session, position in ((other, 259), (trial.workspace.session.header.id, 20)):
        trial.window.library.session_requested.emit(session)
        trial.until(lambda session=session: trial.workspace.session.header.id == session)
        assert trial.here == position

    assert trial.window.timeline.part == pytest.approx(part, abs=1)


@pytest.fixture
def _built_before_it_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Building and first painting the window is a direct call of the test; the guard counts from the loop on."""
    show = application.WindowApplication.show

    def show_and_wake(program: application.WindowApplication) -> None:
        show(program)
        program.window.grab()
        QAbstractEventDispatcher.instance().awake.emit()

    monkeypatch.setattr(application.WindowApplication, "show", show_and_wake)


@pytest.mark.usefixtures("_built_before_it_counts")
def test_a_copied_link_opens_that_session_branch_and_event(open_window: Callable[..., Any], qtbot: QtBot) -> None:
    trial = Trial(open_window(DIALOGUE, 20), "", qtbot)
    branch_off(trial, "kinder")
    trial.press("Left")
    trial.press("S")
    words = shlex.split(QGuiApplication.clipboard().text())
    title, place = trial.window.windowTitle(), trial.here
    trial.window.close()
    seen: list[tuple[str, str, int]] = []

    def look() -> None:
        window = opened_window()
        if window is None or window.timeline.lanes.maximum() == 0:
            QTimer.singleShot(20, look)
            return
        seen.append((window.windowTitle(), window.transport._branches.currentText(), window.timeline.lanes.value()))
        window.close()

    QTimer.singleShot(20, look)
    code = main(words[1:])

    assert code == 0
    assert seen == [(title, "kinder", place)]


def opened_window() -> MainWindow | None:
    windows = (one for one in QApplication.topLevelWidgets() if one.objectName() == "main.window")
    return next((one for one in windows if one.isVisible()), None)  # type: ignore[return-value]
