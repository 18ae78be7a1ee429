"""The real window on the real store of the demo sessions; only the model is a fake."""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from fakes.fake_model_client import FakeModelClient
from PySide6.QtWidgets import QTextBrowser

from app import bootstrap
from app.adapters.io_thread import IoThread
from app.application.ports import no_progress
from app.domain.events import MAIN
from app.ui.theme import LIGHT, apply

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from app.domain.branches import Branch


@dataclass
class OpenWindow:
    """A window and what stands behind it."""

    program: Any
    core: bootstrap.Core
    model: FakeModelClient

    @property
    def window(self) -> Any:
        return self.program.window

    @property
    def workspace(self) -> Any:
        return self.program.presenter.workspace

    @property
    def playback(self) -> Any:
        return self.program.presenter.playback

    @property
    def branch(self) -> Branch:
        """As it is in the store now."""
        return self.core.store.branch(self.workspace.branch.id)

    def close(self) -> None:
        self.window.close()
        self.program.dispose()


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once; every test works on a copy."""
    location = tmp_path_factory.mktemp("demo") / "demo.branchline"
    with bootstrap.core(str(location), create=True) as core:
        bootstrap.import_demo(core, no_progress)
        for session in core.library.sessions():
            core.time_machine.prepare(core.library.branch(session.header.id).id, no_progress)
    return location


@pytest.fixture
def dressed(qapp: QApplication) -> QApplication:
    """The application with the program's style; what the first text of a process costs is paid outside the loop."""
    qapp.setStyle("Fusion")
    apply(qapp, LIGHT)
    page = QTextBrowser()
    page.setMarkdown("plain **bold** *italic* `fixed`")
    page.grab()
    return qapp


@pytest.fixture
def store(demo_store: Path, tmp_path: Path) -> Path:
    """The demo sessions, to be written to."""
    for part in demo_store.parent.iterdir():
        shutil.copy(part, tmp_path)
    return tmp_path / demo_store.name


@pytest.fixture
def open_window(
    qtbot: QtBot, dressed: QApplication, store: Path, tmp_path: Path
) -> Iterator[Callable[..., OpenWindow]]:
    """Opens windows on the store: ``(external_id, at)``, or nothing to open what was open last."""
    from app.ui.application import WindowApplication

    with ExitStack() as behind:
        core = behind.enter_context(bootstrap.core(str(store)))
        io = behind.enter_context(IoThread())
        made: list[OpenWindow] = []

        def make(external_id: str = "", at: int = 0, *, branch: str = MAIN) -> OpenWindow:
            place = None
            if external_id:
                session = core.library.session(external_id).header.id
                place = (session, core.library.branch(session, branch).id, at)
            model = FakeModelClient()
            program = WindowApplication(
                bootstrap.services(core, bootstrap.Models(io, model)), tmp_path / "window.ini", place
            )
            opened = OpenWindow(program, core, model)
            made.append(opened)
            program.show()
            program.window.resize(1280, 800)
            program.window.grab()
            heard: list[Any] = []
            program.presenter.workspace.moment_ready.connect(heard.append)
            qtbot.waitUntil(lambda: bool(heard) and bool(program.presenter.workspace.sessions))
            return opened

        yield make
        for opened in made:
            opened.close()
