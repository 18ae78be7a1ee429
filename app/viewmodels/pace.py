"""The pace of the record: how long playing rests before each event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from app.application.ports import MISSING_TIME

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from app.application.ports import EventColumns

_UNTIMED_S: Final = 0.5


class RecordedPace:
    """The pauses of the record, cut to ``cap_s``; where a time is missing, half a second."""

    def __init__(self, columns: EventColumns, cap_s: float) -> None:
        times = np.frombuffer(columns.times, np.int64) if len(columns) else np.empty(0, np.int64)
        pauses = np.full(len(times), _UNTIMED_S)
        known = times != MISSING_TIME
        both = known[1:] & known[:-1]
        between = np.diff(np.where(known, times, 0)) / 1e6
        # A clock that ran backwards makes no pause.
        pauses[1:][both] = np.clip(between[both], 0.0, cap_s)
        self._due: NDArray[np.float64] = np.concatenate(([0.0], np.cumsum(pauses)))

    def target(self, here: int, owed_s: float, direction: int) -> tuple[int, float]:
        """Where playing from ``here`` for so many seconds leads, and the seconds left over."""
        due, now = self._due, float(self._due[here])
        if direction > 0:
            target = int(np.searchsorted(due, now + owed_s, side="right")) - 1
            target = max(target, here)
        else:
            target = min(int(np.searchsorted(due, now - owed_s, side="left")), here)
        return target, owed_s - abs(float(due[target]) - now)
