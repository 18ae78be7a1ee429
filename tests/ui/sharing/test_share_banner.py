"""A window on a share file says so, looks at the shared field, changes nothing, and brings the session home."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fakes.window_services import FakeHistory, LoopThread, make_services

from app.domain.errors import BadInput, Cancelled
from app.domain.shares import Share
from app.ui.application import WindowApplication
from app.viewmodels.sharing_services import OpenShare, SharingServices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

SHARE = Share(
    by="Ann\u202e <b>",
    at=1_700_000_000_000_000,
    note="look\nhere",
    branch="main",
    position=7,
    field="/conversation/slots",
    first=5,
)


class Own:
    """A person's own store, as importing a share meets it."""

    def __init__(self) -> None:
        self.goes_on = threading.Event()
        self.goes_on.set()
        self.answer: int | Exception = 12
        self.opened: list[Path] = []

    def take(self, progress: Callable[[int, int | None, str], None]) -> int:
        while not self.goes_on.wait(0.01):
            progress(3, 12, "storing events")
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture
def own() -> Own:
    return Own()


@pytest.fixture
def window(qtbot: QtBot, dressed: Any, tmp_path: Path, own: Own) -> Iterator[Any]:
    io = LoopThread()
    sharing = SharingServices(lambda path: path.suffix == ".branchline", own.opened.append)
    services = make_services(FakeHistory(events=20, sessions=1), io)
    opened = OpenShare(SHARE, "Two rooms", own.take)
    services = replace(services, sharing=replace(sharing, opened=opened))
    program = WindowApplication(services, tmp_path / "window.ini", ("session-0", "main", 7))
    program.show()
    qtbot.waitUntil(lambda: bool(program.presenter.inspector.field.pointer))
    yield program
    own.goes_on.set()
    program.window.close()
    program.dispose()
    io.close()


def test_it_says_from_whom_it_is_as_plain_text_and_looks_at_the_field(window: Any) -> None:
    banner = window.window.share_banner

    assert banner.isVisible()
    assert not window.window.compose.isVisible()
    assert banner.text == (
        "Read-only: shared by Ann <b> on 2023-11-14. What was said before event 5 is not in it.\nlook here"
    )
    assert banner.accessibleName() == banner.text
    assert window.presenter.inspector.field.pointer == "/conversation/slots"
    assert window.presenter.workspace.playhead == 7


def test_the_session_goes_into_ones_own_store(window: Any, qtbot: QtBot) -> None:
    banner = window.window.share_banner

    banner.button.click()

    qtbot.waitUntil(lambda: "12 events are new" in banner.text)
    assert not banner.button.isVisible()


def test_bringing_it_home_can_be_stopped_and_tried_again(window: Any, qtbot: QtBot, own: Own) -> None:
    banner = window.window.share_banner
    own.goes_on.clear()
    banner.button.click()
    qtbot.waitUntil(lambda: "3 / 12" in banner.text)
    assert banner.button.text() == "Stop"

    banner.button.click()
    qtbot.waitUntil(lambda: "nothing was imported" in banner.text)

    own.goes_on.set()
    own.answer = 0
    banner.button.click()
    qtbot.waitUntil(lambda: "was in your store already" in banner.text)


@pytest.mark.parametrize("error", [BadInput("it is stored with other data"), Cancelled("stopped")])
def test_what_goes_wrong_is_said_in_the_banner(error: Exception, window: Any, qtbot: QtBot, own: Own) -> None:
    banner, own.answer = window.window.share_banner, error

    banner.button.click()

    said = "nothing was imported" if isinstance(error, Cancelled) else str(error)
    qtbot.waitUntil(lambda: said in banner.text)
    assert banner.button.isVisible()


def test_share_files_open_beside_and_others_are_imported(window: Any, own: Own) -> None:
    shares = window.presenter.shares

    assert shares.open_shares((Path("a.branchline"), Path("b.json"))) == (Path("b.json"),)
    assert own.opened == [Path("a.branchline")]
    window.presenter.library.import_paths((Path("c.branchline"),))
    assert own.opened == [Path("a.branchline"), Path("c.branchline")]


def test_a_window_on_ones_own_store_has_no_banner(stage: Any) -> None:
    assert not stage().window.share_banner.isVisible()
