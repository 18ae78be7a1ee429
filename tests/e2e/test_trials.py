"""Trials in the real window: planned, played in a queue, paused, stopped, compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from e2e.effects.effect import DIALOGUE, Trial
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.viewmodels.trials_model import StateRole

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot


class Table:
    """The dialog of trials over one real session; the model is a fake that says the same to everybody."""

    def __init__(self, opened: Any, qtbot: QtBot) -> None:
        self.trial = Trial(opened, "Ctrl+Shift+Return", qtbot)
        self.model = opened.model
        self.trial.press()
        self.dialog = self.trial.shown("trials")
        self.form = self.dialog.form
        self.trial.until(lambda: self.dialog.model.rowCount() == 1)

    def plan(self, count: int) -> None:
        self.trial.until(lambda: self.dialog.start.isEnabled() and self.dialog.model.rowCount() == count)

    def states(self) -> list[str]:
        model = self.dialog.model
        return [model.index(row, 0).data(StateRole) for row in range(model.rowCount())]

    def start(self) -> None:
        QTest.mouseClick(self.dialog.start, Qt.MouseButton.LeftButton)


@pytest.fixture
def table(open_window: Callable[..., Any], qtbot: QtBot) -> Any:
    made = Table(open_window(DIALOGUE, 22), qtbot)
    yield made
    made.trial.opened.program.presenter.trials.series.stop()
    made.trial.until(lambda: not made.trial.opened.program.presenter.trials.series.is_running)
    made.dialog.close()


def test_a_matrix_is_planned_as_it_is_typed_and_played_on_branches_of_the_session(table: Table) -> None:
    sessions = len(table.trial.opened.core.library.sessions())
    table.form.say.setPlainText("Is there parking?")
    table.form.temperatures.setText("0.2, 0.8")
    table.form.seeds.setText("1-2")
    table.plan(4)

    table.start()
    table.trial.until(lambda: table.states() == ["done"] * 4)

    core = table.trial.opened.core
    names = [branch.name for branch in core.store.branches(table.trial.workspace.session.header.id)]
    assert {"fake:1b t0.2 s1", "fake:1b t0.2 s2", "fake:1b t0.8 s1", "fake:1b t0.8 s2"} <= set(names)
    assert len(core.library.sessions()) == sessions
    assert table.dialog.model.index(0, 2).data() == "Hello, world."
    assert [dict(one.options)["seed"] for one in table.model.requests] == [1, 2, 1, 2]


def test_what_was_played_is_compared(table: Table) -> None:
    table.form.say.setPlainText("Is there parking?")
    table.form.seeds.setText("1, 2, 3")
    table.plan(3)
    table.start()
    table.trial.until(lambda: table.states() == ["done"] * 3)

    QTest.mouseClick(table.dialog.compare, Qt.MouseButton.LeftButton)

    shown = table.trial.opened.program.presenter.side_by_side.shown
    table.trial.until(lambda: shown.comparison is not None)
    assert len(shown.names) == 3
    assert "Repeated too seldom" not in table.trial.window.side_by_side.said.text()
    assert shown.comparison.trunk == 22


def test_a_series_that_ends_with_its_dialog_closed_brings_its_branches_and_is_told_afterwards(table: Table) -> None:
    table.form.say.setPlainText("Is there parking?")
    table.form.seeds.setText("1, 2, 3")
    table.plan(3)
    table.start()
    table.dialog.close()

    table.trial.until(
        lambda: {"fake:1b s1", "fake:1b s2", "fake:1b s3"} <= {one.name for one in table.trial.workspace.branches}
    )
    table.trial.opened.program.presenter.trials.open("variants")

    table.trial.until(lambda: table.states() == ["done"] * 3)
    assert "3 of 3 came to their end" in table.dialog.said.text()


def test_stopping_ends_at_once_and_starting_again_goes_on_with_what_is_left(table: Table) -> None:
    table.form.say.setPlainText("Is there parking?")
    table.form.seeds.setText("1, 2")
    table.plan(2)
    table.model.stall_after = 2
    table.start()
    table.trial.until(lambda: table.states() == ["running", "waiting"] and table.model.stalled.is_set())

    QTest.mouseClick(table.dialog.stop, Qt.MouseButton.LeftButton)
    table.trial.until(lambda: table.states() == ["stopped", "stopped"])

    table.model.stall_after = None
    table.start()
    table.trial.until(lambda: table.states() == ["done", "done"])


def test_a_failure_is_told_and_the_rest_goes_on(table: Table) -> None:
    table.form.say.setPlainText("Is there parking?")
    table.form.seeds.setText("1, 2")
    table.plan(2)
    table.model.fail_after = 1

    table.start()
    table.trial.until(lambda: table.states() == ["failed", "failed"])

    assert "the model fell over" in table.dialog.model.index(0, 2).data()


def test_the_rest_is_played_again_turn_by_turn(table: Table) -> None:
    table.form.kind.setCurrentIndex(table.form.kind.findData("rerun"))
    table.form.turns.setValue(2)
    table.plan(1)

    table.start()
    table.trial.until(lambda: table.states() == ["done"])

    assert len(table.model.requests) == 2


def test_a_wish_that_makes_no_sense_gets_one_sentence(table: Table) -> None:
    table.form.temperatures.setText("warm")

    assert table.dialog.said.text() == "'warm' is no number; write for example 0.2, 0.8"
    assert not table.dialog.start.isEnabled()


def test_instructions_are_saved_in_versions_and_can_be_tried(table: Table) -> None:
    nook = table.trial.opened.program.presenter.trials
    nook.open_library()
    library = table.trial.shown("instructions")
    library.name.setText("kind")
    library.text.setPlainText("Be kind.")
    QTest.mouseClick(library.save, Qt.MouseButton.LeftButton)
    table.trial.until(lambda: library.list.count() == 1)
    library.text.setPlainText("Be kind and brief.")
    QTest.mouseClick(library.save, Qt.MouseButton.LeftButton)
    table.trial.until(lambda: library.list.count() == 2)

    assert [library.list.item(row).text() for row in range(2)] == ["kind@2", "kind@1"]
    assert library.list.currentItem().text() == "kind@2"
    assert "and brief" in library.change.toPlainText()

    table.form.instructions.item(1).setCheckState(Qt.CheckState.Checked)
    table.plan(2)
    library.close()
