"""In the window of a share file every action and menu that would write is disabled and says why; nothing writes."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from fakes.fake_model_client import FakeModelClient
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QDialog, QMenu

from app import bootstrap
from app.adapters.io_thread import IoThread
from app.application.outgoing.wish import ExportWish
from app.application.ports import no_progress
from app.application.sharing import ShareWish
from app.domain.excerpts import Excerpt
from app.ui.actions import ACTIONS
from app.ui.branches.menu import branch_menu
from app.ui.conversation.keys import open_menu
from app.ui.write_guard import WRITING
from app.viewmodels.sharing_services import OpenShare

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

WHY = "This window is read-only"
OPENS_ANOTHER_PROGRAM: frozenset[str] = frozenset({"quit"})


@pytest.fixture
def share(store: Path, tmp_path: Path) -> Path:
    """Two branches of a real session, with a marker and a note."""
    path = tmp_path / "part.branchline"
    with bootstrap.core(str(store)) as core:
        session = core.library.session("108_00022").header.id
        main = core.library.branch(session, "main")
        core.notebook.set_marker(main.id, 4, "here")
        core.notebook.write_note(main.id, 6, "why")
        fork = core.branching.branch(main.id, 8, "other")
        excerpt = Excerpt(branches=(main.id, fork.id), streams=("analyst",))
        wish = ExportWish(form="native", session=session, branch=main.id, excerpt=excerpt)
        core.sharing.share(path, ShareWish(export=wish, at=8, by="Ann"))
    return path


@pytest.fixture
def shown(qtbot: QtBot, dressed: QApplication, share: Path, tmp_path: Path) -> Iterator[Any]:
    from app.ui.application import WindowApplication

    with ExitStack() as behind:
        found = behind.enter_context(bootstrap.shared(share, no_progress))
        io = behind.enter_context(IoThread())
        services = bootstrap.services(found.core, bootstrap.Models(io, FakeModelClient()))  # type: ignore[arg-type]
        opened = OpenShare(found.share, "part", lambda _progress: 0)
        services = replace(services, sharing=replace(services.sharing, opened=opened))
        place = (found.session, found.share.branch, found.share.position)
        program = WindowApplication(services, tmp_path / "window.ini", place)
        program.show()
        program.window.resize(1280, 800)
        heard: list[Any] = []
        program.presenter.workspace.moment_ready.connect(heard.append)
        qtbot.waitUntil(lambda: bool(heard) and len(program.presenter.branches.tree) == 2)
        qtbot.waitUntil(lambda: bool(program.presenter.notebook.noting.rows))
        yield program
        program.window.close()
        program.dispose()


def told(menu: QMenu) -> dict[str, str]:
    """What a menu offers that is disabled, with the reason."""
    return {one.text(): one.toolTip() for one in menu.actions() if one.text() and not one.isEnabled()}


def test_every_action_that_writes_is_disabled_and_says_why(shown: Any) -> None:
    table = shown.window.actions_table

    disabled = {spec.id for spec in ACTIONS if not table[spec.id].isEnabled()}

    assert {spec.id for spec in ACTIONS} >= WRITING
    assert disabled == WRITING | {"stop"}
    assert all(WHY in table[one].toolTip() for one in WRITING)
    button = shown.window.transport._branch_here
    assert not button.isEnabled()
    assert WHY in button.toolTip()


def test_no_action_that_is_left_writes(shown: Any, qtbot: QtBot) -> None:
    store = shown.presenter.library._services.store
    before = (
        store.recorded_count(),
        [(one.id, one.head, one.name) for one in store.branches(store.sessions()[0].header.id)],
    )
    table = shown.window.actions_table

    for spec in ACTIONS:
        if spec.id in OPENS_ANOTHER_PROGRAM or not table[spec.id].isEnabled():
            continue
        table[spec.id].trigger()
        QApplication.sendPostedEvents()
        for dialog in shown.window.findChildren(QDialog):
            dialog.close()
        shown.presenter.playback.pause()

    qtbot.waitUntil(lambda: not shown.window.findChildren(QDialog))
    assert "cannot be" not in shown.window.notice.text
    after = (
        store.recorded_count(),
        [(one.id, one.head, one.name) for one in store.branches(store.sessions()[0].header.id)],
    )
    assert after == before


def test_the_menu_of_a_branch_says_why(shown: Any) -> None:
    desk, panel = shown.presenter.branches, shown.window.branches
    row = desk.tree.rows[1]

    menu = branch_menu(row, desk.tree, desk.tree.rows[0].branch.id, panel.wishes, panel.theme, panel.view)

    reasons = told(menu)
    assert set(reasons) == {"Continue from here", "Rename", "Colour", "Make it the default path", "Archive"}
    assert all(WHY in one for one in reasons.values())
    menu.close()


def test_the_menu_of_a_message_says_why(shown: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    popped: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _at: popped.append(menu))
    view = shown.window.conversation
    qtbot.waitUntil(lambda: view.entry_at(0) is not None)
    view.set_current(0)

    open_menu(view, QPoint(0, 0))

    (menu,) = popped
    reasons = told(menu)
    assert {
        "Edit on a branch…",
        "Leave out on a branch…",
        "Set a marker here",
        "Write a note here",
        "Tag it",
        "Rate it",
    } == set(reasons)
    assert all(WHY in one for one in reasons.values())
    menu.close()


def test_keys_that_nothing_could_disable_tell_why(shown: Any, qtbot: QtBot) -> None:
    window = shown.window
    window.show_branches()
    window.branches.view.setFocus()

    qtbot.keyClick(window.branches.view, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: WHY in window.notice.text)
    window.notice.clear()
    window.show_notebook()
    listed = window.notebook._list
    listed.setCurrentIndex(listed.model().index(0, 0))
    window.notebook._on_edit_wanted()
    window.notebook._on_remove_wanted()

    assert WHY in window.notice.text
    assert not window.notebook.is_writing
    assert len(shown.presenter.notebook.noting.rows) == 2


def test_files_that_are_dropped_are_not_brought_into_a_window_that_is_read_only(shown: Any, tmp_path: Path) -> None:
    shown.presenter.library.import_paths((tmp_path / "a.json",))

    assert WHY in shown.window.notice.text
    assert shown.window.findChildren(QDialog) == []


def test_the_card_of_a_branch_is_for_reading_and_the_state_is_not_edited(shown: Any) -> None:
    window = shown.window
    window.branches.show_details(shown.presenter.branches.tree.rows[1].branch.id)
    card = window.branches.card

    assert card._hypothesis.isReadOnly()
    assert not card._keep.isEnabled()
    assert WHY in card._keep.toolTip()
    assert not window.side_by_side.blind.isEnabled()
