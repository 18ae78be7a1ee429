"""Branches in the whole window: switch, name, star, colour, archive, undo, the card and the menu."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fakes.window_services import FakeHistory
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import StoreUnusable
from app.ui.branches.menu import branch_menu
from app.ui.conversation.fork_pill import ForkPill
from app.viewmodels.branch_walk import BranchWalk

Stages = Callable[..., Any]
MAIN = "session-0/main"
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def made(stage: Stages, qtbot: QtBot) -> Any:
    """Main at event 60 with ``kinder`` and ``late``, and ``inner`` of the former."""
    history = FakeHistory()
    kinder = history.branch(MAIN, 40, "kinder").id
    history.grow(kinder, 20)
    history.branch(MAIN, 80, "late")
    history.branch(kinder, 50, "inner")
    made = stage(history=history, at=60)
    qtbot.waitUntil(lambda: len(desk(made).tree) == 4)
    return made


def desk(made: Any) -> Any:
    return made.program.presenter.branches


def names(made: Any) -> list[str]:
    return [row.branch.name for row in desk(made).tree]


def id_of(made: Any, name: str) -> str:
    return str(next(row.branch.id for row in desk(made).tree if row.branch.name == name))


def label(made: Any, name: str) -> Any:
    return next(row.label for row in desk(made).tree if row.branch.name == name)


def press(window: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window.focusWidget() or window, key, modifiers)


def menu_of(made: Any, name: str) -> dict[str, Any]:
    """The actions of a branch's context menu by their texts; offscreen cannot pop it up."""
    panel = made.window.branches
    menu = branch_menu(desk(made).tree.row(id_of(made, name)), desk(made).tree, made.workspace.branch.id,
                       panel.wishes, panel.theme, panel)  # fmt: skip
    return {action.text(): action for one in (menu, *menu.findChildren(QMenu)) for action in one.actions()}


def choose(made: Any, name: str, text: str) -> None:
    menu_of(made, name)[text].trigger()


def test_the_tree_shows_the_focus_and_a_click_changes_it(made: Any, qtbot: QtBot) -> None:
    view = made.window.branches.view
    assert names(made) == ["main", "kinder", "inner", "late"]
    assert view.chosen == MAIN

    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.place_of(id_of(made, "kinder")).center())

    qtbot.waitUntil(lambda: made.workspace.branch.name == "kinder")
    assert made.workspace.playhead == 60


def test_a_branch_is_named_with_a_reason_and_takes_the_focus(made: Any, qtbot: QtBot) -> None:
    press(made.window, Qt.Key.Key_B)
    for text in ("cheaper", "price matters", "they stay"):
        field = made.window.focusWidget()
        assert isinstance(field, QLineEdit)
        field.setText(text)
        press(made.window, Qt.Key.Key_Tab)
    made.window.branches._naming._make.click()

    qtbot.waitUntil(lambda: made.workspace.branch.name == "cheaper" and "cheaper" in names(made))
    assert made.history.reasons == {id_of(made, "cheaper"): ("price matters", "they stay")}


def test_a_name_is_changed_everywhere_and_taken_back(made: Any, qtbot: QtBot) -> None:
    desk(made).labelling.rename(id_of(made, "kinder"), "更友好")

    qtbot.waitUntil(lambda: "更友好" in names(made))
    combo = made.window.transport.findChild(QComboBox)
    assert "更友好" in [combo.itemText(number) for number in range(combo.count())]
    assert next(row.made_from for row in desk(made).tree if row.branch.name == "inner") == "更友好"
    press(made.window, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: "kinder" in names(made))


def test_renaming_in_the_tree_reaches_the_record(made: Any, qtbot: QtBot) -> None:
    made.window.actions_table["rename_branch"].trigger()
    field = made.window.branches.findChild(QLineEdit, "branches.rename")
    assert field.text() == "main"

    field.setText("recorded")
    QTest.keyClick(field, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: names(made)[0] == "recorded")
    assert made.workspace.branch.name == "recorded"


def test_a_name_that_is_taken_is_refused_in_one_sentence(made: Any, qtbot: QtBot) -> None:
    desk(made).labelling.rename(id_of(made, "late"), "kinder")

    qtbot.waitUntil(lambda: "a branch named kinder already" in made.window.notice.text)
    assert names(made) == ["main", "kinder", "inner", "late"]


def test_ctrl_d_stars_the_branch_in_focus_and_again_takes_it_back(made: Any, qtbot: QtBot) -> None:
    press(made.window, Qt.Key.Key_D, CONTROL)
    qtbot.waitUntil(lambda: label(made, "main").starred)
    press(made.window, Qt.Key.Key_D, CONTROL)
    qtbot.waitUntil(lambda: not label(made, "main").starred)


def test_a_session_opens_on_its_default_path(made: Any, qtbot: QtBot) -> None:
    choose(made, "kinder", "Make it the default path")
    qtbot.waitUntil(lambda: label(made, "kinder").starred)

    made.workspace.open_session("session-1")
    qtbot.waitUntil(lambda: made.workspace.session.header.id == "session-1")
    made.workspace.open_session("session-0")

    qtbot.waitUntil(lambda: made.workspace.branch.name == "kinder")
    assert made.workspace.is_at_head


