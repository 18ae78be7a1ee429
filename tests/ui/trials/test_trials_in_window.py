"""What is tried is said in words, everything is in view, and nothing covers the comparison that was asked for."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QDialog, QSpinBox, QVBoxLayout
from pytestqt.qtbot import QtBot

from app.application.ports import ModelInfo
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
