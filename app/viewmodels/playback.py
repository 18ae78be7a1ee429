"""Play a session like a video: event by event at a pace, forwards or backwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

SPEEDS: Final = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
"""Multiples of the base pace."""
EVENTS_PER_SECOND: Final = 2.0
_FRAME_MS: Final = 33


class Playback(QObject):
    """Moves the playhead by the clock; stops at either end.

    Signals:
        state_changed: playing or not, or another speed or direction.
        step_wanted(int): so many events on (negative: back).
    """

    state_changed = Signal()
    step_wanted = Signal(int)

    def __init__(self, position: Callable[[], tuple[int, int]], parent: QObject | None = None) -> None:
        """``position`` gives where the playhead is and where the branch ends."""
        super().__init__(parent)
        self._position = position
        self._speed = 1.0
        self._direction = 1
        self._owed = 0.0
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

    def set_speed(self, speed: float) -> None:
        self._speed = min(max(speed, SPEEDS[0]), SPEEDS[-1])
        self.state_changed.emit()

    @Slot()
    def toggle(self) -> None:
        """Play or pause; at the end it starts again from the beginning."""
        if self.is_playing:
            self.pause()
            return
        here, head = self._position()
        if here >= head:
            self.step_wanted.emit(-here)
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
        """Let time pass: asks for the whole events that fell due, and pauses at the end."""
        self._owed += elapsed_s * self._speed * EVENTS_PER_SECOND
        due = int(self._owed)
        if not due:
            return
        self._owed -= due
        here, head = self._position()
        target = min(max(here + due * self._direction, 0), head)
        if target != here:
            self.step_wanted.emit(target - here)
        if target == (head if self._direction > 0 else 0):
            self.pause()

    def _play(self, direction: int) -> None:
        self._direction = direction
        self._owed = 0.0
        self._clock.start()
        self._timer.start()
        self.state_changed.emit()

    @Slot()
    def _on_frame_due(self) -> None:
        self.advance(self._clock.restart() / 1000)
