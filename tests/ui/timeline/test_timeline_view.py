"""The timeline under a hand: dragged, clicked, zoomed, panned, and read aloud."""

import pytest
from fakes.timelines import WIDTH, shown, x_of
from fakes.window_services import FakeHistory, columns
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.application.ports import MISSING_TIME
from app.domain.vocabulary import Lane
from app.ui.theme import DARK, LIGHT
from app.ui.timeline.hover_card import HoverCard
from app.ui.timeline.lane_scale import GUTTER_PX
from app.ui.timeline.rows import Row, row_title
from app.ui.timeline.view import TimelineView
from app.viewmodels.marks import Mark
from app.viewmodels.timeline_data import TimelineData


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


def test_a_shorter_branch_asks_for_no_other_place_than_the_one_it_is_given(qtbot: QtBot) -> None:
    view = shown(qtbot, 1_000, playhead=900)
    asked: list[int] = []
    view.position_requested.connect(asked.append)
    branch = FakeHistory(events=50, sessions=1).branches("session-0")[0]

    view.set_branch(branch, (branch,), TimelineData.of(columns(50)), 20)

    assert (view.lanes.value(), asked) == (20, [])


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


def test_the_brush_is_resized_at_either_edge(qtbot: QtBot) -> None:
    view = shown(qtbot, 10_000)
    view.viewport.show_part(2_000, 4_000)

    for edge, to in ((0.6, 0.8), (0.2, 0.3)):
        QTest.mousePress(view.overview, Qt.MouseButton.LeftButton, pos=QPoint(x_of(edge), 15))
        QTest.mouseMove(view.overview, QPoint(x_of(to), 15))
        QTest.mouseRelease(view.overview, Qt.MouseButton.LeftButton, pos=QPoint(x_of(to), 15))

    assert view.viewport.first == pytest.approx(3_000, abs=30)
    assert view.viewport.first + view.viewport.span == pytest.approx(8_000, abs=30)


def colours_in(view: TimelineView, row: Row, x: int) -> set[str]:
    """The colours of a few pixels of a row around x."""
    image = view.lanes.grab().toImage()
    layout = view.lanes._layout()
    top = round(layout.top(row))
    return {
        image.pixelColor(x + dx, y).name()
        for dx in range(-2, 3)
        for y in range(top + 2, top + round(layout.row_px) - 1)
    }


def test_marks_hits_and_a_pinned_field_have_rows_while_there_are_any(qtbot: QtBot) -> None:
    view = shown(qtbot, 100, playhead=100)
    before = view.lanes.minimumSizeHint().height()

    view.set_marks((Mark(50, "marker", "here", "a"), Mark(20, "derived", "trend", "b")))
    view.set_found((5, 70))
    view.set_hits((30, 80))
    view.set_field("city", (10, 60), ("Rome", "Oslo"))
    view.resize(WIDTH, view.sizeHint().height())

    accent = QColor(LIGHT.accent).name()
    assert view.lanes._rows[-5:] == ("analyst", "derived", "found", "hits", "field")
    for row, position in (("analyst", 50), ("found", 70), ("hits", 80), ("field", 60)):
        assert accent in colours_in(view, row, x_of((position - 0.5) / 100)), row
        assert accent not in colours_in(view, row, x_of((position + 30 - 0.5) / 100 - 0.5)), row
    assert QColor(LIGHT.muted).name() in colours_in(view, "derived", x_of(0.195))

    view.set_marks(())
    view.set_found(())
    view.set_hits(())
    view.clear_field()
    assert view.lanes.minimumSizeHint().height() == before


def test_what_was_searched_for_and_when_a_condition_holds_are_named_apart(qtbot: QtBot) -> None:
    view = shown(qtbot, 100)

    view.set_found((5, 70))
    view.set_hits((30, 70, 80))

    titles = [row_title(row, view.lanes._beside) for row in view.lanes._rows[-2:]]
    assert titles == ["Search · 2", "Find when · 3"]


def forked(view: TimelineView, positions: list[int]) -> None:
    history = FakeHistory(events=1_000, sessions=1)
    for position in positions:
        history.branch("session-0/main", position, f"what if {position}")
    branches = history.branches("session-0")
    view.set_branch(branches[0], branches, TimelineData.of(columns(1_000)), 1_000)
    view.resize(WIDTH, view.sizeHint().height())


