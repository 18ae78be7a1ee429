"""The guards that hold for every test, and where tests keep their files."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_SCALE_FACTOR"] = "1"
os.environ["QT_FONT_DPI"] = "96"
os.environ.pop("BRANCHLINE_STORE", None)

# Time decides nothing, and every run tries the same examples; BRANCHLINE_EXAMPLES=many looks further.
settings.register_profile("usual", deadline=None, derandomize=True)
settings.register_profile("many", deadline=None, max_examples=2_000)
settings.load_profile(os.environ.get("BRANCHLINE_EXAMPLES", "usual"))

ROOT = Path(__file__).resolve().parents[1]
ALLOWED_FOLDERS = tuple(
    os.path.realpath(folder)
    for folder in (tempfile.gettempdir(), "/dev", "/proc", ROOT / ".pytest_cache", ROOT / ".hypothesis")
)
MUCH_GARBAGE = 100_000
"""So many values more than before are looked through for garbage after any test."""
YOUNG_COLLECTIONS = 50
"""After so many looks through what is young, all is looked through."""
STALL_S = 0.1
"""CPU seconds of its own thread that one turn of the event loop may take."""
PATIENCE_S = 5.0
"""How long threads that are told to stop may take to be gone."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fuzz-seconds", type=float, default=0.0, help="look so long for each format that is fuzzed")


_offences: list[str] = []
_watching = False


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook: notes writes outside the tests' folders and connections that leave this machine."""
    if not _watching:
        return
    if event == "open":
        path, _, flags = arguments
        writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if writes and isinstance(path, (str, bytes)) and not _is_allowed(os.fsdecode(path)):
            _offences.append(f"wrote to {os.fsdecode(path)}")
    elif event == "socket.connect":
        address = arguments[1]
        if isinstance(address, tuple) and str(address[0]) not in ("127.0.0.1", "::1", "localhost"):
            _offences.append(f"connected to {address[0]}")


def _is_allowed(path: str) -> bool:
    real = os.path.realpath(path)
    return real.startswith(ALLOWED_FOLDERS) or "__pycache__" in real or Path(real).name.startswith(".coverage")


sys.addaudithook(_watch)
gc.disable()  # see below


@pytest.fixture(autouse=True)
def _garbage_is_collected_between_tests(request: pytest.FixtureRequest) -> Iterator[None]:
    """On this thread, as the program does (see app/collector.py): widgets destroyed by another crash the process."""
    yield
    if {"qapp", "qtbot"} & set(request.fixturenames) or gc.get_count()[0] > MUCH_GARBAGE:
        gc.collect(2 if gc.get_count()[2] > YOUNG_COLLECTIONS else 1)


@pytest.fixture(autouse=True)
def _home_is_temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The user's folders lie in ``tmp_path``; only the small model's file is looked for where it really is."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home" / name))
    monkeypatch.setenv("BRANCHLINE_DATA", str(tmp_path / "home" / "branchline"))


@pytest.fixture(autouse=True)
def _touches_nothing_else() -> Iterator[None]:
    """No file is written outside temporary folders and nothing connects beyond loopback."""
    global _watching  # noqa: PLW0603 - an audit hook cannot be removed, only told to look away
    _offences.clear()
    _watching = True
    yield
    _watching = False
    assert not _offences, _offences


@pytest.fixture(autouse=True)
def _no_thread_is_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + PATIENCE_S
    left = _threads_beside(before)
    while left and time.monotonic() < deadline:
        left[0].join(0.05)
        left = _threads_beside(before)
    assert not left, f"threads outlive the test: {left}"


def _threads_beside(before: set[threading.Thread]) -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread not in before and thread.is_alive()]


@pytest.fixture(autouse=True)
def _no_widget_or_timer_is_left(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if not {"qapp", "qtbot"} & set(request.fixturenames):
        yield
        return
    from PySide6.QtCore import QEvent, QTimer
    from PySide6.QtWidgets import QApplication
    from shiboken6 import isValid

    started: list[tuple[QTimer, str]] = []
    start = QTimer.start

    def noted(timer: QTimer, *arguments: object) -> None:
        caller = sys._getframe(1)
        started.append((timer, f"{caller.f_code.co_filename}:{caller.f_lineno}"))
        start(timer, *arguments)

    monkeypatch.setattr(QTimer, "start", noted)
    before = set(QApplication.topLevelWidgets())
    yield
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    widgets = [widget for widget in QApplication.topLevelWidgets() if widget not in before and widget.isVisible()]
    assert not widgets, f"widgets outlive the test: {widgets}"
    timers = [where for timer, where in started if isValid(timer) and timer.isActive()]
    assert not timers, f"timers outlive the test, started at {timers}"


@pytest.fixture(autouse=True)
def _ui_thread_is_never_blocked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One turn of the event loop takes at most ``STALL_S`` of the UI thread's own CPU time (see ``TurnMeter``).

    Code that a test calls directly is not measured.
    """
    if not {"qapp", "qtbot"} & set(request.fixturenames):
        yield
        return
    from guards.turn_meter import TurnMeter
    from PySide6.QtCore import QAbstractEventDispatcher, QEventLoop

    request.getfixturevalue("qapp")
    dispatcher = QAbstractEventDispatcher.instance()
    meter = TurnMeter(STALL_S)
    execute = QEventLoop.exec

    def executed(loop: QEventLoop, *arguments: object) -> int:
        """What a test does before and after a loop is no turn of it."""
        meter.begin()
        try:
            return execute(loop, *arguments)
        finally:
            meter.end()

    monkeypatch.setattr(QEventLoop, "exec", executed)
    dispatcher.awake.connect(meter.turned)
    dispatcher.aboutToBlock.connect(meter.turned)
    with meter.watching_collector():
        yield
    dispatcher.awake.disconnect(meter.turned)
    dispatcher.aboutToBlock.disconnect(meter.turned)
    assert not meter.is_over, f"the UI thread was busy for {meter.longest * 1000:.0f} ms in one turn of its loop"
