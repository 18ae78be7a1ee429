"""The dialogs of what-ifs say what will happen, and make only what was planned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from app.domain.edits import MessageEdit, ShownEdit, SlotEdit, ToolResultEdit
from app.ui.whatif.editors import editor_for
from app.viewmodels.what_if.subjects import Subject, shown_subject

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot


class Desk:
    """A window with made-up sessions, on event 40: what the customer says."""

    def __init__(self, stage: Any, qtbot: QtBot) -> None:
        self.stage, self._qtbot = stage, qtbot
        self.window, self.workspace = stage.window, stage.workspace
        self.what_ifs = stage.services.what_ifs
        self.desk = stage.program.presenter.what_if
        qtbot.waitUntil(lambda: self.desk._moment is not None)

    def dialog(self, name: str) -> Any:
        self._qtbot.waitUntil(lambda: self.window.findChild(QDialog, name) is not None)
        return self.window.findChild(QDialog, name)

    def edit(self) -> Any:
        self.desk.change_value("/conversation/instructions")
        return self.dialog("whatif.edit")

    def until(self, held: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(held)


@pytest.fixture
def desk(stage: Callable[..., Any], qtbot: QtBot) -> Desk:
    return Desk(stage(at=40), qtbot)


def subject(kind: str, value: Any, **more: Any) -> Subject:
    return Subject(**{"kind": kind, "at": 40, "title": "It", "value": value, **more})


def test_nothing_can_be_made_until_something_is_different_and_planned(desk: Desk) -> None:
    dialog = desk.edit()
    assert not dialog.make.isEnabled()
    desk.until(lambda: dialog._sentences.text() == "Nothing is different yet.")

    dialog.editor.text.setPlainText("Be brief.")

    desk.until(dialog.make.isEnabled)
    assert dialog._sentences.text().startswith("The branch holds 5 turns and the state of event 40; 80 later events")
    dialog.name.clear()
    assert not dialog.make.isEnabled(), "a branch needs a name"
    dialog.reject()


def test_the_dialog_stays_as_it_is_while_its_sentences_change(desk: Desk) -> None:
    dialog = desk.edit()
    desk.until(lambda: bool(dialog._sentences.text()))
    before, buttons = dialog.size(), dialog.make.geometry()
    places = []

    for text in ("Be brief.", "Be brief, and name the town and the day that the customer asked for.", "   "):
        dialog.editor.text.setPlainText(text)
        desk.until(lambda: dialog._plan is not None or dialog._problem.isVisible())
        places.append((dialog.size(), dialog.make.geometry()))
    dialog.show_refusal("one line that says at some length why nothing can be made of this, so that it has to wrap")
    dialog.show_progress(1, 2, "writing")
    dialog.layout().activate()

    assert [*places, (dialog.size(), dialog.make.geometry())] == [(before, buttons)] * 4
    dialog.reject()


def test_what_makes_no_sense_is_told_where_it_was_typed(desk: Desk) -> None:
    dialog = desk.edit()
    dialog.subject = subject("message", "yes")

    dialog.editor.text.setPlainText("no")

    desk.until(dialog._problem.isVisible)
    assert dialog._problem.text() == "that is what the event says already"
    assert not dialog.make.isEnabled()
    dialog.reject()


def test_the_branch_that_is_made_comes_into_focus_at_the_change(desk: Desk) -> None:
    dialog = desk.edit()
    dialog.editor.text.setPlainText("Be brief.")
    dialog.name.setText("short answers")
    desk.until(dialog.make.isEnabled)

    QTest.keyClick(dialog.name, Qt.Key.Key_Return)

    desk.until(lambda: desk.workspace.branch.name == "short answers")
    assert [name for _, name in desk.what_ifs.made] == ["short answers"]
    assert desk.workspace.playhead == 41
    assert "short answers is made" in desk.window.findChild(QWidget, "toast").accessibleName()


def test_later_events_are_applied_again_only_when_wished(desk: Desk) -> None:
    dialog = desk.edit()
    dialog.editor.text.setPlainText("Be brief.")
    dialog.reapply.setChecked(True)

    desk.until(lambda: "80 recorded events are applied again." in dialog._sentences.text())
    dialog.reject()
    assert desk.what_ifs.planned[-1][2] is True


def test_a_what_if_that_ends_here_can_be_gone_on_with(desk: Desk) -> None:
    made = desk.stage.history.branch(desk.workspace.branch.id, 40, "calm")
    desk.workspace.reload(branch=made.id, follow=True)
    desk.until(lambda: desk.workspace.branch.name == "calm" and desk.desk._moment.branch == made.id)
    dialog = desk.edit()

    dialog._same.setChecked(True)
    dialog.editor.text.setPlainText("Be brief.")

    desk.until(dialog.make.isEnabled)
    assert dialog.make.text() == "Append the change"
    assert dialog._sentences.text() == "The change is appended to calm after event 40."
    dialog.make.click()
    desk.until(lambda: desk.workspace.head == 41)
    assert desk.workspace.branch.name == "calm"


def test_leaving_out_lists_first_what_goes_along(desk: Desk) -> None:
    desk.desk.leave_out(18)
    dialog = desk.dialog("whatif.leave_out")
    desk.until(dialog.make.isEnabled)
    assert [dialog.dependents.item(row).text() for row in range(dialog.dependents.count())] == [
        "19  conversation.tool-returned  (caused by event 18)"
    ]

    dialog.keep.setChecked(True)

    desk.until(lambda: "stays" in dialog._caption.text())
    assert dialog.dependents.item(0).text().endswith("(caused by event 18, cannot be applied any more)")
    assert dialog.name.text() == "without 18"
    dialog.reject()


def test_before_the_first_event_there_is_nothing_to_leave_out(desk: Desk) -> None:
    desk.desk.leave_out(0)

    assert "nothing to leave out" in desk.window.findChild(QWidget, "toast").accessibleName()


def test_computed_values_are_refused_in_one_sentence(desk: Desk) -> None:
    desk.desk.change_value("/recommendation/predicted/0")

    assert "cannot be changed by itself" in desk.window.findChild(QWidget, "toast").accessibleName()


# --- editors


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_values_of_a_slot_keep_their_kind_and_stand_a_line_each(page: QWidget) -> None:
    slot = subject("slot", (4, "May 1"), key=("R", "when"))
    editor = editor_for(slot, {}, page)

    assert editor.value() == (4, "May 1")
    editor.text.setPlainText("4\n\nMay 2\n")  # type: ignore[union-attr]
    assert slot.edit(editor.value()) == SlotEdit("R", "when", (4, "May 2"))
    editor.text.setPlainText("")  # type: ignore[union-attr]
    assert slot.edit(editor.value()) == SlotEdit("R", "when", ())


def test_a_result_is_json_or_text_and_a_mistake_is_told_with_its_place(page: QWidget) -> None:
    result = subject("result", {"a": [1]}, key=("c",), failed=True)
    editor: Any = editor_for(result, {}, page)
    assert editor.value() == {"a": [1]}
    assert editor.failed.isChecked()

    editor.text.setPlainText('{"a":\n oops}')
    with pytest.raises(Exception, match="This is no JSON: line 2, column 2"):
        editor.value()

    editor.form.setCurrentIndex(1)
    assert result.edit(editor.value(), failed=False) == ToolResultEdit("c", '{"a":\n oops}', False)
    assert editor_for(subject("result", "plain", key=("c",)), {}, page).value() == "plain"


def test_a_list_is_moved_cut_and_added_to_by_keys(page: QWidget, qtbot: QtBot) -> None:
    items = ({"item": "A", "name": "Alba", "score": 0.5}, {"item": "B"}, {"item": "C"})
    listed = shown_subject({"recommendation": {"shown": list(items)}}, 40)
    editor: Any = editor_for(listed, {"D": "Dora"}, page)
    edited: list[None] = []
    editor.edited.connect(lambda: edited.append(None))
    page.show()

    editor._down.click()
    assert [one["item"] for one in editor.value()] == ["B", "A", "C"]
    assert editor.list.currentRow() == 1
    editor._remove.click()
    editor.fresh.setEditText("Dora (D)")
    editor._add.click()
    editor.fresh.setEditText("Q9")
    editor._add.click()

    assert listed.edit(editor.value()) == ShownEdit(
        ({"item": "B"}, {"item": "C"}, {"item": "D", "name": "Dora"}, {"item": "Q9"})
    )
    assert len(edited) == 4
    assert not editor._down.isEnabled()


def test_every_control_has_a_name(desk: Desk) -> None:
    dialog = desk.edit()

    for widget in (dialog.name, dialog.make, dialog._cancel, dialog.reapply, dialog.editor.text):
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface.text(QAccessible.Text.Name), widget
    dialog.reject()


def test_text_is_a_message_again(page: QWidget) -> None:
    said = subject("message", "Hello")

    assert said.edit(editor_for(said, {}, page).value()) == MessageEdit("Hello")


def test_where_a_branch_is_named_one_sentence_says_what_it_holds(desk: Desk) -> None:
    desk.window.branches.ask_name("b", "main", 40)
    naming = desk.window.branches._naming
    sentence = "The branch holds 5 turns and the state of event 40; 80 later events stay on main."

    desk.until(lambda: naming._where.text() == sentence)
    desk.workspace.seek(46)
    desk.until(lambda: naming._told[0] == 46)
    assert naming._where.text() == sentence, "it speaks of where it was asked for"

    naming.ask("b", "main", 46)
    assert naming._where.text().startswith(
        "Event 46 is inside the open call of find, so it branches after event 47 instead. The branch holds 6 turns"
    )


def test_inside_a_call_the_compose_panel_says_where_it_will_branch(desk: Desk) -> None:
    desk.workspace.seek(46)

    desk.until(lambda: "outside the call" in desk.window.compose.intent.text())
    assert desk.window.compose.intent.text() == (
        "Branches after event 47, outside the call of find; 73 later events stay on main"
    )
    assert desk.window.compose.intent.toolTip().startswith("The branch holds 6 turns and the state of event 47")


def test_the_whole_sentence_is_in_view_and_no_more_room_is_taken(desk: Desk) -> None:
    naming = desk.window.branches._naming
    desk.window.show_branches()
    desk.until(lambda: naming._told[0] == 40)

    desk.window.branches.ask_name("b", "main", 40)

    line = naming._where.fontMetrics().lineSpacing()
    desk.until(lambda: 2 * line <= naming._where.height() < 5 * line)
