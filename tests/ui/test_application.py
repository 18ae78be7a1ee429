"""How the program starts where there is no screen, and how it ends."""

import itertools
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fakes.window_services import FakeHistory, LoopThread, make_services
from PySide6.QtCore import QAbstractEventDispatcher, QTimer
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.application.ports import Progress
from app.domain.errors import Cancelled, StoreUnusable
from app.ui import application
from app.ui.preferences.settings import WindowSettings
from app.viewmodels.places import Place
from app.viewmodels.services import Services


@pytest.fixture
def _built_before_it_counts(dressed: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """Building and first painting the window is a direct call of the test; the guard counts from the loop on."""
    show = application.WindowApplication.show

    def show_and_wake(program: application.WindowApplication) -> None:
        show(program)
        program.window.grab()
        QAbstractEventDispatcher.instance().awake.emit()

    monkeypatch.setattr(application.WindowApplication, "show", show_and_wake)


def test_without_a_display_it_says_so_and_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    io = LoopThread()

    code = application.run_window(make_services(FakeHistory(), io), tmp_path / "w.ini")

    io.close()
    assert code == 1
    assert capsys.readouterr().err == application.NO_DISPLAY + "\n"


@pytest.mark.usefixtures("_built_before_it_counts")
def test_closing_the_window_ends_the_program_and_joins_its_threads(dressed: QApplication, tmp_path: Path) -> None:
    io = LoopThread()
    dressed.setQuitOnLastWindowClosed(True)
    QTimer.singleShot(20, close_when_opened)

    code = application.run_window(make_services(FakeHistory(), io), tmp_path / "w.ini", ("session-0", "main", 5))

    io.close()
    assert code == 0
    assert WindowSettings(tmp_path / "w.ini").places.latest == Place("session-0", "session-0/main", 5)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("bridge")]


@pytest.mark.usefixtures("_built_before_it_counts")
def test_the_store_is_opened_behind_a_window_that_is_painted_already(dressed: QApplication, tmp_path: Path) -> None:
    io = LoopThread()
    dressed.setQuitOnLastWindowClosed(True)
    opened_on: list[str] = []

    def opening(progress: Progress) -> Services:
        opened_on.append(threading.current_thread().name)
        return make_services(FakeHistory(), io)

    QTimer.singleShot(20, close_when_opened)
    code = application.run_window(opening, tmp_path / "w.ini", ("session-0", "main", 5))

    io.close()
    assert code == 0
    assert [name.startswith("bridge") for name in opened_on] == [True]


@pytest.mark.usefixtures("_built_before_it_counts")
def test_a_store_of_an_older_layout_is_brought_up_to_date_before_the_persons_eyes(
    dressed: QApplication, tmp_path: Path
) -> None:
    dressed.setQuitOnLastWindowClosed(True)
    seen: list[str] = []
    stopped = threading.Event()

    def opening(progress: Progress) -> Services:
        for done in itertools.count():
            try:
                progress(done % 100, 100, "layout")
            except Cancelled:
                stopped.set()
                raise
            time.sleep(0.001)
        raise AssertionError

    def close_when_seen() -> None:
        windows = [one for one in QApplication.topLevelWidgets() if one.objectName() == "main.window"]
        window = next(one for one in windows if one.isVisible())
        seen[:] = [one.text() for one in window.findChildren(QLabel) if one.text().startswith("Bringing the store")]
        (close_windows if seen else lambda: QTimer.singleShot(20, close_when_seen))()

    QTimer.singleShot(20, close_when_seen)
    application.run_window(opening, tmp_path / "w.ini")

    assert seen[0].endswith(" %")
    assert stopped.is_set()


@pytest.mark.usefixtures("_built_before_it_counts")
def test_a_store_that_cannot_be_opened_is_told_in_the_window_and_ends_in_failure(
    dressed: QApplication, tmp_path: Path
) -> None:
    dressed.setQuitOnLastWindowClosed(True)
    told: list[str] = []

    def opening(progress: Progress) -> Services:
        raise StoreUnusable("the store x is damaged")

    def close_when_told() -> None:
        windows = [one for one in QApplication.topLevelWidgets() if one.objectName() == "main.window"]
        window = next(one for one in windows if one.isVisible())
        if window.notice.text:  # type: ignore[attr-defined]
            told.append(window.notice.text)  # type: ignore[attr-defined]
            close_windows()
        else:
            QTimer.singleShot(20, close_when_told)

    QTimer.singleShot(20, close_when_told)
    with pytest.raises(StoreUnusable, match="x is damaged"):
        application.run_window(opening, tmp_path / "w.ini")

    assert told == ["the store x is damaged"]


@pytest.mark.usefixtures("_built_before_it_counts")
def test_an_unexpected_failure_is_told_in_the_window_and_in_the_terminal(
    dressed: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    io = LoopThread()
    reported: list[type] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: reported.append(kind))
    told: list[str] = []

    def fail() -> None:
        sys.excepthook(ValueError, ValueError("a bug"), None)
        window = next(
            one for one in QApplication.topLevelWidgets() if one.objectName() == "main.window" and one.isVisible()
        )
        told.append(window.notice.text)  # type: ignore[attr-defined]
        close_windows()

    QTimer.singleShot(100, fail)
    application.run_window(make_services(FakeHistory(), io), tmp_path / "w.ini")

    io.close()
    assert reported == [ValueError]
    assert told == ["ValueError: a bug"]


def test_closing_while_a_moment_is_rebuilt_waits_for_it_and_tells_nobody(
    stage: Callable[..., Any], qtbot: QtBot
) -> None:
    made = stage(at=3)
    machine = made.services.time_machine
    machine.gate = threading.Event()
    shown: list[int] = []
    made.workspace.moment_ready.connect(lambda moment: shown.append(moment.position))
    made.workspace.seek(9)
    qtbot.waitUntil(lambda: machine.is_waiting)
    threading.Timer(0.05, machine.gate.set).start()

    made.window.close()

    assert machine.asked[-1] == 9
    qtbot.waitUntil(lambda: not made.window.isVisible())
    assert 9 not in shown


def test_settings_that_make_no_sense_are_passed_over(tmp_path: Path, qapp: QApplication) -> None:
    path = tmp_path / "w.ini"
    path.write_text("[General]\ntheme=pink\n[place]\nsession=s\nbranch=b\nposition=minus\n[layout]\nwindow=5\n")

    settings = WindowSettings(path)

    assert (settings.preferences.theme, settings.places.latest, settings.layout("window")) == ("system", None, None)


def close_when_opened() -> None:
    titles = [one.windowTitle() for one in QApplication.topLevelWidgets() if one.isVisible()]
    if any(title.startswith("Table for four") for title in titles):
        close_windows()
    else:
        QTimer.singleShot(20, close_when_opened)


def close_windows() -> None:
    for window in QApplication.topLevelWidgets():
        if window.objectName() == "main.window":
            window.close()
