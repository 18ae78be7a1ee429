"""What the actions of the playhead, of playing and of the timeline do; a method a row of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from app.viewmodels.playback import SPEEDS

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow
    from app.ui.timeline_presenter import TimelinePresenter
    from app.viewmodels.playback import Playback
    from app.viewmodels.workspace import Workspace


class PlayheadCommands(QObject):
    """Slots without arguments; whatever moves the playhead by hand pauses playing."""

    _window: MainWindow
    _workspace: Workspace
    _playback: Playback
    timeline: TimelinePresenter

    # --- play

    @Slot()
    def play_pause(self) -> None:
        self._playback.toggle()

    @Slot()
    def shuttle_back(self) -> None:
        self._playback.shuttle(-1)

    @Slot()
    def shuttle_forward(self) -> None:
        self._playback.shuttle(1)

    @Slot()
    def toggle_pace(self) -> None:
        self._playback.set_pace("event" if self._playback.pace == "recorded" else "recorded")

    @Slot()
    def range_in(self) -> None:
        self._playback.set_range(self._playback.range.starting_at(self._workspace.playhead))

    @Slot()
    def range_out(self) -> None:
        self._playback.set_range(self._playback.range.ending_at(self._workspace.playhead))

    @Slot()
    def range_clear(self) -> None:
        self._playback.set_range(self._playback.range.without_limits())

    @Slot()
    def toggle_loop(self) -> None:
        played = self._playback.range
        self._playback.set_range(played.looping(loops=not played.loops))

    @Slot()
    def speed_1(self) -> None:
        self._playback.set_speed(SPEEDS[0])

    @Slot()
    def speed_2(self) -> None:
        self._playback.set_speed(SPEEDS[1])

    @Slot()
    def speed_3(self) -> None:
        self._playback.set_speed(SPEEDS[2])

    @Slot()
    def speed_4(self) -> None:
        self._playback.set_speed(SPEEDS[3])

    @Slot()
    def speed_5(self) -> None:
        self._playback.set_speed(SPEEDS[4])

    @Slot()
    def speed_6(self) -> None:
        self._playback.set_speed(SPEEDS[5])

    @Slot()
    def speed_7(self) -> None:
        self._playback.set_speed(SPEEDS[6])

    @Slot()
    def speed_8(self) -> None:
        self._playback.set_speed(SPEEDS[7])

    # --- step

    @Slot()
    def event_back(self) -> None:
        self._playback.pause()
        self._workspace.step(-1)

    @Slot()
    def event_forward(self) -> None:
        self._playback.pause()
        self._workspace.step(1)

    @Slot()
    def turn_back(self) -> None:
        self._playback.pause()
        self._workspace.step_turn(-1)

    @Slot()
    def turn_forward(self) -> None:
        self._playback.pause()
        self._workspace.step_turn(1)

    @Slot()
    def time_back(self) -> None:
        self.timeline.step_time(-1)

    @Slot()
    def time_forward(self) -> None:
        self.timeline.step_time(1)

    @Slot()
    def kind_back(self) -> None:
        self._playback.pause()
        self._workspace.step_same_kind(-1)

    @Slot()
    def kind_forward(self) -> None:
        self._playback.pause()
        self._workspace.step_same_kind(1)

    @Slot()
    def first_event(self) -> None:
        self._playback.pause()
        self._workspace.seek(0)

    @Slot()
    def last_event(self) -> None:
        self._playback.pause()
        self._workspace.seek(self._workspace.head)

    @Slot()
    def next_problem(self) -> None:
        self._playback.pause()
        self._workspace.step_problem(1)

    @Slot()
    def previous_problem(self) -> None:
        self._playback.pause()
        self._workspace.step_problem(-1)

    @Slot()
    def jump(self) -> None:
        self._window.transport.focus_jump()

    @Slot()
    def copy_link(self) -> None:
        self.timeline.copy_link()

    # --- timeline

    @Slot()
    def zoom_in(self) -> None:
        self._window.timeline.zoom_in()

    @Slot()
    def zoom_out(self) -> None:
        self._window.timeline.zoom_out()

    @Slot()
    def zoom_fit(self) -> None:
        self._window.timeline.zoom_fit()

    @Slot()
    def centre_playhead(self) -> None:
        self._window.timeline.centre()

    @Slot()
    def next_axis(self) -> None:
        self._window.timeline.next_axis()

    @Slot()
    def toggle_list(self) -> None:
        self._window.timeline.toggle_list()
