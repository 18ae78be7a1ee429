"""Window and command line give the same answers about the same real sessions: history, diff, find and search."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from fakes.fake_model_client import FakeModelClient
from fakes.making import new_event
from fakes.window_services import LoopThread
from PySide6.QtGui import QGuiApplication

from app import bootstrap
from app.cli.program import run as run_command
from app.domain.event_filter import EventFilter
from app.resources import resource_path
from app.ui.application import WindowApplication
from app.viewmodels.compared_places import ComparedPlace
from app.viewmodels.hits_model import HitRole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

ASKED: dict[str, dict[str, tuple[str, ...]]] = {
    "sgd": {
        "history": ("/conversation/slots", "/conversation/messages/2/text", "/recommendation/predicted/0/item"),
        "find": ("len(conversation.messages) > 5", "'?' in conversation.messages[-1].text"),
        "search": ("restaurant", '"would you"', "zzz"),
    },
    "star": {
        "history": ("/conversation/messages", "/recommendation/shown", "/conversation/status"),
        "find": ("len(recommendation.shown) > 0", "conversation.messages[-1].role == 'user'"),
        "search": ("hello", "e", "the"),
    },
    "online-retail": {
        "history": ("/recommendation/purchased", "/recommendation/names", "/recommendation/seen"),
        "find": ("len(recommendation.purchased) > 3", "recommendation.predicted[0].score > 1"),
        "search": ("bag", "red", "lunch"),
    },
    "tau-bench": {
        "history": ("/conversation/open_calls", "/conversation/calls/0/result", "/conversation/instructions"),
        "find": ("len(conversation.open_calls) > 0", "conversation.calls[-1].returned"),
        "search": ("order", "cancel", '"the user"'),
    },
}
"""By source of demo sessions."""


class Seat:
    """A person with one session before them in the window, and the same store under the command line."""

    def __init__(
        self, program: WindowApplication, session: str, qtbot: QtBot, run: Callable[..., Any], branch: str
    ) -> None:
        self.desk, self.session, self.branch, self._qtbot = program.presenter, session, branch, qtbot
        self.window = program.window
        self.printed = run

    def go(self, branch: str) -> None:
        """To the end of a branch, and wait until all of it is there."""
        workspace = self.desk.workspace
        with self._qtbot.waitSignal(workspace.moment_ready, timeout=20_000):
            workspace.open_session(self.session, branch)

    def history(self, pointer: str) -> list[Any]:
        field = self.desk.inspector.field
        with self._qtbot.waitSignal(field.changes_ready, timeout=20_000):
            field.pin(pointer)
        return [change.to_json() for change in field.changes]

    def find(self, condition: str) -> list[int]:
        search = self.desk.find.search
        search.find_all(condition)
        self._qtbot.waitUntil(lambda: not search.is_running, timeout=20_000)
        return list(search.hits)

    def search(self, text: str) -> list[Any]:
        search = self.desk.searching.search
        with self._qtbot.waitSignal(search.positions_found, timeout=20_000):
            search.ask(text, "all", EventFilter())
        model = search.model
        return [model.index(row, 0).data(HitRole.HIT).to_json() for row in range(model.rowCount())]

    def diff(self, branch: str, position: int) -> list[Any]:
        """From a place to the one in view."""
        page = self.window.inspector.diff_page
        compare = self.desk.compare
        compare._patch = []
        page.place_chosen.emit(ComparedPlace(branch, branch, position, ""))
        self._qtbot.waitUntil(lambda: bool(compare._patch), timeout=20_000)
        page.copy_requested.emit()
        patch: list[Any] = json.loads(QGuiApplication.clipboard().text())
        return patch


@pytest.fixture
def store(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Real sessions of one source, the longest of them with a branch that went another way."""
    location = str(tmp_path / "real.branchline")
    with bootstrap.core(location, create=True) as core:
        assert core.importing.run([resource_path("demo") / request.param]).sessions
        longest = max(core.library.sessions(), key=lambda one: one.events).header.id
        trunk = core.library.branch(longest)
        other = core.branching.branch(trunk.id, trunk.head // 2, "otherwise")
        said = {"message_id": "other-1", "role": "user", "text": "Would you rather look for a red bag?"}
        core.store.append(other.id, [new_event(1, "conversation.message-posted", said)], expected=None)
    return location


@pytest.fixture
def seat(store: str, qtbot: QtBot, dressed: QApplication, tmp_path: Path, capsys: Any) -> Iterator[Seat]:
    def printed(*words: str) -> Any:
        code = run_command([words[0], "--store", store, *words[1:], "--json"])
        out, err = capsys.readouterr()
        assert code == 0, err
        return json.loads(out)

    io = LoopThread()
    with bootstrap.core(store) as core:
        longest = max(core.library.sessions(), key=lambda one: one.events).header.id
        gateway = bootstrap.Models(io, FakeModelClient())  # type: ignore[arg-type]
        program = WindowApplication(bootstrap.services(core, gateway), tmp_path / "window.ini", (longest, "main", 1))
        workspace = program.presenter.workspace
        try:
            with qtbot.waitSignal(workspace.moment_ready, timeout=20_000):
                program.show()
            assert workspace.branch is not None
            yield Seat(program, longest, qtbot, printed, workspace.branch.id)
        finally:
            program.window.close()
            program.dispose()
            io.close()


@pytest.mark.parametrize("store", ASKED, indirect=True)
def test_window_and_command_line_agree(store: str, seat: Seat, request: pytest.FixtureRequest) -> None:
    asked = ASKED[request.node.callspec.params["store"]]
    other = "otherwise"
    head = seat.desk.workspace.head
    for pointer in asked["history"]:
        assert seat.history(pointer) == seat.printed("history", seat.session, pointer), pointer
    for condition in asked["find"]:
        assert seat.find(condition) == seat.printed("find", seat.session, condition, "--all"), condition
    for text in asked["search"]:
        assert seat.search(text) == seat.printed("search", text), text

    seat.go("main")
    middle = str(head // 3)
    assert seat.diff(seat.branch, head // 3) == seat.printed("diff", seat.session, "--from", middle)

    seat.go(other)
    across = seat.printed("diff", seat.session, "--from", middle, "--branch-from", "main", "--branch-to", other)
    assert seat.diff(seat.branch, head // 3) == across
    for pointer in asked["history"][:2]:
        assert seat.history(pointer) == seat.printed("history", seat.session, pointer, "--branch", other), pointer
    for condition in asked["find"]:
        assert seat.find(condition) == seat.printed("find", seat.session, condition, "--all", "--branch", other)
