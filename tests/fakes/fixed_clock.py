"""A clock that stands still until it is told to move."""

from __future__ import annotations

START = 1_700_000_000_000_000
SECOND = 1_000_000


class FixedClock:
    """Shows the same moment until it is advanced; ``step`` moves it at every look."""

    def __init__(self, start: int = START, *, step: int = 0) -> None:
        self._now = start
        self._step = step

    def now(self) -> int:
        self._now += self._step
        return self._now

    def advance(self, microseconds: int = SECOND) -> None:
        self._now += microseconds

    def set_to(self, microseconds: int) -> None:
        self._now = microseconds
