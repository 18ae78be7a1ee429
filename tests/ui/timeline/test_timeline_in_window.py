"""The keys of the timeline in the whole window: play, range, jump, axis, list, link, and coming back."""

import shlex
from collections.abc import Callable
from typing import Any

import pytest
from fakes.window_services import FakeHistory
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.viewmodels.play_range import PlayRange

Stages = Callable[..., Any]
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def press(window: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window.focusWidget() or window, key, modifiers)


@pytest.mark.parametrize(
    ("number", "speed"),
    [(1, 0.25), (2, 0.5), (3, 1.0), (4, 2.0), (5, 4.0), (6, 8.0), (7, 16.0), (8, 32.0)],
)
def test_number_keys_choose_the_speed(stage: Stages, number: int, speed: float) -> None:
    made = stage(at=40)

    press(made.window, Qt.Key(Qt.Key.Key_0.value + number))

    assert made.program.presenter.playback.speed == speed
    assert made.window.transport._pace.text().startswith(f"{speed:g}×")


def test_a_range_is_set_shown_looped_and_cleared_by_keys(stage: Stages) -> None:
    made = stage(at=40)
    playback, chip = made.program.presenter.playback, made.window.transport._range

    press(made.window, Qt.Key.Key_I)
    made.workspace.seek(60)
    press(made.window, Qt.Key.Key_O)
    press(made.window, Qt.Key.Key_L, SHIFT)

    assert (playback.range.first, playback.range.last, playback.range.loops) == (40, 60, True)
    assert chip.accessibleName() == "Plays from event 40 to 60, in a loop"
    assert chip.text() == "I–O ↻"
    press(made.window, Qt.Key.Key_X)
    press(made.window, Qt.Key.Key_L, SHIFT)
    assert chip.isHidden()


def test_what_lies_outside_the_range_is_shaded(stage: Stages) -> None:
    made = stage(at=120)
    made.window.resize(1200, 700)
    lanes = made.window.timeline.lanes
    before = lanes.grab().toImage()
    made.workspace.seek(60)
    press(made.window, Qt.Key.Key_I)
    made.workspace.seek(120)
    after = lanes.grab().toImage()

    x, y = 140, 60
    assert before.pixelColor(x, y) != after.pixelColor(x, y)
    assert before.pixelColor(lanes.width() - 20, y) == after.pixelColor(lanes.width() - 20, y)


def test_ctrl_and_arrows_step_by_ten_seconds(stage: Stages) -> None:
    made = stage(at=40)

    press(made.window, Qt.Key.Key_Right, CTRL)
    assert made.workspace.playhead == 42
    press(made.window, Qt.Key.Key_Left, CTRL)
    assert made.workspace.playhead == 40


@pytest.mark.parametrize(("typed", "position"), [("22:20", 59), ("+1m", 49), ("-10", 30), ("50%", 60), ("7", 7)])
def test_a_place_is_typed_and_gone_to(stage: Stages, typed: str, position: int) -> None:
    made = stage(at=40)
    press(made.window, Qt.Key.Key_G, CTRL)

    QTest.keyClicks(made.window.focusWidget(), typed)
    press(made.window, Qt.Key.Key_Return)

    assert made.workspace.playhead == position
    assert made.window.focusWidget() is made.window.timeline.lanes


def test_what_is_not_understood_stays_in_the_field_and_is_answered(stage: Stages) -> None:
    made = stage(at=40)
    press(made.window, Qt.Key.Key_G, CTRL)
    field = made.window.focusWidget()

    QTest.keyClicks(field, "soon")
    press(made.window, Qt.Key.Key_Return)

    toast = made.window.findChild(QWidget, "toast")
    assert toast.isVisible()
    assert "Type an event (412)" in toast.accessibleName()
    assert isinstance(field, QLineEdit)
    assert field.text() == "soon"
    assert made.workspace.playhead == 40


def test_a_link_to_the_moment_is_copied_ready_for_a_shell(stage: Stages) -> None:
    made = stage(at=40)

    press(made.window, Qt.Key.Key_S)

    words = shlex.split(QGuiApplication.clipboard().text())
    assert words == ["branchline", "open", "session-0", "--branch", "main", "--at", "40"]


def test_t_goes_through_the_axes_and_keeps_the_part_in_view(stage: Stages) -> None:
    made = stage(events=2000, at=1000)
    view = made.window.timeline
    for _ in range(4):
        press(made.window, Qt.Key.Key_Plus)
    before = view.part

    press(made.window, Qt.Key.Key_T)

    assert view.axis_kind == "clock"
    assert view.part == pytest.approx(before, abs=2 + (before[1] - before[0]) * 0.05)
    press(made.window, Qt.Key.Key_T)
    press(made.window, Qt.Key.Key_T)
    assert view.axis_kind == "event"


def test_f_brings_the_playhead_to_the_middle_and_then_shows_all(stage: Stages) -> None:
    made = stage(events=2000, at=1000)
    viewport = made.window.timeline.viewport
    for _ in range(4):
        press(made.window, Qt.Key.Key_Plus)
    viewport.move_to(900)

    press(made.window, Qt.Key.Key_F)
    assert viewport.first + viewport.span / 2 == pytest.approx(1000)
    press(made.window, Qt.Key.Key_F)
    assert viewport.is_whole


