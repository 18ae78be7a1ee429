"""What a person asks of a pane in the real window on real sessions: histories, comparisons, places left and linked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from e2e.effects.effect import DIALOGUE, Trial
from PySide6.QtWidgets import QMenu

from app.viewmodels.events_model import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot


@pytest.fixture
def trial(open_window: Callable[..., Any], qtbot: QtBot) -> Trial:
    return Trial(open_window(DIALOGUE, 20), "", qtbot)


def menu_texts(menu: QMenu) -> dict[str, Any]:
    return {action.text(): action for action in menu.actions()}


def current_message(trial: Trial, position: int) -> int:
    """Make the message of an event the current entry; returns its place among the messages."""
    view = trial.window.conversation
    births = list(trial.workspace.births)
    view.setFocus()
    trial.until(lambda: view.entry_at(births.index(position)) is not None)
    view.set_current(births.index(position))
    state = trial.opened.core.time_machine.state(trial.opened.branch.id, 20)
    return [message["position"] for message in state["conversation"]["messages"]].index(position)


def test_e_in_the_conversation_tells_the_history_of_the_message(trial: Trial) -> None:
    place = current_message(trial, 17)

    trial.press("E")

    field = trial.opened.program.presenter.inspector.field
    trial.until(lambda: bool(field.changes))
    assert field.pointer == f"/conversation/messages/{place}"
    assert [change.position for change in field.changes] == [17]
    assert trial.window.inspector.tabs.currentWidget() is trial.window.inspector.why


@pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)
def test_the_menu_of_a_message_leads_to_its_history(trial: Trial) -> None:
    place = current_message(trial, 16)
    trial.press("Menu")
    menu = next(one for one in trial.window.conversation.findChildren(QMenu) if one.isVisible())

    menu_texts(menu)["History of this message"].trigger()
    menu.close()

    field = trial.opened.program.presenter.inspector.field
    trial.until(lambda: bool(field.changes))
    assert field.pointer == f"/conversation/messages/{place}"


def test_a_session_in_which_nobody_speaks_is_told_by_its_events(open_window: Callable[..., Any], qtbot: QtBot) -> None:
    trial = Trial(open_window("14659", 40), "", qtbot)
    story = trial.window.story
    assert story.isVisible()
    assert not trial.window.conversation.isVisible()

    row = story.table.currentIndex().row()
    assert story.table.rowAt(0) < row - 3
    assert story.table.rowAt(story.table.viewport().height() - 1) > row + 3
    summary = story.table.model().index(row, COLUMNS.index("summary"))
    trial.until(lambda: summary.data() == "4 × ANTIQUE GLASS DRESSING TABLE POT")
    story.table.setFocus()
    trial.press("Down")

    assert trial.here == 41


def test_where_somebody_speaks_the_conversation_is_shown(trial: Trial) -> None:
    assert trial.window.conversation.isVisible()
    assert not trial.window.story.isVisible()


def test_what_a_model_answers_in_a_silent_session_is_a_conversation(
    open_window: Callable[..., Any], qtbot: QtBot
) -> None:
    trial = Trial(open_window("14659", 40), "", qtbot)
    trial.until(trial.window.compose.button.isEnabled)
    trial.window.compose.message.setFocus()
    trial.type("What goes with these pots?")

    trial.press("Ctrl+Return")

    trial.until(lambda: len(trial.workspace.births) == 2)
    assert trial.window.conversation.isVisible()
    trial.workspace.switch_branch("main")
    trial.until(trial.window.story.isVisible)


def offered(trial: Trial) -> dict[str, Any]:
    """The list of places to compare from, as it is filled when it is opened."""
    menu = trial.window.inspector.diff_page.places.menu()
    menu.aboutToShow.emit()
    return menu_texts(menu)


def test_a_note_is_chosen_to_compare_from(trial: Trial) -> None:
    core, main = trial.opened.core, trial.workspace.branch.id
    core.notebook.write_note(main, 12, "they wanted drama")
    trial.press("F5")
    trial.until(lambda: any(row.kind == "note" for row in trial.opened.program.presenter.notebook.noting.rows))

    offered(trial)["event 12 · Note: they wanted drama"].trigger()

    page = trial.window.inspector.diff_page
    trial.until(lambda: page.head.text() == "From event 12 of main to event 20 of main")
    told = core.differences.difference(main, 12, main, 20)
    assert trial.opened.program.presenter.compare._patch == told.patch


def test_a_fork_and_the_ends_of_other_branches_are_offered(trial: Trial) -> None:
    core, main = trial.opened.core, trial.workspace.branch.id
    trial.workspace.switch_branch(core.branching.branch(main, 10, "kinder").id)
    trial.until(lambda: trial.workspace.branch.name == "kinder")

    places = offered(trial)
    assert [text for text in places if text] == [
        "Before the first event", "Where this branch forked, event 10", "End of main", "End of kinder",
    ]  # fmt: skip
    places["End of main"].trigger()

    page = trial.window.inspector.diff_page
    trial.until(lambda: page.head.text() == "From event 54 of main to event 10 of kinder")


def test_a_run_that_failed_is_a_problem_to_go_to(trial: Trial) -> None:
    trial.opened.model.fail_after = 1
    trial.until(trial.window.compose.button.isEnabled)
    trial.press("Ctrl+Return")
    trial.until(lambda: trial.workspace.branch.name == "branch 2" and len(trial.workspace.problems) == 1)

    trial.focus_timeline()
    trial.press("Home")
    trial.press("F8")

    (event,) = trial.opened.core.store.read(trial.opened.branch.id, trial.here, trial.here)
    assert event.type == "generation.failed"