def test_archived_branches_are_folded_away_with_a_count_and_shown_again(made: Any, qtbot: QtBot) -> None:
    button = made.window.branches.findChild(QToolButton, "branches.archived")
    assert not button.isVisible()

    choose(made, "kinder", "Archive with the branch made from it")
    qtbot.waitUntil(lambda: names(made) == ["main", "late"])
    assert (button.text(), button.isVisible()) == ("2 archived, show", True)
    button.click()
    qtbot.waitUntil(lambda: len(names(made)) == 4)
    assert button.text() == "2 archived, hide"
    choose(made, "inner", "Bring back from the archive")
    qtbot.waitUntil(lambda: button.text() == "1 archived, hide")


def test_archiving_the_branch_in_focus_goes_on_with_the_one_it_leaves(made: Any, qtbot: QtBot) -> None:
    made.workspace.switch_branch(id_of(made, "inner"))
    qtbot.waitUntil(lambda: made.workspace.branch.name == "inner")

    choose(made, "kinder", "Archive with the branch made from it")

    qtbot.waitUntil(lambda: names(made) == ["main", "late"])
    assert made.workspace.branch.name == "main"


def test_main_cannot_be_archived_and_says_so_in_its_menu(made: Any) -> None:
    enabled = {text: action.isEnabled() for text, action in menu_of(made, "main").items()}

    assert not enabled["Archive"]
    assert not enabled["Switch to it"]
    assert enabled["Rename"]


def test_colours_come_from_the_menu(made: Any, qtbot: QtBot) -> None:
    choose(made, "late", "Teal")
    qtbot.waitUntil(lambda: label(made, "late").colour == "teal")
    choose(made, "late", "By itself")
    qtbot.waitUntil(lambda: label(made, "late").colour is None)


def test_undo_takes_back_what_was_done_last_here_or_in_the_notebook(made: Any, qtbot: QtBot) -> None:
    noting = made.program.presenter.notebook.noting
    press(made.window, Qt.Key.Key_D, CONTROL)
    qtbot.waitUntil(lambda: label(made, "main").starred)
    press(made.window, Qt.Key.Key_M)
    qtbot.waitUntil(lambda: bool(noting.marks))

    press(made.window, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: not noting.marks)
    assert label(made, "main").starred
    press(made.window, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: not label(made, "main").starred)


def test_the_card_tells_where_a_branch_comes_from_and_takes_the_reason(made: Any, qtbot: QtBot) -> None:
    card = desk(made).card
    made.workspace.switch_branch(id_of(made, "kinder"))
    qtbot.waitUntil(lambda: made.workspace.branch.name == "kinder")

    press(made.window, Qt.Key.Key_I, CONTROL)
    qtbot.waitUntil(lambda: "seed 60" in card.text)
    assert card.is_pinned
    for told in ("kinder", "Leaves: main, after event 40", "smollm2:135m · 0123456789ab", "temperature 0.2", "e40",
                 "State hash: abababababababab…"):  # fmt: skip
        assert told in card.text
    labels = [one for one in card.findChildren(QLabel) if one.isVisible()]
    assert len(labels) > 12
    assert all(card.rect().contains(one.geometry()) for one in labels if one.parent() is card)
    assert all(one.height() >= one.heightForWidth(one.width()) for one in labels if one.wordWrap())
    QTest.keyClicks(made.window.focusWidget(), "tone matters")
    press(made.window, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: label(made, "kinder").hypothesis == "tone matters")
    assert not card.isVisible()


def test_escape_closes_the_card_and_gives_the_focus_back(made: Any) -> None:
    before = made.window.focusWidget()
    desk(made).about()

    press(made.window, Qt.Key.Key_Escape)

    assert not desk(made).card.isVisible()
    assert made.window.focusWidget() is before


def test_the_card_that_follows_the_pointer_takes_no_click_and_goes_by_itself(made: Any, qtbot: QtBot) -> None:
    card, view = desk(made).card, made.window.branches.view

    view.card_wanted.emit(id_of(made, "late"), QPoint(200, 300))
    qtbot.waitUntil(lambda: "Model" in card.text)
    assert card.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert not card.is_pinned
    view.card_unwanted.emit()
    assert not card.isVisible()


def test_going_on_from_a_branch_leads_to_its_end_and_to_the_message(made: Any, qtbot: QtBot) -> None:
    choose(made, "kinder", "Continue from here")

    qtbot.waitUntil(lambda: made.workspace.branch.name == "kinder")
    assert made.workspace.is_at_head
    assert made.window.focusWidget() is made.window.compose.message


def test_alt_and_arrows_go_where_the_tree_says(made: Any, qtbot: QtBot) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    made.workspace.switch_branch(id_of(made, "inner"))
    qtbot.waitUntil(lambda: made.workspace.branch.name == "inner")

    way = ((Qt.Key.Key_Left, "kinder"), (Qt.Key.Key_Down, "late"), (Qt.Key.Key_Left, "main"),
           (Qt.Key.Key_Right, "late"), (Qt.Key.Key_Up, "kinder"), (Qt.Key.Key_Right, "inner"))  # fmt: skip
    for key, name in way:
        press(made.window, key, alt)
        qtbot.waitUntil(lambda name=name: made.workspace.branch.name == name)  # type: ignore[misc] # bound now


