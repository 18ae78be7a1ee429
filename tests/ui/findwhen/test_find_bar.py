"""Find when, as it is used: typed, corrected, searched, walked through, stopped at, put away and remembered."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from fakes.fake_asking import FakeFinding
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

CONDITION = "len(conversation.messages) > 2"
NO_KEY = Qt.KeyboardModifier.NoModifier


def press(made: Any, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEY) -> None:
    QTest.keyClick(made.window.focusWidget() or made.window, key, modifiers)


def search(made: Any) -> Any:
    return made.program.presenter.find.search


@pytest.fixture
def asked(stage: Callable[..., Any], qtbot: QtBot) -> Any:
    """A window at event 34 in which Ctrl+E was pressed and a condition put in."""
    made = stage(at=34)
    press(made, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(made.window.find_bar.field.hasFocus)
    made.window.find_bar.field.setText(CONDITION)
    return made


@pytest.fixture
def found(asked: Any, qtbot: QtBot) -> Any:
    """The same, searched for with Enter: true from events 20, 40, 60, 80, 100 on."""
    press(asked, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: search(asked).hits == (20, 40, 60, 80, 100))
    return asked


def test_enter_finds_all_and_goes_to_the_first_from_the_playhead_on(found: Any) -> None:
    assert found.workspace.playhead == 40
    assert found.window.find_bar.said.text() == "hit 2 of 5"
    assert tuple(found.window.timeline._beside.hits) == (20, 40, 60, 80, 100)


def test_f3_and_shift_f3_walk_through_the_hits_and_around(found: Any) -> None:
    walked = []
    for modifiers in (NO_KEY, NO_KEY, NO_KEY, NO_KEY, Qt.KeyboardModifier.ShiftModifier):
        press(found, Qt.Key.Key_F3, modifiers)
        walked.append(found.workspace.playhead)

    assert walked == [60, 80, 100, 20, 100]
    assert found.window.find_bar.said.text() == "hit 5 of 5"


def test_between_hits_the_bar_says_how_many_passed(found: Any) -> None:
    found.workspace.seek(65)

    assert found.window.find_bar.said.text() == "5 hits, 3 before here"


def test_f3_before_any_search_goes_to_the_next_place_only(asked: Any, qtbot: QtBot) -> None:
    press(asked, Qt.Key.Key_F3)

    qtbot.waitUntil(lambda: asked.workspace.playhead == 40)
    assert search(asked).hits == (40,)


def test_a_mistake_is_underlined_explained_and_not_searched(asked: Any) -> None:
    bar = asked.window.find_bar
    bar.field.setText("conversation.status = 1")

    press(asked, Qt.Key.Key_Return)

    assert bar.field.marked == 21
    assert bar.said.text().startswith("Column 21: ")
    assert not bar.all.isEnabled()
    assert search(asked).hits == ()
    assert not search(asked).is_running


def test_paths_of_the_state_are_completed(asked: Any, qtbot: QtBot) -> None:
    field = asked.window.find_bar.field
    field.clear()

    QTest.keyClicks(field, "Restau")

    assert field.completions.isVisible()
    press(asked, Qt.Key.Key_Down)
    press(asked, Qt.Key.Key_Return)
    assert field.text() == "conversation.slots.Restaurants_1"
    assert field.marked is None


def test_playing_pauses_at_hits_while_that_is_wanted(found: Any, qtbot: QtBot) -> None:
    playback, bar = found.program.presenter.playback, found.window.find_bar
    bar.breaks.setFocus()
    press(found, Qt.Key.Key_Space)
    assert bar.breaks.isChecked()
    playback.shuttle(1)
    playback.advance(100.0)
    assert (found.workspace.playhead, playback.is_playing) == (60, False)

    bar.breaks.setChecked(False)
    playback.shuttle(1)
    playback.advance(100.0)
    assert found.workspace.playhead == 120


def test_escape_puts_the_bar_away_with_its_ticks(found: Any) -> None:
    found.window.find_bar.field.setFocus()

    press(found, Qt.Key.Key_Escape)

    assert not found.window.find_bar.isVisible()
    assert tuple(found.window.timeline._beside.hits) == ()
    assert found.window.timeline.lanes.hasFocus()


def test_an_empty_bar_says_what_it_is_for_also_when_it_is_opened_again(asked: Any) -> None:
    bar = asked.window.find_bar
    bar.field.clear()
    assert bar.said.text().startswith("A condition on the state")

    bar.put_away()
    bar.ask()

    assert bar.said.text().startswith("A condition on the state")


def test_a_search_can_be_stopped(asked: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, ended = threading.Event(), threading.Event()

    def find(*_: Any, progress: Callable[[int, int | None, str], None], **__: Any) -> tuple[int, ...]:
        begun.set()
        try:
            while not ended.wait(0.001):
                progress(1, 10, "searching")
        finally:
            ended.set()
        return (20,)

    monkeypatch.setattr(FakeFinding, "find", staticmethod(find))
    bar = asked.window.find_bar
    press(asked, Qt.Key.Key_Return)
    qtbot.waitUntil(begun.is_set)
    assert bar.stop.isVisible()

    QTest.mouseClick(bar.stop, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(ended.is_set)
    assert bar.said.text() == "Stopped."
    assert not bar.stop.isVisible()
    assert search(asked).hits == ()


def test_what_was_searched_for_is_remembered_until_the_next_start(found: Any) -> None:
    menu = found.window.find_bar.recent.menu()
    assert [action.data() for action in menu.actions()] == [CONDITION]

    found.window.close()

    from app.ui.preferences.settings import WindowSettings

    settings = found.program._settings
    assert isinstance(settings, WindowSettings)
    assert settings.recent_conditions == (CONDITION,)


def test_another_branch_forgets_the_hits(found: Any, qtbot: QtBot) -> None:
    found.workspace.open_session("session-1")

    qtbot.waitUntil(lambda: search(found).hits == ())
