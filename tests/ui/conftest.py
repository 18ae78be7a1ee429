"""The program as a person has it: Fusion, one theme, and made-up sessions behind the window."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from fakes.window_services import FakeHistory, LoopThread, make_services
from PySide6.QtWidgets import QApplication, QTextBrowser
from pytestqt.qtbot import QtBot

from app.ui.theme import LIGHT, apply
from app.viewmodels.services import Services


@pytest.fixture
def dressed(qapp: QApplication) -> QApplication:
    """The application with the program's style and light theme."""
    qapp.setStyle("Fusion")
    apply(qapp, LIGHT)
    _load_fonts()
    return qapp


@cache
def _load_fonts() -> None:
    """What the first text of a process costs is the machine's, not the window's: paid once, outside the loop."""
    page = QTextBrowser()
    page.setMarkdown("plain **bold** *italic* `fixed`")
    page.grab()


@dataclass
class Stage:
    """A window with what stands behind it."""

    program: object
    history: FakeHistory
    services: Services

    @property
    def window(self):  # type: ignore[no-untyped-def]
        return self.program.window  # type: ignore[attr-defined]

    @property
    def workspace(self):  # type: ignore[no-untyped-def]
        return self.program.presenter.workspace  # type: ignore[attr-defined]


@pytest.fixture
def stage(qtbot: QtBot, dressed: QApplication, tmp_path: Path) -> Iterator[Callable[..., Stage]]:
    """Makes windows; each is closed at the end, in the order a person would see."""
    from app.ui.application import WindowApplication

    io = LoopThread()
    made: list[Stage] = []

    def make(
        *,
        events: int = 120,
        sessions: int = 6,
        at: int | None = None,
        opens: bool = True,
        history: FakeHistory | None = None,
    ) -> Stage:
        past = history or FakeHistory(events=events, sessions=sessions)
        services = make_services(past, io)
        place = ("session-0", "main", events if at is None else at) if opens else None
        program = WindowApplication(services, tmp_path / "window.ini", place)
        stage = Stage(program, past, services)
        made.append(stage)
        program.show()
        program.window.grab()
        workspace = stage.workspace
        if opens:
            qtbot.waitUntil(lambda: bool(services.time_machine.asked) and bool(workspace.sessions))
        else:
            qtbot.waitUntil(lambda: workspace.sessions == past.sessions())
        return stage

    yield make
    for stage in made:
        stage.window.close()
        stage.program.dispose()
    io.close()
