"""What is tried is said in words, everything is in view, and nothing covers the comparison that was asked for."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from fakes.window_services import make_branch
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QDialog, QSpinBox, QVBoxLayout
from pytestqt.qtbot import QtBot

from app.application.ports import ModelInfo
from app.application.rerunning import TrialResult
from app.application.series import SeriesResult, SeriesUpdate
from app.application.trial_player import TurnResult
from app.domain.errors import BadInput
from app.domain.lab.recipe import Recipe
from app.domain.lab.trials import Trial
from app.ui.trials.form import TrialForm

Stages = Callable[..., Any]

MODEL = ModelInfo(name="m", digest="d", size=1, local=True, capabilities=("completion",), context_length=2_048)


@pytest.fixture
def form(qtbot: QtBot) -> TrialForm:
    made = TrialForm()
    qtbot.addWidget(made)
    made.setFixedWidth(380)
    made.set_models((MODEL,), None)
    made.set_instructions(())
    made.show()
    return made


def test_where_it_begins_is_never_cut(form: TrialForm, qtbot: QtBot) -> None:
    form.set_place("b", "smollm2:135m a branch with a rather long name @1 t0.2 s1", 1_036, "")
    label = form._from

    qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()))

    assert label.text().endswith("event 1,036")


def test_numbers_that_are_none_are_refused_in_words(form: TrialForm) -> None:
    form.temperatures.setText("hot")

    with pytest.raises(BadInput, match="'hot' is no number; write for example"):
        form.wish()


def test_everything_wished_for_is_in_the_wish(form: TrialForm) -> None:
    form.set_place("b", "main", 12, "And?")
    form.temperatures.setText("0.2, 0.8")
    form.seeds.setText("1, 5-7")
    form.longest.setValue(40)

    wish = form.wish()

    assert (wish.branch, wish.at, wish.say, wish.models) == ("b", 12, "And?", ("m",))
    assert (wish.temperatures, wish.seeds, wish.longest) == ((0.2, 0.8), (1, 5, 6, 7), 40)


def test_number_fields_stand_off_their_frame_like_the_others(form: TrialForm) -> None:
    assert {box.lineEdit().textMargins().left() for box in form.findChildren(QSpinBox)} == {6}


def test_what_is_compared_is_not_covered_by_what_was_tried(stage: Stages, qtbot: QtBot) -> None:
    made = stage(at=40)
    made.history.branch("session-0/main", 20, "other")
    desk = made.program.presenter.trials
    desk.open("variants")
    dialog = desk._dialog
    shown = dialog.isVisible()

    dialog.compare_wanted.emit(("session-0/main", "session-0/other"))

    assert shown
    assert not dialog.isVisible()

    desk.open("variants")

    assert dialog.isVisible()
    dialog.close()


def test_what_was_not_played_waits_again_when_playing_goes_on(stage: Stages) -> None:
    made = stage(at=40)
    desk = made.program.presenter.trials
    desk.open("variants")
    dialog = desk._dialog
    asked = partial(Trial, session="s", origin="b", origin_hash="h", at=3, recipe=Recipe(model="m"))
    dialog.show_plan([asked(name=name) for name in "ab"], "")
    dialog.show_stopped("Stopped")
    stopped = dialog.model.index(1, 1).data()

    dialog.set_running(running=True)

    assert (stopped, dialog.model.index(1, 1).data()) == ("not played", "waiting")
    dialog.set_running(running=False)
    dialog.close()


def test_what_came_of_a_trial_stands_in_the_table_while_others_are_played(stage: Stages) -> None:
    made = stage(at=40)
    desk = made.program.presenter.trials
    desk.open("variants")
    dialog = desk._dialog
    asked = partial(Trial, session="s", origin="b", origin_hash="h", at=3, recipe=Recipe(model="m"))
    one, other = asked(name="one"), asked(name="other")
    dialog.show_plan([one, other], "")
    dialog.set_running(running=True)
    turn = TurnResult(turn=1, position=4, event="e", rerun="Yes.", recorded=None, recorded_position=None, result=None)
    outcome = TrialResult(trial=one, branch=make_branch("s", "one"), turns=(turn,))

    dialog.show_update(
        SeriesUpdate(
            done=1, total=2, failed=0, trial=other, current=None, tokens_per_second=None, elapsed_s=1, remaining_s=None,
            outcomes=(outcome,),
        ), "",
    )  # fmt: skip

    assert [dialog.model.index(row, 2).data() for row in range(2)] == ["Yes.", ""]
    assert dialog.model.branches() == (outcome.branch.id,)
    dialog.set_running(running=False)
    dialog.close()


def test_what_was_played_again_is_compared_with_what_was_recorded(stage: Stages) -> None:
    made = stage(at=40)
    desk = made.program.presenter.trials
    desk.open("rerun")
    dialog = desk._dialog
    again = Trial(session="s", origin="b", origin_hash="h", at=3, recipe=Recipe(model="m"))
    dialog.show_plan([again], "")
    before = dialog.compare.isEnabled()

    dialog.show_result(SeriesResult(results=(TrialResult(trial=again, branch=make_branch("s", "one"), turns=()),)), "")

    assert (before, dialog.compare.isEnabled()) == (False, True)
    assert dialog.chosen_branches() == ("b", make_branch("s", "one").id)
    dialog.close()


def test_the_button_that_pauses_says_that_it_goes_on(stage: Stages, qtbot: QtBot) -> None:
    made = stage(at=40)
    desk = made.program.presenter.trials
    desk.open("variants")
    dialog = desk._dialog
    dialog.set_running(running=True)

    dialog.pause.click()
    paused = dialog.pause.text()
    dialog.pause.click()

    assert (paused, dialog.pause.text()) == ("Go on", "Pause")
    dialog.set_running(running=False)
    dialog.close()


def test_enter_in_a_field_opens_nothing(qtbot: QtBot) -> None:
    dialog, form = QDialog(), TrialForm()
    qtbot.addWidget(dialog)
    QVBoxLayout(dialog).addWidget(form)
    dialog.show()
    opened: list[bool] = []
    form.library_wanted.connect(lambda: opened.append(True))

    qtbot.keyClick(form.temperatures, Qt.Key.Key_Return)

    assert opened == []


def test_every_control_of_the_trials_has_a_name(stage: Stages) -> None:
    made = stage(at=40)
    desk = made.program.presenter.trials
    desk.open("repetitions")
    dialog = desk._dialog

    fields = (*dialog.form.findChildren(QSpinBox), dialog.form.say, dialog.table, dialog.progress, dialog.compare)

    assert all(QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name) for one in fields)
    dialog.close()


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_a_choice_is_made_with_the_keys_alone(stage: Stages, qtbot: QtBot, key: Qt.Key) -> None:
    made = stage(at=40)
    desk = made.program.presenter.trials
    desk.open("variants")
    kind = desk._dialog.form.kind
    kind.setFocus()
    kind.showPopup()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is kind.view())

    qtbot.keyClick(kind.view(), Qt.Key.Key_Down)
    qtbot.keyClick(kind.view(), key)

    assert kind.currentData() == "rerun"
    assert not kind.view().isVisible()
    desk._dialog.close()
