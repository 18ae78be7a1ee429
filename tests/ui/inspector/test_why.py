"""A field in focus: clicked or chosen by key, its changes are listed, hopped between and explained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest

from app.ui.inspector.difference_text import DifferenceText
from app.ui.theme import DARK, LIGHT
from app.viewmodels.tree_rows import Row

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

CITY = "/conversation/slots/Restaurants_1/city"


def row_of(tree: Any, pointer: str) -> QModelIndex:
    """The row of a panel that shows the value at a JSON pointer."""
    found = [index for index in everything(tree.rows) if tree.rows.row_at(index).pointer == pointer]
    assert len(found) == 1
    return found[0]


def everything(model: Any, parent: QModelIndex | None = None) -> list[QModelIndex]:
    inner = [model.index(row, 0, parent or QModelIndex()) for row in range(model.rowCount(parent or QModelIndex()))]
    return [one for index in inner for one in (index, *everything(model, index))]


def press(window: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window.focusWidget() or window, key, modifiers)


@pytest.fixture
def pinned(stage: Callable[..., Any], qtbot: QtBot) -> Any:
    """A window at event 34 with the city pinned by a click on it."""
    made = stage(at=34)
    panel = made.window.inspector
    panel.tabs.setCurrentWidget(panel.slots)
    qtbot.waitUntil(lambda: panel.slots.rows.rowCount() > 0)
    view = panel.slots.view
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(row_of(panel.slots, CITY)).center()
    )
    qtbot.waitUntil(lambda: len(field(made).changes) == 10)
    return made


def field(made: Any) -> Any:
    return made.program.presenter.inspector.field


def labels(tree: Any) -> list[str]:
    return [tree.rows.row_at(index).label for index in everything(tree.rows)]


def test_a_click_on_a_value_lists_every_event_that_changed_it(pinned: Any) -> None:
    page = pinned.window.inspector.why

    assert pinned.window.inspector.tabs.currentWidget() is page
    assert field(pinned).pointer == CITY
    assert [label for label in labels(page.tree) if label.startswith("▶")] == [
        "▶ event 30 · conversation.message-posted"
    ]
    assert len([label for label in labels(page.tree) if " · " in label]) == 10


def test_enter_on_a_value_does_the_same(stage: Callable[..., Any], qtbot: QtBot) -> None:
    made = stage(at=34)
    panel = made.window.inspector
    panel.tabs.setCurrentWidget(panel.slots)
    qtbot.waitUntil(lambda: panel.slots.rows.rowCount() > 0)
    panel.slots.view.setFocus()
    panel.slots.view.setCurrentIndex(row_of(panel.slots, CITY))

    press(made.window, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: len(field(made).changes) == 10)
    assert panel.tabs.currentWidget() is panel.why


def test_keys_hop_from_change_to_change(pinned: Any, qtbot: QtBot) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    for key, position in (
        (Qt.Key.Key_Period, 40),
        (Qt.Key.Key_Period, 50),
        (Qt.Key.Key_Comma, 40),
        (Qt.Key.Key_Comma, 30),
    ):
        press(pinned.window, key, alt)
        assert pinned.workspace.playhead == position
    tree = pinned.window.inspector.why.tree
    qtbot.waitUntil(lambda: any(label.startswith("▶ event 30") for label in labels(tree)))


def test_a_click_on_a_change_goes_there_and_shows_it_word_by_word(pinned: Any, qtbot: QtBot) -> None:
    page = pinned.window.inspector.why
    index = next(
        one
        for one in everything(page.tree.rows)
        if page.tree.rows.row_at(one).label.startswith("event 50") and page.tree.rows.row_at(one).texts
    )
    page.tree.view.scrollTo(index)

    QTest.mouseClick(
        page.tree.view.viewport(), Qt.MouseButton.LeftButton, pos=page.tree.view.visualRect(index).center()
    )

    assert pinned.workspace.playhead == 50
    assert page.words.toPlainText() == "4050"


def test_the_reason_is_said_to_be_recorded_and_follows_the_playhead(pinned: Any, qtbot: QtBot) -> None:
    tree = pinned.window.inspector.why.tree

    def reason() -> Row:
        return next(row for row in (tree.rows.row_at(one) for one in everything(tree.rows)) if row.label == "Why")

    qtbot.waitUntil(lambda: any(label == "Why" for label in labels(tree)))
    assert (reason().truth, reason().value, reason().children[0].value) == ("recorded", "event 34", "30")

    press(pinned.window, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: reason().value == "event 0")


def test_the_timeline_shows_the_pinned_field_until_it_is_unpinned(pinned: Any) -> None:
    timeline, page = pinned.window.timeline, pinned.window.inspector.why
    shown = timeline._beside.field
    assert (shown.title, list(shown.positions), shown.labels[0]) == (CITY, list(range(10, 101, 10)), "10")

    QTest.mouseClick(page.unpin, Qt.MouseButton.LeftButton)

    assert timeline._beside.field is None
    assert page.empty.isVisible()


def test_e_explains_the_value_that_is_selected(stage: Callable[..., Any], qtbot: QtBot) -> None:
    made = stage(at=34)
    panel = made.window.inspector
    panel.tabs.setCurrentWidget(panel.recommendations)
    qtbot.waitUntil(lambda: panel.recommendations.rows.rowCount() > 0)
    panel.recommendations.view.setCurrentIndex(row_of(panel.recommendations, "/recommendation/shown/1"))
    made.window.timeline.lanes.setFocus()

    press(made.window, Qt.Key.Key_E)

    assert field(made).pointer == "/recommendation/shown/1"
    assert panel.tabs.currentWidget() is panel.why


def test_another_session_unpins(pinned: Any, qtbot: QtBot) -> None:
    pinned.workspace.open_session("session-1")

    qtbot.waitUntil(lambda: field(pinned).pointer == "")
    assert pinned.window.inspector.why.empty.isVisible()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_what_went_and_what_came_differ_also_without_colour(dressed: Any, qtbot: QtBot, theme: Any) -> None:
    words = DifferenceText(theme)
    qtbot.addWidget(words)

    words.show_row(Row(key="", label="", texts=("Table for two, <b>please</b>", "Table for four, <b>please</b>")))

    formats = {fragment.text(): fragment.charFormat() for fragment in fragments(words)}
    assert formats["two"].fontStrikeOut()
    assert not formats["two"].fontUnderline()
    assert formats["four"].fontUnderline()
    assert not formats["four"].fontStrikeOut()
    assert formats[", <b>please</b>"].fontWeight() == formats["Table for "].fontWeight()


def fragments(words: DifferenceText) -> list[Any]:
    found = []
    steps = words.document().firstBlock().begin()
    while not steps.atEnd():
        found.append(steps.fragment())
        steps += 1
    return found
