"""The timeline under a hand: dragged, clicked, zoomed, panned, and read aloud."""

import pytest
from fakes.window_services import FakeHistory, columns
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.theme import DARK, LIGHT
from app.ui.timeline.hover_card import HoverCard
from app.ui.timeline.lane_scale import EDGE_PX, GUTTER_PX
from app.ui.timeline.view import TimelineView
from app.viewmodels.timeline_data import TimelineData

WIDTH = 1200


def shown(qtbot: QtBot, events: int, playhead: int = 0) -> TimelineView:
    view = TimelineView(LIGHT)
    qtbot.addWidget(view)
    history = FakeHistory(events=events, sessions=1)
    view.resize(WIDTH, view.sizeHint().height())
    view.set_branch(
        history.branches("session-0")[0], history.branches("session-0"), TimelineData.of(columns(events)), playhead
    )
    view.position_requested.connect(view.set_playhead)
    view.show()
    return view


def x_of(share: float) -> int:
    return round(GUTTER_PX + share * (WIDTH - GUTTER_PX - EDGE_PX))


def test_dragging_over_a_million_events_moves_the_playhead_all_along(qtbot: QtBot) -> None:
    view = shown(qtbot, 1_000_000)
    lanes = view.lanes
    asked: list[int] = []
    view.position_requested.connect(asked.append)

    QTest.mousePress(lanes, Qt.MouseButton.LeftButton, pos=QPoint(x_of(0), 60))
    for step in range(1, 101):
        QTest.mouseMove(lanes, QPoint(x_of(step / 100), 60))
    QTest.mouseRelease(lanes, Qt.MouseButton.LeftButton, pos=QPoint(x_of(1), 60))

    assert len(asked) >= 99
    assert asked == sorted(asked)
    assert lanes.value() == 1_000_000
    assert abs(asked[len(asked) // 2] - 500_000) < 20_000


def test_clicking_an_event_stops_right_after_it(qtbot: QtBot) -> None:
    view = shown(qtbot, 46)

    QTest.mouseClick(view.lanes, Qt.MouseButton.LeftButton, pos=QPoint(x_of((30 - 0.5) / 46), 60))

    assert view.lanes.value() == 30


def test_left_of_the_first_event_is_before_it(qtbot: QtBot) -> None:
    view = shown(qtbot, 46, playhead=12)

    QTest.mouseClick(view.lanes, Qt.MouseButton.LeftButton, pos=QPoint(GUTTER_PX - 4, 60))

    assert view.lanes.value() == 0


def test_the_labels_take_no_click(qtbot: QtBot) -> None:
    view = shown(qtbot, 46, playhead=12)

    QTest.mouseClick(view.lanes, Qt.MouseButton.LeftButton, pos=QPoint(20, 60))

    assert view.lanes.value() == 12


def test_the_wheel_zooms_where_the_pointer_is(qtbot: QtBot) -> None:
    view = shown(qtbot, 10_000)
    at = QPointF(x_of(0.25), 60)

    wheel = QWheelEvent(
        at, view.lanes.mapToGlobal(at), QPoint(), QPoint(0, 360), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.lanes, wheel)

    assert view.viewport.span == pytest.approx(10_000 / 1.5**3)
    assert (2_500 - view.viewport.first) / view.viewport.span == pytest.approx(0.25, abs=0.01)


def test_dragging_with_shift_moves_the_view_and_not_the_playhead(qtbot: QtBot) -> None:
    view = shown(qtbot, 10_000, playhead=5_000)
    view.zoom_in()
    view.zoom_in()
    before = view.viewport.first

    QTest.mousePress(view.lanes, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, QPoint(x_of(0.5), 60))
    QTest.mouseMove(view.lanes, QPoint(x_of(0.4), 60))
    QTest.mouseRelease(view.lanes, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, QPoint(x_of(0.4), 60))

    assert view.viewport.first == pytest.approx(before + view.viewport.span * 0.1, rel=0.02)
    assert view.lanes.value() == 5_000


def test_the_brush_of_the_overview_is_dragged(qtbot: QtBot) -> None:
    view = shown(qtbot, 10_000)
    view.viewport.zoom(4, 0)
    middle = (view.viewport.first + view.viewport.span / 2) / 10_000

    QTest.mousePress(view.overview, Qt.MouseButton.LeftButton, pos=QPoint(x_of(middle), 15))
    QTest.mouseMove(view.overview, QPoint(x_of(middle + 0.3), 15))
    QTest.mouseRelease(view.overview, Qt.MouseButton.LeftButton, pos=QPoint(x_of(middle + 0.3), 15))

    assert view.viewport.first == pytest.approx(3_000, abs=30)
    assert view.lanes.value() == 0


def test_the_overview_pans_by_keys(qtbot: QtBot) -> None:
    view = shown(qtbot, 10_000)
    view.viewport.zoom(4, 0)

    QTest.keyClick(view.overview, Qt.Key.Key_PageDown)

    assert view.viewport.first == pytest.approx(view.viewport.span * 0.9, rel=0.01)


def test_a_screen_reader_finds_a_slider_and_hears_the_event(qtbot: QtBot) -> None:
    view = shown(qtbot, 1930, playhead=413)

    interface = QAccessible.queryAccessibleInterface(view.lanes)

    assert interface.role() is QAccessible.Role.Slider
    assert interface.text(QAccessible.Text.Name) == "Timeline"
    assert interface.valueInterface().currentValue() == 413
    assert interface.text(QAccessible.Text.Description) == "event 413 of 1,930, 23:01:24, message posted"


def test_stepping_repaints_only_where_the_playhead_was_and_is(qtbot: QtBot) -> None:
    view = shown(qtbot, 1_000_000, playhead=500_000)
    view.grab()
    lanes = view.lanes
    past = lanes._past

    view.set_playhead(500_100)
    view.grab()

    assert lanes._past is past


def test_the_future_is_paler_than_the_past_and_readable(qtbot: QtBot) -> None:
    view = shown(qtbot, 1_000_000, playhead=500_000)

    image = view.lanes.grab().toImage()

    past, future = image.pixelColor(x_of(0.25), 35), image.pixelColor(x_of(0.75), 35)
    assert past.name() == QColor(LIGHT.customer).name()
    assert past.lightness() < future.lightness() < QColor(LIGHT.surface).lightness()


def test_another_theme_paints_anew(qtbot: QtBot) -> None:
    view = shown(qtbot, 1_000_000, playhead=1_000_000)

    view.set_theme(DARK)

    assert view.lanes.grab().toImage().pixelColor(x_of(0.25), 35).name() == QColor(DARK.customer).name()


def test_hovering_tells_kind_place_and_time_and_moves_nothing(qtbot: QtBot) -> None:
    view = shown(qtbot, 46, playhead=5)
    asked: list[int] = []
    view.summary_requested.connect(asked.append)

    QTest.mouseMove(view.lanes, QPoint(x_of((4 - 0.5) / 46), 60))
    view.show_summary(4, "find_restaurants(city = San Jose)")

    card = view.findChild(HoverCard)
    assert card.isVisible()
    assert card.text.split("\n") == [
        "Tool · tool called",
        "find_restaurants(city = San Jose)",
        "event 4 · 2023-11-14 22:13:41 · −00:07",
    ]
    assert asked == [4]
    assert view.lanes.value() == 5


def test_a_step_out_of_view_brings_the_view_along(qtbot: QtBot) -> None:
    view = shown(qtbot, 10_000, playhead=0)
    view.viewport.zoom(6, 0)

    view.set_playhead(9_000)

    assert view.viewport.first < 9_000 <= view.viewport.first + view.viewport.span
