"""The export dialog: what is chosen, that nothing leaves unreviewed, and what becomes of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from app.domain.events import ANALYST, DERIVED
from app.domain.redaction.redaction import Pseudonymising
from app.viewmodels.play_range import PlayRange


@pytest.fixture
def opened(stage, qtbot):
    """The dialog over a session, and what stands behind it."""

    def make():
        staged = stage()
        staged.window.actions_table["export_session"].trigger()
        dialog = staged.program.presenter.exporting.dialog
        return staged, dialog

    return make


def choose(dialog, form: str) -> None:
    forms = [one.id for one in dialog.choice_page._forms]
    dialog.choice_page.forms.setCurrentRow(forms.index(form))


def review(dialog, qtbot) -> None:
    dialog.next.click()
    qtbot.waitUntil(lambda: dialog.pane.table.findings.rowCount() == 4)


def write(dialog, path, qtbot):
    dialog.export.click()
    files = dialog.findChild(QFileDialog)
    files.fileSelected.emit(str(path))
    files.close()


def test_a_report_of_the_branch_in_focus_with_all_that_is_noted_is_offered_first(opened):
    staged, dialog = opened()

    choice = dialog.choice_page.choice()

    assert choice.form.id == "report-html"
    assert choice.branches == (staged.workspace.branch.id,)
    assert (choice.first, choice.last) == (None, None)
    assert choice.streams == (ANALYST, DERIVED)
    assert choice.author == "Ada"
    dialog.reject()


def test_a_form_of_one_branch_has_one_ticked_and_says_what_it_cannot_hold(opened, qtbot):
    staged, dialog = opened()
    page = dialog.choice_page
    for row in range(page.branches.count()):
        page.branches.item(row).setCheckState(Qt.CheckState.Checked)

    choose(dialog, "markdown")

    assert page.choice().branches == (staged.workspace.branch.id,)
    assert page.choice().streams == ()
    assert not page.notes.isEnabled()
    assert not page.author.isEnabled()
    qtbot.waitUntil(lambda: "3 other branches; 2 notes of markdown" in page.losses.text())
    choose(dialog, "report-html")
    qtbot.waitUntil(lambda: page.losses.text() == "")
    dialog.reject()


def test_without_a_branch_it_cannot_go_on_and_says_so(opened):
    _, dialog = opened()
    for row in range(dialog.choice_page.branches.count()):
        dialog.choice_page.branches.item(row).setCheckState(Qt.CheckState.Unchecked)

    assert dialog.choice_page.choice() is None
    assert not dialog.next.isEnabled()
    assert dialog.said.text() == "Tick a branch."
    dialog.reject()


def test_the_range_is_all_what_is_played_between_markers_or_typed(opened):
    _, dialog = opened()
    box = dialog.choice_page.range
    assert not box.played.isEnabled()
    assert not box.between.isEnabled()

    box.offer(20, (3, 9), [(4, "wrong city"), (12, "late")])
    box.played.setChecked(True)
    assert box.limits() == (3, 9)
    box.between.setChecked(True)
    assert box.limits() == (4, 12)
    box.start.setCurrentIndex(1)
    box.end.setCurrentIndex(0)
    assert box.limits() == (4, 12)
    box.chosen.setChecked(True)
    box.first.setValue(5)
    assert box.limits() == (5, 20)
    choose(dialog, "pairs")
    assert dialog.choice_page.choice().first is None
    dialog.reject()


def test_what_is_played_is_offered(stage):
    staged = stage()
    staged.program.presenter.playback.set_range(PlayRange(first=2, last=5))
    staged.window.actions_table["export_session"].trigger()
    box = staged.program.presenter.exporting.dialog.choice_page.range

    assert box.played.isEnabled()
    assert box.played.text() == "What is played: events 2 to 5"
    staged.program.presenter.exporting.dialog.reject()


def test_nothing_is_written_before_everything_is_reviewed(opened, qtbot, tmp_path):
    staged, dialog = opened()
    review(dialog, qtbot)
    assert not dialog.export.isEnabled()
    assert "nothing leaves before" in dialog.pane.said.text()

    dialog.pane.decide_buttons["redact_all"].click()
    assert dialog.export.isEnabled()
    write(dialog, tmp_path / "a.html", qtbot)

    qtbot.waitUntil(dialog.folder.isVisible)
    ((choice, redaction),) = staged.services.outgoing.written
    assert choice.form.id == "report-html"
    assert isinstance(redaction, Pseudonymising)
    assert "Written: a.html" in dialog.outcome.said.text()
    assert "2 places redacted" in dialog.outcome.details.toPlainText()
    assert (tmp_path / "a.html").exists()
    dialog.reject()


def test_the_suggested_name_says_nothing_of_the_session(opened, qtbot):
    staged, dialog = opened()
    review(dialog, qtbot)
    dialog.pane.decide_buttons["redact_all"].click()

    dialog.export.click()
    files = dialog.findChild(QFileDialog)

    (name,) = files.selectedFiles()
    assert name.endswith(f"branchline-{staged.workspace.session.header.id[:8]}.html")
    files.close()
    dialog.reject()


def test_writing_can_be_stopped_and_a_failure_is_one_sentence(opened, qtbot, tmp_path):
    staged, dialog = opened()
    outgoing = staged.services.outgoing
    review(dialog, qtbot)
    dialog.pane.decide_buttons["redact_all"].click()

    outgoing.gate.clear()
    write(dialog, tmp_path / "a.html", qtbot)
    assert dialog.leave.text() == "Stop"
    dialog.leave.click()
    qtbot.waitUntil(lambda: dialog.said.text() == "Stopped; no file was written.")
    assert not (tmp_path / "a.html").exists()

    outgoing.gate.set()
    outgoing.failure = "the disk is full"
    write(dialog, tmp_path / "b.html", qtbot)
    qtbot.waitUntil(lambda: dialog.said.text() == "the disk is full")
    assert dialog.export.isEnabled()
    dialog.reject()


def test_going_back_and_choosing_otherwise_looks_through_it_again(opened, qtbot):
    _, dialog = opened()
    review(dialog, qtbot)
    dialog.pane.decide_buttons["redact_all"].click()

    dialog.back.click()
    assert dialog.pages.currentWidget() is dialog.choice_page
    dialog.choice_page.notes.setChecked(False)
    dialog.next.click()

    assert not dialog.export.isEnabled()
    qtbot.waitUntil(lambda: dialog.pane.table.findings.rowCount() == 4)
    assert dialog.export.isEnabled()  # what was decided on the same findings stays
    dialog.reject()


def test_a_name_that_was_looked_for_once_is_looked_for_again(opened, qtbot):
    staged, dialog = opened()
    review(dialog, qtbot)
    staged.program.presenter.exporting._review.add_name("Ada Lovelace")
    redaction = staged.program.presenter.redaction

    qtbot.waitUntil(lambda: "Ada Lovelace" in redaction.new_review().profile.names)
    dialog.reject()


def test_the_letters_that_decide_work_at_once_where_findings_are_shown(opened, qtbot):
    _, dialog = opened()

    review(dialog, qtbot)
    qtbot.waitUntil(dialog.pane.table.hasFocus)
    qtbot.keyClick(dialog.pane.table, Qt.Key.Key_R)

    assert dialog.pane.table.findings.group(0).decision == "redact"
    dialog.reject()