def test_letters_search_the_tree_while_the_keys_are_there(made: Any) -> None:
    made.window.branches.view.setFocus()

    press(made.window, Qt.Key.Key_K)

    assert made.window.branches.view.chosen == id_of(made, "kinder")
    assert not made.program.presenter.playback.is_playing


def test_after_a_click_in_the_tree_letters_mean_what_they_mean_elsewhere(made: Any, qtbot: QtBot) -> None:
    view = made.window.branches.view
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.place_of(id_of(made, "kinder")).center())
    qtbot.waitUntil(lambda: made.workspace.branch.name == "kinder")

    press(made.window, Qt.Key.Key_B)
    assert made.window.branches.is_naming


def test_what_cannot_be_written_is_said_and_the_next_change_goes_on(made: Any, qtbot: QtBot) -> None:
    log = made.services.branches.labels._store
    log.failure = StoreUnusable("the store is read-only")
    desk(made).labelling.star(MAIN, starred=True)
    qtbot.waitUntil(lambda: "read-only" in made.window.notice.text)

    log.failure = None
    desk(made).labelling.colour(MAIN, "rose")
    qtbot.waitUntil(lambda: label(made, "main").colour == "rose")


def test_a_tree_that_cannot_be_read_is_said(made: Any, qtbot: QtBot) -> None:
    made.services.branches.prefixes.failure = StoreUnusable("the store cannot be read")

    made.workspace.reread_branches()

    qtbot.waitUntil(lambda: "cannot be read" in made.window.notice.text)
    assert len(names(made)) == 4


def test_what_repeats_another_branch_stands_on_it(made: Any, qtbot: QtBot) -> None:
    made.services.branches.prefixes.moved = {id_of(made, "kinder"): (MAIN, 3)}

    made.workspace.reread_branches()

    qtbot.waitUntil(lambda: any(row.repeated for row in desk(made).tree))
    row = desk(made).tree.row(id_of(made, "kinder"))
    assert (row.repeated.count, row.repeats, row.place.twig.fork) == (3, "main", 43)


def test_the_theme_reaches_the_tree_and_the_card(made: Any) -> None:
    before = made.window.branches.grab().toImage()

    made.program.set_theme("dark")
    QApplication.sendPostedEvents()

    assert made.window.branches.grab().toImage() != before


def test_a_pill_goes_on_with_another_branch_where_one_was_last(made: Any, qtbot: QtBot) -> None:
    conversation = made.window.conversation
    for name in ("inner", "main"):
        made.workspace.switch_branch(id_of(made, name))
        qtbot.waitUntil(lambda name=name: made.workspace.branch.name == name)  # type: ignore[misc] # bound now

    conversation.way_requested.emit(id_of(made, "kinder"), 40)

    qtbot.waitUntil(lambda: made.workspace.branch.name == "inner")


def test_pills_are_in_the_conversation_of_the_branch_in_focus(made: Any, qtbot: QtBot) -> None:
    made.workspace.seek(42)

    def told() -> list[str]:
        pills = made.window.conversation.viewport().findChildren(ForkPill)
        return [pill.buttons[1].text() for pill in pills if pill.isVisible()]

    qtbot.waitUntil(lambda: "1/2" in told())
    made.workspace.switch_branch(id_of(made, "kinder"))
    qtbot.waitUntil(lambda: "2/2" in told())


def test_another_branch_is_compared_with_the_one_in_focus(made: Any) -> None:
    asked: list[str] = []
    made.window.branches.wishes.compare.connect(asked.append)

    choose(made, "kinder", "Compare with the branch in focus")

    assert asked == [id_of(made, "kinder")]


def test_a_new_branch_is_offered_a_name_that_no_branch_was_made_with(made: Any, qtbot: QtBot) -> None:
    made.history.branch(MAIN, 10, "branch 2")
    made.workspace.reread_branches()
    qtbot.waitUntil(lambda: "branch 2" in names(made))
    desk(made).labelling.rename(id_of(made, "branch 2"), "softer")
    qtbot.waitUntil(lambda: "softer" in names(made))

    assert made.workspace.suggested_branch_name() == "branch 3"


def test_the_list_of_branches_above_has_the_star_too(made: Any, qtbot: QtBot) -> None:
    press(made.window, Qt.Key.Key_D, CONTROL)

    combo = made.window.transport.findChild(QComboBox)
    qtbot.waitUntil(lambda: combo.currentText() == "★ main")


def test_where_one_went_is_known_at_the_next_start(made: Any, qtbot: QtBot) -> None:
    made.workspace.switch_branch(id_of(made, "inner"))
    qtbot.waitUntil(lambda: made.workspace.branch.name == "inner")
    made.window.close()

    again = BranchWalk(made.program._settings.visited_branches)

    assert again.target(desk(made).tree, id_of(made, "main"), "child") == id_of(made, "kinder")
