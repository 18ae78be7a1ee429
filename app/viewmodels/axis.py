"""Where events stand along the timeline: one after the other, by the clock, or by the clock without its idle gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from app.application.ports import MISSING_TIME

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from app.viewmodels.axis_kinds import AxisKind

FEWEST_EVENTS: Final = 12.0
FEWEST_SECONDS: Final = 0.01
_IDLE_FACTOR: Final = 10.0
"""A pause so many times longer than the usual one is idle."""
_LONGEST_USUAL_S: Final = 3600.0
"""A longer pause is never usual, even where a record has no shorter ones."""
_LEAST_SHARE: Final = 0.25
"""Without idle time, events of one instant stand so much of the usual pause apart."""


@dataclass(frozen=True, slots=True)
class IdleGap:
    """A pause that was cut: it ends at coordinate ``end``, takes ``width`` there and lasted ``seconds``."""

    end: float
    width: float
    seconds: float


class EventAxis:
    """Coordinates count events: event n lies between n - 1 and n, and the playhead after it at n."""

    kind: Final[AxisKind] = "event"
    fewest: Final = FEWEST_EVENTS

    def __init__(self, head: int) -> None:
        self.length = float(head)
        self._head = head

    def playhead(self, position: int) -> float:
        """Where the playhead stands after so many events."""
        return float(position)

    def coordinates(self, positions: ArrayLike) -> NDArray[np.float64]:
        """Where the marks of events stand."""
        return np.asarray(positions, np.float64) - 0.5

    def position(self, coordinate: float) -> int:
        """The event under a coordinate; 0 before the first."""
        return int(min(max(np.ceil(coordinate), 0), self._head))

    def position_edges(self, edges: NDArray[np.float64]) -> NDArray[np.float64]:
        """Coordinates as positions: between two of them lie the events that lie between the coordinates."""
        return edges

    def within(self, first: float, span: float) -> tuple[int, int]:
        """The first and last position whose marks may be seen in a part."""
        return max(int(first), 1), min(int(first + span) + 1, self._head)

    def positions_between(self, start: float, end: float) -> tuple[int, int]:
        """The first and last event that lie between two coordinates, half of them at least."""
        return int(start + 0.5) + 1, max(int(end + 0.5), 1)

    def edges_around(self, first: int, last: int) -> tuple[float, float]:
        """The coordinates between which just these events lie."""
        return float(max(first - 1, 0)), float(min(last, self._head))


class ClockAxis:
    """Coordinates are seconds since the first event.

    Where ``usual_s`` is given, idle pauses are cut to ten times that, and simultaneous events are spread a little.
    """

    fewest: Final = FEWEST_SECONDS

    def __init__(self, moments: NDArray[np.float64], usual_s: float | None = None) -> None:
        """``moments``: seconds of events 1 … n, never falling."""
        self.kind: AxisKind = "clock" if usual_s is None else "compressed"
        self._moments = moments
        self._gaps = np.diff(moments)
        self._idle_s = usual_s * _IDLE_FACTOR if usual_s is not None else None
        shown = self._gaps
        if usual_s is not None:
            shown = np.clip(self._gaps, usual_s * _LEAST_SHARE, usual_s * _IDLE_FACTOR)
        # A margin on either side, so that the first and last event do not lie on the very edge.
        margin = max(float(shown.sum()) * 0.01, FEWEST_SECONDS)
        self._at = np.concatenate(([margin], margin + np.cumsum(shown)))
        self.length = float(self._at[-1]) + margin

    def playhead(self, position: int) -> float:
        """Where the playhead stands after so many events."""
        return 0.0 if position < 1 else float(self._at[position - 1])

    def coordinates(self, positions: ArrayLike) -> NDArray[np.float64]:
        """Where the marks of events stand; position 0 is at the beginning."""
        wanted = np.asarray(positions, np.int64)
        return np.where(wanted > 0, self._at[np.maximum(wanted, 1) - 1], 0.0)

    def position(self, coordinate: float) -> int:
        """The last event at or before a coordinate; 0 before the first."""
        return int(np.searchsorted(self._at, coordinate, side="right"))

    def position_edges(self, edges: NDArray[np.float64]) -> NDArray[np.float64]:
        """Coordinates as positions: between two of them lie the events that lie between the coordinates."""
        return np.searchsorted(self._at, edges, side="right").astype(np.float64)

    def within(self, first: float, span: float) -> tuple[int, int]:
        """The first and last position whose marks may be seen in a part."""
        start, stop = np.searchsorted(self._at, (first - span * 0.02, first + span * 1.02))
        return int(start) + 1, int(stop)

    def positions_between(self, start: float, end: float) -> tuple[int, int]:
        """The first and last event that lie between two coordinates."""
        first = int(np.searchsorted(self._at, start)) + 1
        return first, max(int(np.searchsorted(self._at, end, side="right")), first)

    def edges_around(self, first: int, last: int) -> tuple[float, float]:
        """The coordinates between which just these events lie: halfway to their neighbours."""
        start = (self.playhead(max(first - 1, 0)) + self.playhead(max(first, 1))) / 2 if first > 1 else 0.0
        end = (self.playhead(last) + self.playhead(last + 1)) / 2 if last < len(self._at) else self.length
        return start, end

    def moment(self, coordinate: float) -> float:
        """The second (since 1970 UTC) at a coordinate; inside a cut pause its share of the whole pause."""
        return float(np.interp(coordinate, self._at, self._moments)) + self._beyond(coordinate)

    def _beyond(self, coordinate: float) -> float:
        return min(coordinate - float(self._at[0]), 0.0) + max(coordinate - float(self._at[-1]), 0.0)

    def coordinate_of(self, moment: float) -> float:
        """The coordinate of a second since 1970 UTC."""
        before = min(moment - float(self._moments[0]), 0.0)
        after = max(moment - float(self._moments[-1]), 0.0)
        return float(np.interp(moment, self._moments, self._at)) + before + after

    def gaps_within(self, first: float, span: float, narrowest: float) -> tuple[IdleGap, ...]:
        """The pauses in a part that were cut, where they take at least ``narrowest`` of the coordinates."""
        if self._idle_s is None or self._idle_s < narrowest:
            return ()
        start, stop = np.searchsorted(self._at, (first, first + span))
        start, stop = max(int(start) - 1, 0), min(int(stop) + 1, len(self._gaps))
        cut = np.flatnonzero(self._gaps[start:stop] > self._idle_s) + start
        return tuple(IdleGap(float(self._at[i + 1]), self._idle_s, float(self._gaps[i])) for i in cut.tolist())


Axis = EventAxis | ClockAxis


def moments_of(times: NDArray[np.int64]) -> NDArray[np.float64] | None:
    """Seconds since 1970 UTC by position, never falling; None when no event has a time.

    An event without a time is put between its timed neighbours; before the first and after the last of those, and
    where the clock ran backwards, order alone decides.
    """
    known = times != MISSING_TIME
    if not known.any():
        return None
    positions = np.flatnonzero(known)
    seconds = np.maximum.accumulate(times[known] / 1e6)
    if len(positions) == len(times):
        return np.asarray(seconds, np.float64)
    everywhere = np.arange(len(times))
    moments: NDArray[np.float64] = np.interp(everywhere, positions, seconds)
    step = usual_pause(seconds)
    before, after = everywhere < positions[0], everywhere > positions[-1]
    moments[before] -= (positions[0] - everywhere[before]) * step
    moments[after] += (everywhere[after] - positions[-1]) * step
    return moments


def usual_pause(seconds: NDArray[np.float64]) -> float:
    """The median of the pauses between events that are not simultaneous, hours left out; a second without any."""
    pauses: NDArray[Any] = np.diff(seconds)
    pauses = pauses[(pauses > 0) & (pauses <= _LONGEST_USUAL_S)]
    return float(np.median(pauses)) if len(pauses) else 1.0
