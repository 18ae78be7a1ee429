"""Play a session like a video: event by event at a pace, forwards or backwards, in a loop or up to a stop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, Protocol

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal, Slot

from app.viewmodels.marks import neighbour
from app.viewmodels.play_range import PlayRange

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SPEEDS: Final = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
"""Multiples of the pace."""
PaceKind = Literal["event", "recorded"]
DEFAULT_CAP_S: Final = 2.0
GAP_CAPS: Final = (1.0, 2.0, 5.0, 10.0, 60.0)
"""Seconds to choose from that a recorded pause may last at most."""
EVENTS_PER_SECOND: Final = 2.0
"""At the event pace; events without a time go at it at any pace."""
_FRAME_MS: Final = 33
_LONGEST_FRAME_S: Final = 0.5
"""After the machine slept, playing goes on where it was instead of leaping ahead."""


class Pacing(Protocol):
    """Where playing leads; see ``app/viewmodels/pace.py``."""

    def target(self, here: int, owed_s: float, direction: int, /) -> tuple[int, float]: ...


class Playback(QObject):
    """Moves the playhead by the clock; stops at either end, at the out point, and at every stop it meets.

    Signals:
        state_changed: playing or not, or another speed, direction or pace.
        range_changed(object): the ``PlayRange`` in force.
        step_wanted(int): so many events on (negative: back).
        stopped_at(int): paused on this stop.
    """

    state_changed = Signal()
    range_changed = Signal(object)
    step_wanted = Signal(int)
    stopped_at = Signal(int)

    def __init__(
        self,
        position: Callable[[], tuple[int, int]],
        parent: QObject | None = None,
        recorded_pace: Callable[[float], Pacing | None] | None = None,
    ) -> None:
        """``position``: where the playhead is and where the branch ends.

        ``recorded_pace``: the pace of the record with pauses cut to so many seconds; None while there is none.
        """
        super().__init__(parent)
        self._position, self._recorded_pace = position, recorded_pace
        self._speed = 1.0
        self._direction = 1
        self._owed = 0.0
        self._pace: PaceKind = "event"
        self._cap_s = DEFAULT_CAP_S
        self._range = PlayRange()
        self._stops: Sequence[int] = ()
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self._on_frame_due)

    @property
    def is_playing(self) -> bool:
        return self._timer.isActive()

    @property
    def speed(self) -> float:
        return self._speed

    @property
    def direction(self) -> int:
        return self._direction

    @property
    def pace(self) -> PaceKind:
        return self._pace

    @property
    def cap_s(self) -> float:
        """Seconds that a recorded pause lasts at most."""
        return self._cap_s

    @property
    def range(self) -> PlayRange:
        return self._range

    # --- how it plays

    def set_speed(self, speed: float) -> None:
        self._speed = min(max(speed, SPEEDS[0]), SPEEDS[-1])
        self.state_changed.emit()

    def set_pace(self, pace: PaceKind, cap_s: float | None = None) -> None:
        """By event, or as recorded with pauses of at most ``cap_s``."""
        self._pace = pace
        self._cap_s = cap_s if cap_s is not None else self._cap_s
        self._owed = 0.0
        self.state_changed.emit()

    def set_range(self, played: PlayRange) -> None:
        if played != self._range:
            self._range = played
            self.range_changed.emit(played)

    def set_stops(self, positions: Sequence[int]) -> None:
        """Pause wherever playing reaches or would pass one of these rising positions."""
        self._stops = positions

    # --- playing

    @Slot()
    def toggle(self) -> None:
        """Play or pause; at the end (or the out point) it starts again from the beginning (or the in point)."""
        if self.is_playing:
            self.pause()
            return
        here, head = self._position()
        first, last = self._range.within(head)
        if here >= head or (here == last and self._range.is_limited):
            self.step_wanted.emit(first - here)
        self._play(1)

    def shuttle(self, direction: int) -> None:
        """Play in a direction; asked again in the same direction, twice as fast."""
        if self.is_playing and direction == self._direction:
            self._speed = min(self._speed * 2, SPEEDS[-1])
            self.state_changed.emit()
            return
        self._speed = 1.0
        self._play(direction)

    @Slot()
    def pause(self) -> None:
        if self.is_playing:
            self._timer.stop()
            self.state_changed.emit()

    def advance(self, elapsed_s: float) -> None:
        """Let time pass: asks for the events that fell due; loops, or pauses at a stop and at the end."""
        self._owed += elapsed_s * self._speed
        here, head = self._position()
        end = self._end(here, head)
        target, left = self._paced(here)
        stop = neighbour(self._stops, here, self._direction)
        reached = stop is not None and (target - stop) * self._direction >= 0 and (end - stop) * self._direction >= 0
        goal = stop if reached and stop is not None else self._nearer(target, end)
        self._owed = left
        if goal != here:
            self.step_wanted.emit(goal - here)
        if reached and stop is not None:
            self.pause()
            self.stopped_at.emit(stop)
        elif goal == end:
            self._at_end(end, head)

    def _paced(self, here: int) -> tuple[int, float]:
        pace = self._recorded_pace(self._cap_s) if self._recorded_pace and self._pace == "recorded" else None
        if pace is not None:
            return pace.target(here, self._owed, self._direction)
        due = int(self._owed * EVENTS_PER_SECOND)
        return here + due * self._direction, self._owed - due / EVENTS_PER_SECOND

    def _nearer(self, target: int, end: int) -> int:
        return min(target, end) if self._direction > 0 else max(target, end)

    def _end(self, here: int, head: int) -> int:
        """Where playing from here ends: the out or in point where it lies ahead, else the end of the branch."""
        first, last = self._range.within(head)
        if self._direction > 0:
            return last if here <= last else head
        return first if here >= first else 0

    def _at_end(self, end: int, head: int) -> None:
        first, last = self._range.within(head)
        if not self._range.loops or first == last:
            self.pause()
            return
        self._owed = 0.0
        self.step_wanted.emit((first if self._direction > 0 else last) - end)

    def _play(self, direction: int) -> None:
        self._direction = direction
        self._owed = 0.0
        self._clock.start()
        self._timer.start()
        self.state_changed.emit()

    @Slot()
    def _on_frame_due(self) -> None:
        self.advance(min(self._clock.restart() / 1000, _LONGEST_FRAME_S))
