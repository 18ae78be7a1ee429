"""Sessions are chosen in the list, asked about in one form, and looked at turn by turn beside what was recorded."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from fakes.window_services import make_branch
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QMenu, QSpinBox
from pytestqt.qtbot import QtBot

from app.application.ports import ModelInfo
from app.application.rerun_wish import RerunWish, wish_from
from app.application.rerunning import TrialResult
from app.application.series import SeriesResult
from app.application.session_reruns import PlannedRerun, RerunPlan, RerunResult
from app.application.trial_player import TurnResult
from app.domain.errors import BadInput
from app.domain.lab.checks import read_checks
from app.domain.lab.recipe import Recipe
from app.domain.lab.trials import Trial
from app.ui.reruns.checks_editor import ChecksEditor
from app.ui.reruns.form import Choice, RerunForm
from app.viewmodels.rerun_table import RerunPlace

Stages = Callable[..., Any]
MODEL = ModelInfo(name="m", digest="d", size=1, local=True, capabilities=("completion",), context_length=2_048)
ALL_KINDS = [
    {"contains": "sorry", "name": "says sorry", "ignore_case": True, "turns": "last"},
    {"matches": r"\d+ EUR", "not": True, "turns": [1, -1]},
    {"schema": {"type": "object"}},
    {"holds": "len(conversation.messages) > 2"},
    {"similar": 0.6},
]


@pytest.fixture
def form(qtbot: QtBot) -> RerunForm:
    made = RerunForm()
    qtbot.addWidget(made)
    made.set_choices([Choice("2 sessions", ("a", "b"))])
    made.set_models((MODEL,), None)
    made.set_instructions(())
    made.set_templates(())
    return made


def test_checks_of_all_kinds_come_out_of_their_rows_as_they_went_in(qtbot: QtBot) -> None:
    editor = ChecksEditor()
    qtbot.addWidget(editor)
    checks = read_checks(ALL_KINDS)

    editor.show_checks(checks)

    assert editor.checks() == checks


def test_a_check_that_is_written_otherwise_gives_its_name_up(qtbot: QtBot) -> None:
    editor = ChecksEditor()
    qtbot.addWidget(editor)
    editor.show_checks(read_checks(ALL_KINDS[:1]))

    editor.rows[0].value.setText("regret")

    assert editor.checks()[0].name == "contains regret"


@pytest.mark.parametrize(
    ("kind", "value", "turns", "sentence"),
    [
        ("contains", "", "", "check 1: contains needs a text"),
        ("similar", "much", "", "check 1: similar needs a number"),
        ("similar", "3", "", "check 1: similar needs a number"),
        ("schema", "{", "", "check 1: the schema is no JSON"),
        ("contains", "x", "first", "check 1: turns are all, last"),
        ("contains", "x", "0", "check 1: turns is"),
    ],
)
def test_a_check_that_is_none_is_refused_by_its_number(
    form: RerunForm, kind: str, value: str, turns: str, sentence: str
) -> None:
    form.checks.add.click()
    row = form.checks.rows[0]
    row.kind.setCurrentIndex(row.kind.findData(kind))
    row.value.setText(value)
    row.turns.setText(turns)

    with pytest.raises(BadInput, match=sentence):
        form.wish()


def test_everything_that_is_wished_for_is_in_the_wish_and_comes_back_into_the_fields(form: RerunForm) -> None:
    asked = RerunWish(sessions=("a", "b"), model="m", temperature=0.2, seed=7, first_turn=2, turns=3, longest=40,
                      checks=read_checks(ALL_KINDS))  # fmt: skip

    form.show_wish(asked)

    assert form.wish() == asked
    form.checks.rows[0]._remove.click()
    assert len(form.wish().checks) == 4


def test_without_sessions_or_a_model_it_says_what_is_missing(form: RerunForm) -> None:
    form.set_models((), None)
    with pytest.raises(BadInput, match="There is no model"):
        form.wish()

    form.set_choices([])
    with pytest.raises(BadInput, match="Choose sessions"):
        form.wish()


def ready(stage: Stages, **how: Any) -> tuple[Any, Any]:
    made = stage(at=40, **how)
    desk = made.program.presenter.reruns
    desk.set_models((MODEL,))
    return made, desk


def test_several_sessions_are_chosen_without_opening_them(stage: Stages, qtbot: QtBot) -> None:
    made, desk = ready(stage)
    library, opened = made.window.library, []
    library.session_requested.connect(opened.append)
    view = library._list
    for row in (1, 3):
        where = view.visualRect(view.model().index(row, 0)).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, where)

    desk.open()

    assert opened == []
    assert library.chosen_sessions() == ("session-0", "session-1", "session-3")
    assert desk._dialog.form.chosen_sessions() == library.chosen_sessions()
    assert desk._dialog.form.sessions.currentText() == "3 chosen sessions"
    qtbot.waitUntil(lambda: bool(made.services.reruns.asked))
    assert made.services.reruns.asked[-1].sessions == library.chosen_sessions()
    desk._dialog.close()


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)
def test_the_menu_of_several_sessions_plays_them_again(stage: Stages, qtbot: QtBot) -> None:
    made, desk = ready(stage)
    library = made.window.library
    library._list.selectAll()

    library._on_menu_requested(library._list.visualRect(library._list.model().index(0, 0)).center())
    menu = library._list.findChild(QMenu, "library.menu")
    (action,) = menu.actions()
    menu.close()
    action.trigger()

    assert action.text() == "Play the rest of 6 sessions again…"
    assert len(desk._dialog.form.chosen_sessions()) == 6
    desk._dialog.close()


def test_with_one_session_in_focus_all_of_the_list_are_offered_first(stage: Stages) -> None:
    _, desk = ready(stage)

    desk.open()

    form = desk._dialog.form
    assert [form.sessions.itemText(row) for row in range(form.sessions.count())] == [
        "all 6 sessions of the list", "1 chosen session",
    ]  # fmt: skip
    desk._dialog.close()


def test_what_cannot_be_planned_is_said_where_the_table_would_be(stage: Stages, qtbot: QtBot) -> None:
    _, desk = ready(stage)

    desk.open()
    dialog = desk._dialog

    qtbot.waitUntil(lambda: dialog.empty.text() == "there is nothing to play")
    assert dialog.empty.isVisible()
    assert not dialog.start.isEnabled()
    dialog.close()


def test_a_run_that_came_to_no_end_is_offered_first_at_the_next_start(stage: Stages, qtbot: QtBot) -> None:
    made, desk = ready(stage)
    kept: list[str] = []
    desk.kept.connect(kept.append)
    planned = a_plan(made)
    desk.open()
    desk._on_planned(planned)
    desk._on_start_wanted()
    qtbot.waitUntil(lambda: not desk.series.is_running)
    stored = made.program._settings.last_rerun  # on disk while it is played: a crash finds it

    _, other = ready(stage)
    other.remember(kept[0])
    other.open()

    assert stored
    assert wish_from(json.loads(kept[0])["wish"]) == planned.wish
    form = other._dialog.form
    assert form.sessions.currentText() == "the last re-run: 2 sessions"
    assert (form.turns.value(), form.chosen_sessions()) == (3, planned.wish.sessions)
    desk._dialog.close()
    other._dialog.close()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"wish": 3}'])
def test_what_was_kept_wrongly_is_forgotten(stage: Stages, text: str) -> None:
    _, desk = ready(stage)

    desk.remember(text)
    desk.open()

    assert desk._dialog.form.sessions.count() == 2
    desk._dialog.close()


def a_plan(made: Any) -> RerunPlan:
    sessions = made.history.sessions()[:2]
    wish = RerunWish(sessions=tuple(one.header.id for one in sessions), model="m", turns=3)
    rows = tuple(
        PlannedRerun(one, Trial(session=one.header.id, origin=f"{one.header.id}/main", origin_hash="h", at=3,
                                recipe=Recipe(model="m")))
        for one in sessions
    )  # fmt: skip
    return RerunPlan(wish=wish, rows=rows)


def test_the_end_is_told_in_one_sentence_and_only_some_rows_can_be_shown(stage: Stages) -> None:
    made, desk = ready(stage)
    desk.open()
    dialog, plan = desk._dialog, a_plan(made)
    desk._on_planned(plan)
    answers = (("Yes.", "Yes."), ("No.", "Maybe."))
    results = tuple(played(row, *answer) for row, answer in zip(plan.rows, answers, strict=True))

    desk._on_ended(RerunResult(series=SeriesResult(results=results)))
    dialog.only.setCurrentIndex(dialog.only.findData("changed"))

    assert dialog.said.text() == "2 of 2 came to their end · 2 answers · 1 changed"
    assert dialog.table.model().rowCount() == 1
    dialog.close()


def played(row: PlannedRerun, recorded: str, rerun: str) -> TrialResult:
    turn = TurnResult(turn=1, position=9, event="e", rerun=rerun, recorded=recorded, recorded_position=5, result=None)
    return TrialResult(trial=row.trial, branch=make_branch(row.session.header.id, "rerun"), turns=(turn,))


def test_a_cell_opens_its_session_at_its_turn_beside_what_was_recorded(stage: Stages, qtbot: QtBot) -> None:
    made, desk = ready(stage)
    rerun = made.history.branch("session-1/main", 20, "rerun m").id
    put: list[tuple[str, ...]] = []
    desk._compare = put.append
    desk.open()

    desk._dialog.place_wanted.emit(RerunPlace("session-1", "session-1/main", rerun, 18))

    qtbot.waitUntil(lambda: bool(put))
    assert put == [("session-1/main", rerun)]
    assert (made.workspace.session.header.id, made.workspace.playhead) == ("session-1", 18)
    assert not desk._dialog.isVisible()


def test_nothing_is_started_while_trials_ask_the_same_server(stage: Stages) -> None:
    made, desk = ready(stage)
    desk.open()
    desk._on_planned(a_plan(made))
    desk._is_busy = lambda: True

    desk._dialog.start.click()

    assert not desk.series.is_running
    assert "Trials are being played" in desk._dialog.said.text()
    desk._dialog.close()


def test_every_control_has_a_name(stage: Stages) -> None:
    _, desk = ready(stage)
    desk.open()
    dialog = desk._dialog
    dialog.form.checks.add.click()

    parts = [dialog.table, dialog.progress, dialog.said]
    for kind in (QComboBox, QSpinBox, QLineEdit, QAbstractButton):
        parts += [one for one in dialog.findChildren(kind) if one.isVisible() and one.parent() is not None]
    inner = {box.lineEdit() for box in dialog.findChildren(QSpinBox)} | {dialog.table.cornerWidget()}
    nameless = [
        one
        for one in parts
        if one not in inner
        and one.metaObject().className() not in ("QTableCornerButton", "QExpandingLineEdit")
        and not QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name)
    ]

    assert nameless == []
    dialog.close()


def test_sessions_that_are_chosen_later_are_asked_about_and_what_was_played_stays_till_then(stage: Stages) -> None:
    made, desk = ready(stage)
    desk.open()
    desk._on_planned(a_plan(made))
    made.window.library._list.selectAll()
    desk.open()
    fresh = desk._dialog.form.sessions.currentText()
    plan = a_plan(made)
    desk._on_planned(plan)
    desk._on_start_wanted()
    desk.series.stop()
    made.window.library.set_open("session-3")

    desk.open()

    assert fresh == "6 chosen sessions"
    assert desk._plan is plan
    desk._dialog.close()
