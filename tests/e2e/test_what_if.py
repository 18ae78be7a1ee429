"""What-ifs in the real window on the real demo sessions: edit, leave out, continue from both states, and back again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QListWidget, QMenu, QPushButton, QWidget

from app.domain.fold.fold import fold_all
from app.domain.fold.state_json import full_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

DIALOGUE, TOOLS = "108_00022", "task-3-trial-0-f26676d2"


class Person:
    """What a person does in the window, and what the store holds afterwards."""

    def __init__(self, opened: Any, qtbot: QtBot) -> None:
        self.opened, self._qtbot = opened, qtbot
        self.window, self.workspace, self.core = opened.window, opened.workspace, opened.core
        self.main = self.workspace.branch.id
        self.before = [repr(event) for event in self.core.store.iterate(self.main)]

    def until(self, held: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(held)

    def dialog(self, name: str) -> Any:
        self.until(lambda: self.window.findChild(QDialog, name) is not None)
        return self.window.findChild(QDialog, name)

    def menu_item(self, row: int, text: str) -> None:
        """The context menu of an entry of the conversation, by key."""
        conversation = self.window.conversation
        conversation.set_current(row)
        self.until(lambda: conversation.current_entry() is not None)
        QTest.keyClick(conversation, Qt.Key.Key_Menu)
        self.until(lambda: any(menu.isVisible() for menu in conversation.findChildren(QMenu)))
        menu = next(menu for menu in conversation.findChildren(QMenu) if menu.isVisible())
        action = next(action for action in menu.actions() if action.text() == text)
        menu.close()
        action.trigger()

    def make(self, dialog: Any) -> Any:
        make = dialog.findChild(QPushButton, "whatif.make")
        self.until(make.isEnabled)
        before = self.workspace.branch.id
        make.click()
        self.until(lambda: self.workspace.branch.id != before)
        return self.opened.branch

    def own(self) -> list[Any]:
        branch = self.opened.branch
        return list(self.core.store.read(branch.id, branch.fork_position + 1, branch.head))

    def assert_sound(self) -> None:
        branch = self.opened.branch
        expected = full_json(fold_all(self.core.store.iterate(branch.id)))
        assert self.core.time_machine.state(branch.id, branch.head) == expected
        assert [repr(event) for event in self.core.store.iterate(self.main)] == self.before
        assert self.core.store.verify().ok


@pytest.fixture
def at_work(open_window: Callable[..., Any], qtbot: QtBot) -> Callable[[str, int], Person]:
    return lambda session, at: Person(open_window(session, at), qtbot)


@pytest.mark.qt_log_ignore("grabbing the (keyboard|mouse)", extend=True)  # of a menu, where there is no real screen
def test_a_tools_result_is_replaced_from_its_menu_and_marked(at_work: Callable[..., Person]) -> None:
    person = at_work(TOOLS, 9)
    person.menu_item(5, "Replace the tool's result on a branch…")
    dialog = person.dialog("whatif.edit")
    dialog.editor.text.setPlainText('{"error": "no such user"}')
    dialog.editor.failed.setChecked(True)

    person.make(dialog)

    called, returned = person.own()
    assert called.data["reapplies"]["position"] == 8
    assert (returned.data["result"], returned.data["replaces"]["position"]) == ({"error": "no such user"}, 9)
    person.until(lambda: (entry := person.window.conversation.entry_at(5)) is not None and entry.replaces == 9)
    person.assert_sound()


def test_at_an_open_call_the_result_that_follows_is_offered(at_work: Callable[..., Person]) -> None:
    person = at_work(TOOLS, 8)
    returned = person.core.store.read(person.main, 9, 9)[0]
    person.until(lambda: person.window.conversation.entry_at(5) is not None)

    QTest.keyClick(person.window.timeline.lanes, Qt.Key.Key_W)
    dialog = person.dialog("whatif.edit")

    assert dialog.subject.at == 9
    assert dialog.editor.value() == returned.data["result"]


def test_a_slot_is_changed_from_the_state_panel(at_work: Callable[..., Person]) -> None:
    person = at_work(DIALOGUE, 12)
    inspector = person.window.inspector
    inspector.tabs.setCurrentWidget(inspector.slots)
    tree = inspector.slots
    person.until(lambda: tree.rows.rowCount() > 0)
    service = tree.rows.index(0, 0)
    tree.view.setCurrentIndex(tree.rows.index(0, 0, service))
    edit = next(action for action in tree.view.actions() if action.text() == "Edit on a branch…")
    assert edit.isVisible()

    edit.trigger()
    dialog = person.dialog("whatif.edit")
    dialog.editor.text.setPlainText("Comedy")
    person.make(dialog)

    (changed,) = person.own()
    assert changed.data["set"]["genre"] == ["Comedy"]
    person.assert_sound()


def test_an_event_is_left_out_and_the_branch_lives_on_with_lists_of_its_own(at_work: Callable[..., Person]) -> None:
    person = at_work(DIALOGUE, 20)
    QTest.keyClick(person.window.timeline.lanes, Qt.Key.Key_W, Qt.KeyboardModifier.ShiftModifier)
    dialog = person.dialog("whatif.leave_out")
    branch = person.make(dialog)
    assert branch.head == len(person.before) - 1
    assert {event.data["reapplies"]["position"] for event in person.own()} == set(range(21, 55))
    person.assert_sound()

    person.workspace.seek(person.workspace.head)
    compose = person.window.compose
    compose.unfold_prompt.click()
    person.until(lambda: compose.prompt.template.count() > 1)
    compose.prompt.recommend.setCurrentIndex(compose.prompt.recommend.findData("recent"))
    compose.prompt.template.setCurrentIndex(compose.prompt.template.findText("state"))
    compose.message.setPlainText("What else is there?")
    person.until(lambda: "What else is there?" in compose.prompt.text.toPlainText() and compose.button.isEnabled())
    previewed = compose.prompt.text.toPlainText()
    compose.button.click()
    person.until(lambda: person.core.store.branch(branch.id).head == branch.head + 6)

    kinds = [event.type for event in person.own()[-6:]]
    assert kinds[:4] == [
        "recommendation.strategy-changed",
        "conversation.message-posted",
        "recommendation.items-shown",
        "generation.requested",
    ]
    sent = person.own()[-3].data
    assert sent["addition"]["template"]["name"] == "state"
    assert sent["request"]["messages"][0]["content"] in previewed
    person.assert_sound()


def test_going_back_undoes_it_all(at_work: Callable[..., Person]) -> None:
    person = at_work(DIALOGUE, 9)
    QTest.keyClick(person.window.timeline.lanes, Qt.Key.Key_W)
    dialog = person.dialog("whatif.edit")
    listed = dialog.findChild(QListWidget, "whatif.list")
    first = listed.item(0).text()
    dialog.editor._down.click()
    assert listed.item(1).text() == first
    person.make(dialog)
    shown = person.opened.core.time_machine.state(person.workspace.branch.id, 9)["recommendation"]["shown"]
    assert shown[1]["name"] == "Dogman"

    person.workspace.switch_branch(person.main)

    person.until(lambda: person.workspace.branch.id == person.main)
    assert [repr(event) for event in person.core.store.iterate(person.main)] == person.before


def test_inside_a_call_the_branch_is_made_where_the_card_says(at_work: Callable[..., Person]) -> None:
    person = at_work(TOOLS, 8)
    person.until(lambda: person.window.branches._naming._told[0] == 8)
    QTest.keyClick(person.window.timeline.lanes, Qt.Key.Key_B)
    naming = person.window.branches._naming
    assert naming._where.text().startswith(
        "Event 8 is inside the open call of get_user_details, so it branches after event 9 instead."
    )
    assert naming._where.text().endswith("5 turns and the state of event 9; 57 later events stay on main.")

    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)

    person.until(lambda: person.workspace.branch.id != person.main)
    assert (person.opened.branch.fork_position, person.workspace.playhead) == (9, 9)
    assert person.window.findChild(QWidget, "branches.tree") is not None
