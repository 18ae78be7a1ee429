"""Pills between the entries: at every fork which way the line takes, and how to take another."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

import pytest
from fakes.trees import branches, family, tree
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu

from app.domain.branch_labels import BranchLabel
from app.ui.conversation.fork_pill import ForkPill, ways_menu
from app.ui.theme import DARK, LIGHT
from app.viewmodels.fork_groups import fork_groups
from app.viewmodels.fork_places import ForkPlaces

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.ui.conversation.view import ConversationView

MAIN = "s/main"


def shown_pills(view: ConversationView) -> list[ForkPill]:
    found = [one for one in view.viewport().findChildren(ForkPill) if one.isVisibleTo(view.viewport())]
    return sorted(found, key=lambda pill: (pill.y(), pill.x()))


@pytest.fixture
def view(answered: Callable[..., Any]) -> ConversationView:
    """60 messages at the odd positions from 1 on; the playhead stands at 45."""
    made = answered(60)
    found: ConversationView = made.at(45)
    found.set_forks(fork_groups(tree(family()), MAIN))
    made.settle()
    return found


def test_each_fork_has_a_pill_between_the_entries_around_it(view: ConversationView) -> None:
    (pill,) = shown_pills(view)

    assert pill.buttons[1].text() == "1/3"
    row = view.place_of(20)  # the first message after event 40
    assert row is not None
    assert view.entry_at(20).position == 41  # type: ignore[union-attr] # it is there
    assert row.y <= pill.y() < row.y + 26
    assert "main · after event 40" in [label.text() for label in pill.findChildren(QLabel)]


def test_entries_give_way_to_pills_and_take_the_room_back(view: ConversationView) -> None:
    with_pill = view.place_of(20)
    view.set_forks(())
    view.lay_out()
    without = view.place_of(20)

    assert with_pill is not None
    assert without is not None
    assert with_pill.height - without.height == 26
    assert shown_pills(view) == []


def test_buttons_ask_for_the_ways_beside_and_say_where_they_lead(view: ConversationView) -> None:
    asked: list[tuple[str, int]] = []
    view.way_requested.connect(lambda *way: asked.append(way))
    (pill,) = shown_pills(view)
    previous, which, following = pill.buttons

    QTest.mouseClick(following, Qt.MouseButton.LeftButton)

    assert asked == [("s/kinder", 40)]
    assert [button.isEnabled() for button in pill.buttons] == [False, True, True]
    assert [button.accessibleName() for button in (previous, which, following)] == [
        "Previous way: –", "Way 1 of 3 after event 40: main", "Next way: kinder",
    ]  # fmt: skip


def test_the_menu_lists_all_ways_with_the_star(view: ConversationView) -> None:
    labels = {"s/kinder": BranchLabel(starred=True)}
    group = fork_groups(tree(family(), labels), MAIN)[0]
    chosen: list[tuple[str, int]] = []

    menu = ways_menu(group, LIGHT, lambda *way: chosen.append(way), view)
    told = [(action.text(), action.isChecked()) for action in menu.actions()]
    menu.actions()[2].trigger()

    assert told == [("main", True), ("kinder ★", False), ("harsher", False)]
    assert chosen == [("s/harsher", 40)]


def test_the_context_menu_of_an_entry_beside_a_fork_has_the_ways_too(view: ConversationView) -> None:
    menu = QMenu(view)

    assert [one.title() for one in view.way_menus(20, menu)] == ["Ways after event 40 (1/3)"]
    assert view.way_menus(19, menu) == []


def test_a_fork_after_the_last_entry_stands_below_it(answered: Callable[..., Any]) -> None:
    made = answered(5)
    view = made.at(9)
    view.set_forks(fork_groups(tree(branches(("on", "main", 12, 3), events=12)), MAIN))
    made.settle()

    (pill,) = shown_pills(view)
    last = view.place_of(4)
    assert last is not None
    assert pill.y() > last.y + last.height - 30
    assert pill.buttons[1].text() == "1/2"


def test_of_many_forks_between_two_entries_a_few_are_shown_and_the_rest_counted(answered: Callable[..., Any]) -> None:
    made = answered(5)
    view = made.at(9)
    many = branches(*((f"b{number}", "main", 20 + number, 1) for number in range(7)), events=60)
    view.set_forks(fork_groups(tree(many), MAIN))
    made.settle()

    assert len(shown_pills(view)) == 4
    assert all(pill.geometry().right() < 560 for pill in shown_pills(view))
    assert all("after event" in pill.buttons[1].accessibleName() for pill in shown_pills(view))
    assert "3 more" in [label.text() for label in view.viewport().findChildren(QLabel) if label.isVisibleTo(view)]


def test_the_focus_stays_at_the_fork_while_the_ways_change(answered: Callable[..., Any], qtbot: Any) -> None:
    made = answered(60)
    view = made.at(45)
    view.show()
    view.activateWindow()
    found = tree(family())
    view.set_forks(fork_groups(found, MAIN))
    made.settle()
    following = shown_pills(view)[0].buttons[2]
    following.setFocus()
    qtbot.waitUntil(following.hasFocus)

    QTest.keyClick(following, Qt.Key.Key_Space)
    view.set_forks(fork_groups(found, "s/kinder"))
    made.settle()
    assert (shown_pills(view)[0].buttons[1].text(), shown_pills(view)[0].focused_part()) == ("2/3", 2)
    QTest.keyClick(shown_pills(view)[0].buttons[2], Qt.Key.Key_Space)
    view.set_forks(fork_groups(found, "s/harsher"))
    made.settle()

    assert (shown_pills(view)[0].buttons[1].text(), shown_pills(view)[0].focused_part()) == ("3/3", 1)


def test_pills_wear_the_theme(view: ConversationView) -> None:
    (pill,) = shown_pills(view)
    before = pill.grab().toImage()

    view.set_theme(DARK)
    view.lay_out()

    assert pill.grab().toImage() != before


def test_another_branch_shows_no_pills_until_its_forks_are_known(view: ConversationView) -> None:
    view.invalidate()
    view.lay_out()

    assert shown_pills(view) == []


def test_without_entries_there_is_nowhere_to_put_a_fork() -> None:
    places = ForkPlaces(fork_groups(tree(family()), MAIN), ())

    assert (places.above(0), places.below(0)) == ((), ())


def test_the_pill_stays_where_it_was_pressed_until_the_playhead_moves(answered: Callable[..., Any]) -> None:
    made = answered(60)
    view = made.at(117)
    found = tree(family())

    def change(*_: object) -> None:
        view.invalidate()
        view.set_births(array("q", range(1, 120, 2)))
        view.set_playhead(119, frozenset())
        view.set_forks(fork_groups(found, "s/kinder"))

    view.way_requested.connect(change)
    view.set_forks(fork_groups(found, MAIN))
    view.set_current(20)
    made.settle()
    before = shown_pills(view)[0].y()

    QTest.mouseClick(shown_pills(view)[0].buttons[2], Qt.MouseButton.LeftButton)
    made.settle()
    pill = shown_pills(view)[0]
    assert (pill.y(), pill.buttons[1].text()) == (before, "2/3")

    made.at(119)
    assert shown_pills(view)[0].y() == before
    made.at(117)
    assert before not in [one.y() for one in shown_pills(view)]