def test_by_the_clock_a_click_finds_the_event_under_it(stage: Stages) -> None:
    made = stage(at=40)
    lanes = made.window.timeline.lanes
    press(made.window, Qt.Key.Key_T)

    x = lanes._x_of(77)
    QTest.mouseClick(lanes, Qt.MouseButton.LeftButton, pos=QPoint(round(x), 60))

    assert made.workspace.playhead == 77


def test_the_list_twin_follows_and_leads_the_playhead(stage: Stages) -> None:
    made = stage(at=40)

    press(made.window, Qt.Key.Key_L, CTRL)
    table = made.window.focusWidget()
    assert table.model().index(table.currentIndex().row(), 0).data() == "40"
    press(made.window, Qt.Key.Key_Down)
    assert made.workspace.playhead == 41
    made.workspace.seek(90)
    assert table.currentIndex().row() == 89
    press(made.window, Qt.Key.Key_L, CTRL)
    assert made.window.focusWidget() is made.window.timeline.lanes


def test_hovering_reads_the_event_beside_the_window(stage: Stages, qtbot: QtBot) -> None:
    made = stage(at=40)
    lanes = made.window.timeline.lanes

    QTest.mouseMove(lanes, QPoint(round(lanes._x_of(30)) - 3, 60))

    card = made.window.findChild(QWidget, "timeline.card")
    qtbot.waitUntil(lambda: "San Jose" in card.text)
    assert made.workspace.playhead == 40


def test_a_session_is_found_again_as_it_was_left(stage: Stages, qtbot: QtBot) -> None:
    history = FakeHistory(events=2000)
    made = stage(history=history, at=1000)
    view = made.window.timeline
    press(made.window, Qt.Key.Key_T)
    for _ in range(5):
        press(made.window, Qt.Key.Key_Plus)
    made.workspace.seek(1010)
    part = view.part

    made.window.library.session_requested.emit("session-2")
    qtbot.waitUntil(lambda: made.workspace.session.header.id == "session-2")
    made.window.library.session_requested.emit("session-0")
    qtbot.waitUntil(lambda: made.workspace.session.header.id == "session-0")
    assert made.workspace.playhead == 1010
    assert view.part == pytest.approx(part, abs=3)

    made.window.close()
    again = stage(history=history, opens=False)
    qtbot.waitUntil(lambda: again.workspace.playhead == 1010)
    assert again.window.timeline.axis_kind == "clock"
    assert again.window.timeline.part == pytest.approx(part, abs=3)


def test_a_breakpoint_pauses_and_says_so(stage: Stages) -> None:
    made = stage(at=40)
    playback = made.program.presenter.playback
    playback.set_stops((43,))
    playback.toggle()

    playback.advance(10)

    assert (made.workspace.playhead, playback.is_playing) == (43, False)
    assert made.window.findChild(QWidget, "toast").text() == "Paused at event 43: a breakpoint."


def test_a_window_of_1024_pixels_holds_the_bar_also_with_range_pace_and_a_million_events(stage: Stages) -> None:
    made = stage(events=1_000_000, at=500_000)
    playback, bar = made.program.presenter.playback, made.window.transport

    playback.set_speed(0.25)
    playback.set_pace("recorded", 2.0)
    playback.set_range(PlayRange(400_000, 999_999, loops=True))
    bar.layout().activate()

    assert bar._range.isVisible()
    assert bar.minimumSizeHint().width() <= 1024


@pytest.mark.parametrize(("events", "shown"), [(120, " · 22:17:53 (+04:33)"), (20_000, " · 2023-11-14 22:17 (+04:33)")])
def test_the_bar_tells_the_date_where_a_session_lasts_for_days(stage: Stages, events: int, shown: str) -> None:
    made = stage(events=events, at=40)

    assert made.window.transport._of.text() == f"/ {events:,}{shown}"


def test_the_heights_of_timeline_and_compose_are_dragged_and_kept(stage: Stages) -> None:
    made = stage(at=40)
    made.window.resize(1200, 800)
    splitter = made.window._splitters["rows"]
    splitter.setSizes([240, 260, 200])
    height, compose = made.window.timeline.height(), made.window.compose.height()
    made.window.close()

    again = stage(at=40)
    again.window.resize(1200, 800)

    assert height > 230
    assert again.window.timeline.height() == pytest.approx(height, abs=2)
    assert compose > 180
    assert again.window.compose.height() == pytest.approx(compose, abs=2)


def test_instructions_take_their_height_from_the_panes_and_give_it_back(stage: Stages, qtbot: QtBot) -> None:
    made = stage(at=40)
    qtbot.waitUntil(made.window.compose.button.isEnabled)
    made.window.resize(1200, 800)
    rows = made.window._splitters["rows"]
    before = rows.sizes()

    made.window.compose.unfold.click()
    qtbot.waitUntil(lambda: rows.sizes()[2] > before[2] + 60)
    assert rows.sizes()[1] == before[1]
    made.window.compose.unfold.click()

    qtbot.waitUntil(lambda: rows.sizes() == pytest.approx(before, abs=2))  # the last line may have got its words


def test_a_held_arrow_steps_once_a_repeat(stage: Stages) -> None:
    made = stage(events=1_000_000, at=500_000)

    for _ in range(120):
        press(made.window, Qt.Key.Key_Right)

    assert made.workspace.playhead == 500_120
