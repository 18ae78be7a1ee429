"""Branches side by side in the real window, on a real session."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest
from e2e.effects.effect import DIALOGUE, Trial
from e2e.effects.side_by_side import FORK, OTHER_TALK, TALK, talked
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from app.domain.compare.judging import questions
from app.ui.redaction.dialog import RedactionDialog

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot


class Compared:
    """Three branches side by side: two that differ in some words, and one that says the same as the first."""

    def __init__(self, opened: Any, qtbot: QtBot) -> None:
        self.trial = Trial(opened, "", qtbot)
        self.session = opened.workspace.session.header.id
        self.ids = (
            talked(opened, "one"),
            talked(opened, "other", OTHER_TALK),
            talked(opened, "again", (*TALK, "Thanks", "You are welcome.")),
        )
        self.desk = opened.program.presenter.side_by_side
        self.desk.shown.compare(self.session, self.ids)
        self.trial.until(lambda: self.shown.comparison is not None)
        self.view = opened.window.side_by_side
        self.view.rows.lay_out()

    @property
    def shown(self) -> Any:
        return self.desk.shown

    def widget(self, row: int) -> Any:
        return next(one for place, one in self.view.rows._pool.items() if place == row)


@pytest.fixture
def compared(open_window: Callable[..., Any], qtbot: QtBot) -> Compared:
    return Compared(open_window(DIALOGUE, 20), qtbot)


def row_of(compared: Compared, question: str) -> int:
    return next(place for place, row in enumerate(compared.shown.rows) if row.question == question)


def test_words_that_differ_are_marked_and_the_same_answer_is_named(compared: Compared) -> None:
    row = compared.shown.rows[row_of(compared, "And on Sunday?")]
    one, other, again = row.cells

    assert "".join(piece.text for piece in other.pieces if piece.kind == "added") == ", and the kitchen closes early"
    assert one.text == TALK[1]
    assert again.like == "one"
    assert [cell.times for cell in row.cells] == [2, 1, 1]
    assert compared.shown.comparison.trunk == FORK


def test_a_screen_reader_hears_every_column(compared: Compared) -> None:
    spoken = compared.widget(row_of(compared, "And on Sunday?")).accessibleName()

    assert spoken.startswith("different · And on Sunday?")
    assert "one: ×2 · " in spoken
    assert "again: the same as one" in spoken


def test_turns_that_are_the_same_can_be_left_out(compared: Compared) -> None:
    every = len(compared.shown.rows)

    QTest.mouseClick(compared.view.different, Qt.MouseButton.LeftButton)

    assert all(not row.is_same for row in compared.shown.rows)
    assert len(compared.shown.rows) <= every


def test_a_click_in_a_column_goes_to_that_branch_and_the_playhead_follows(compared: Compared) -> None:
    trial, row = compared.trial, row_of(compared, "And on Sunday?")
    widget = compared.widget(row)

    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=widget.rect().center())

    trial.until(lambda: trial.workspace.branch.id == compared.ids[1] and trial.here == FORK + 2)
    assert compared.view.rows._playhead == (row, 1)


def test_another_baseline_turns_the_differences_round(compared: Compared) -> None:
    compared.view.headings.asked.emit("baseline", compared.ids[1])
    compared.trial.until(lambda: compared.shown.comparison.names[0] == "other")

    first, second, _ = compared.shown.rows[row_of(compared, "And on Sunday?")].cells
    assert all(piece.kind == "same" for piece in first.pieces)
    assert any(piece.kind == "removed" for piece in second.pieces)


def test_branches_can_be_ordered_by_a_measure(compared: Compared) -> None:
    compared.view.order_chosen.emit("words")

    values = [compared.shown.comparison.branches[number].metrics.values["words"] for number in compared.shown.order]
    assert values == sorted(values)
    assert compared.shown.names != compared.shown.comparison.names


def test_a_measure_is_drawn_over_the_turns_when_its_tab_is_seen(compared: Compared) -> None:
    compared.view.tabs.setCurrentWidget(compared.view.metrics)
    model = compared.view.metrics.model

    assert [model.headerData(0, Qt.Orientation.Horizontal)] == ["one"]
    assert compared.view.metrics._chart is not None
    assert compared.view.metrics._chart.accessibleName().endswith("one, other, again")


def test_the_states_tab_tells_where_the_ends_differ(compared: Compared) -> None:
    compared.view.tabs.setCurrentWidget(compared.view.states)

    assert [compared.view.states.which.itemText(index) for index in range(2)] == ["other", "again"]


def test_words_are_marked_or_not_without_comparing_anew(compared: Compared) -> None:
    compared.trial.until(lambda: compared.shown.comparison.has_states)
    found = compared.shown.comparison

    QTest.mouseClick(compared.view.words, Qt.MouseButton.LeftButton)
    compared.trial.until(lambda: all(len(cell.pieces) < 2 for row in compared.shown.rows for cell in row.cells if cell))

    assert compared.shown.comparison is found


def test_what_was_compared_last_is_gone_when_something_else_is_compared(compared: Compared) -> None:
    compared.trial.until(lambda: compared.shown.comparison.has_states)
    view = compared.view

    QTest.keyClick(view, Qt.Key.Key_Escape)

    assert view.metrics.model.columnCount() == 0
    assert view.states.which.count() == 0
    assert view.headings._headings == []


def test_escape_brings_conversation_and_state_back(compared: Compared) -> None:
    QTest.keyClick(compared.view.rows, Qt.Key.Key_Escape)

    assert compared.trial.window.conversation.isVisible()
    assert not compared.view.isVisible()
    assert compared.shown.branches == ()


def test_continuing_from_one_closes_the_comparison_and_waits_for_words(compared: Compared) -> None:
    compared.view.headings.asked.emit("continue", compared.ids[1])

    trial = compared.trial
    trial.until(lambda: trial.workspace.branch.id == compared.ids[1])
    assert trial.window.compose.message.hasFocus()


def test_a_comparison_is_looked_through_before_it_is_written_to_a_file(compared: Compared, tmp_path: Path) -> None:
    file, trial = tmp_path / "compared.html", compared.trial
    file.write_text("old")
    compared.trial.opened.core.branch_labels.rename(compared.ids[1], "asked by jane@example.com")

    compared.view.export_wanted.emit("html")
    (dialog,) = trial.window.findChildren(RedactionDialog)
    trial.until(lambda: dialog.pane.table.findings.rowCount() > 0)
    assert not dialog.write.isEnabled()
    dialog.pane.decide_buttons["redact_all"].click()
    assert dialog.write.isEnabled()
    dialog.write.click()
    dialog.findChild(QFileDialog).fileSelected.emit(str(file))
    trial.until(lambda: file.read_text(encoding="utf-8") != "old")

    written = file.read_text(encoding="utf-8")
    assert "kitchen closes early" in written
    assert "asked by [EMAIL-1]" in written
    assert "jane@example.com" not in written
    assert [action.data() for action in compared.view.export.menu().actions() if isinstance(action, QAction)] == [
        "html",
        "markdown",
        "json",
    ]


def test_a_branch_that_was_asked_otherwise_keeps_nobody_from_judging_the_others(compared: Compared) -> None:
    elsewhere = talked(compared.trial.opened, "elsewhere", ("And on Monday, then?", "On Monday they open at noon."))
    before = compared.shown.comparison
    compared.shown.compare(compared.session, (elsewhere, *compared.ids[:2]))
    compared.trial.until(lambda: compared.shown.comparison not in (None, before))
    comparison = compared.shown.comparison

    (only,) = questions(comparison, random.Random(1))

    assert {only.left.branch, only.right.branch} == set(compared.ids[:2])
    assert only.asked == "And on Sunday?"
    assert any(not row.asked_alike for row in comparison.rows)


def test_answers_are_judged_blindly_and_names_come_with_the_result(compared: Compared, qtbot: QtBot) -> None:
    QTest.mouseClick(compared.view.blind, Qt.MouseButton.LeftButton)
    dialog = compared.trial.shown("sidebyside.blind")
    shown = []
    while dialog.left_better.isVisible():
        shown.append((dialog.left.toPlainText(), dialog.right.toPlainText()))
        better = dialog.left_better if "kitchen" in shown[-1][0] else dialog.right_better
        assert "one" not in dialog.outcome.text().split()
        QTest.mouseClick(better, Qt.MouseButton.LeftButton)

    pairs = dialog.judgements.pairs
    qtbot.waitUntil(lambda: pairs.toPlainText().count("sign test") == 2)

    assert all(left != right for left, right in shown)
    assert "one 0 : 1 other, 0 the same · sign test p = 1" in pairs.toPlainText()
    assert [dialog.judgements.table.item(0, column).text() for column in range(4)] == ["other", "2", "0", "0"]
    judged = compared.trial.opened.core.store.branches(compared.session)
    (analyst,) = [one for one in judged if one.kind == "analyst"]
    events = list(compared.trial.opened.core.store.iterate(analyst.id))
    assert [one.type for one in events].count("analyst.answers-judged") == len(shown)
    dialog.close()