def test_the_name_of_a_fork_ends_where_the_next_fork_begins(qtbot: QtBot) -> None:
    view = shown(qtbot, 1_000, playhead=1_000)
    text = QColor(LIGHT.text).name()

    forked(view, [100])
    alone = view.lanes.grab().toImage()
    forked(view, [100, 130])
    crowded = view.lanes.grab().toImage()

    middle = round(view.lanes._layout().middle("branches"))
    ring = range(x_of(0.130) - 4, x_of(0.130) + 5)
    for y in range(middle - 5, middle + 6):
        assert text not in {crowded.pixelColor(x, y).name() for x in ring}
    beyond = range(x_of(0.130), x_of(0.130) + 9)
    assert any(alone.pixelColor(x, y).lightness() < 120 for x in beyond for y in range(middle - 6, middle + 7))


def test_the_name_of_a_fork_at_the_end_keeps_off_the_one_before(qtbot: QtBot) -> None:
    view = shown(qtbot, 1_000, playhead=1_000)

    def name_of_the_first(positions: list[int]) -> list[str]:
        forked(view, positions)
        picture = view.lanes.grab().toImage()
        middle = round(view.lanes._layout().middle("branches"))
        columns = range(x_of(0.88) + 8, x_of(0.88) + 76)
        return [picture.pixelColor(x, y).name() for x in columns for y in range(middle - 6, middle + 7)]

    assert name_of_the_first([880, 1_000]) == name_of_the_first([880])


def test_hundreds_of_forks_are_ticks_that_hide_no_event(qtbot: QtBot) -> None:
    view = shown(qtbot, 1_000, playhead=1_000)

    forked(view, list(range(5, 1_000, 12)))

    accent = QColor(LIGHT.accent).name()
    assert accent in colours_in(view, "branches", x_of(0.4965))
    assert QColor(LIGHT.muted).name() not in colours_in(view, Lane.CUSTOMER, x_of(0.4965))


def test_problems_and_flags_stand_in_the_overview(qtbot: QtBot) -> None:
    view = shown(qtbot, 1_000, playhead=0)
    view.set_problems((500,))
    view.set_marks((Mark(250, "note", "look", "a"), Mark(750, "breadcrumb", "", "b")))

    image = view.overview.grab().toImage()

    assert image.pixelColor(x_of(0.4995), 27).name() == QColor(LIGHT.problem).name()
    assert image.pixelColor(x_of(0.2495) + 3, 2).name() == QColor(LIGHT.accent).name()
    assert image.pixelColor(x_of(0.7495) + 3, 2).name() == QColor(LIGHT.window).name()


def test_only_events_without_a_time_among_timed_ones_are_hollow(qtbot: QtBot) -> None:
    view = shown(qtbot, 40, playhead=40)
    whole = columns(40)
    whole.times[1] = MISSING_TIME
    branch = FakeHistory(events=40, sessions=1).branches("session-0")[0]
    view.set_branch(branch, (branch,), TimelineData.of(whole), 40)

    image = view.lanes.grab().toImage()
    y = round(view.lanes._layout().middle(Lane.CUSTOMER))

    assert image.pixelColor(x_of(1.5 / 40), y).name() == QColor(LIGHT.surface).name()
    assert image.pixelColor(x_of(2.5 / 40), y).name() == QColor(LIGHT.customer).name()


def test_a_record_without_times_is_not_hollow_for_what_was_continued_here(qtbot: QtBot) -> None:
    view = shown(qtbot, 40, playhead=40)
    whole = columns(40)
    for number in range(35):
        whole.times[number] = MISSING_TIME
    branch = FakeHistory(events=40, sessions=1).branches("session-0")[0]
    view.set_branch(branch, (branch,), TimelineData.of(whole), 40)

    image = view.lanes.grab().toImage()
    y = round(view.lanes._layout().middle(Lane.CUSTOMER))

    assert image.pixelColor(x_of(1.5 / 40), y).name() == QColor(LIGHT.customer).name()


def test_without_any_time_the_clock_is_refused_in_words(qtbot: QtBot) -> None:
    view = shown(qtbot, 40)
    branch = FakeHistory(events=40, sessions=1).branches("session-0")[0]
    view.set_branch(branch, (branch,), TimelineData.of(columns(40, timed=False)), 40)

    view.set_axis("clock")

    button = view.findChild(QWidget, "timeline.axis")
    assert button.accessibleName() == "Laid out by event: no event of this branch has a time"
    assert button.text().startswith("By event")


def test_a_double_click_brings_the_event_to_the_middle(qtbot: QtBot) -> None:
    view = shown(qtbot, 10_000, playhead=5_000)
    view.viewport.show_part(4_000, 1_000)

    QTest.mouseDClick(view.lanes, Qt.MouseButton.LeftButton, pos=QPoint(x_of(0.25), 60))

    assert view.viewport.first + view.viewport.span / 2 == pytest.approx(4_250, abs=5)
