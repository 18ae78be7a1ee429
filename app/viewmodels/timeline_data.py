"""One branch as sorted columns per lane, ready to be counted per pixel."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from app.application.ports import MISSING_TIME
from app.domain.vocabulary import MESSAGE_POSTED, Lane
from app.viewmodels.axis import ClockAxis, EventAxis, moments_of, usual_pause
from app.viewmodels.pace import RecordedPace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from app.application.ports import EventColumns
    from app.viewmodels.axis import Axis
    from app.viewmodels.axis_kinds import AxisKind

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, eq=False)
class TimelineData:
    """Positions per lane, and what is asked about neighbours.

    Attributes:
        lanes: the lanes that have events, in drawing order.
        positions: for each of them its positions, rising.
        turns: positions of the posted messages.
    """

    columns: EventColumns
    lanes: tuple[Lane, ...]
    positions: tuple[NDArray[np.int64], ...] = field(repr=False)
    turns: NDArray[np.int64] = field(repr=False)
    _moments: list[NDArray[np.float64] | None] = field(default_factory=list, repr=False)
    _timed: list[tuple[int, int]] = field(default_factory=list, repr=False)
    _axes: dict[AxisKind, Axis] = field(default_factory=dict, repr=False)
    _paces: dict[float, RecordedPace] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, columns: EventColumns) -> TimelineData:
        """Wraps the columns without copying; the search per lane costs one pass."""
        kinds = np.frombuffer(columns.lanes, dtype=np.uint8) if len(columns) else np.empty(0, np.uint8)
        lanes = tuple(Lane(int(number)) for number in np.flatnonzero(np.bincount(kinds, minlength=len(Lane))))
        positions = tuple(np.flatnonzero(kinds == int(lane)) + 1 for lane in lanes)
        return cls(columns, lanes, positions, _positions_of(columns, MESSAGE_POSTED))

    @property
    def head(self) -> int:
        return len(self.columns)

    def lane_at(self, position: int) -> Lane:
        return Lane(self.columns.lanes[position - 1])

    def type_at(self, position: int) -> str:
        return self.columns.type_names[self.columns.types[position - 1]]

    def time_at(self, position: int) -> datetime | None:
        """When the event happened, in UTC; None where nobody knows, or before the first event."""
        if not 1 <= position <= self.head:
            return None
        microseconds = self.columns.times[position - 1]
        return None if microseconds == MISSING_TIME else _EPOCH + timedelta(microseconds=microseconds)

    def is_timed(self, position: int) -> bool:
        """Whether it is known when the event happened."""
        return self.columns.times[position - 1] != MISSING_TIME

    @property
    def timed_part(self) -> tuple[int, int]:
        """The first and the last event that say when they were; (0, 0) when none does. Looked up once."""
        if not self._timed:
            times = np.frombuffer(self.columns.times, dtype=np.int64) if self.head else np.empty(0, np.int64)
            known = times != MISSING_TIME
            some = bool(known.any())
            last = len(known) - int(known[::-1].argmax()) if some else 0
            self._timed.append((int(known.argmax()) + 1 if some else 0, last))
        return self._timed[0]

    @property
    def has_times(self) -> bool:
        """Whether any event says when it was."""
        return self.timed_part != (0, 0)

    @property
    def moments(self) -> NDArray[np.float64] | None:
        """Seconds since 1970 UTC by position - 1, never falling; None where no event has a time. Made once."""
        if not self._moments:
            times = np.frombuffer(self.columns.times, dtype=np.int64) if self.head else np.empty(0, np.int64)
            self._moments.append(moments_of(times))
        return self._moments[0]

    def axis(self, kind: AxisKind) -> Axis:
        """The axis of a kind, made once; by event where no event has a time."""
        if kind not in self._axes:
            moments = self.moments if kind != "event" else None
            if moments is None:
                self._axes[kind] = EventAxis(self.head)
            else:
                self._axes[kind] = ClockAxis(moments, usual_pause(moments) if kind == "compressed" else None)
        return self._axes[kind]

    def recorded_pace(self, cap_s: float) -> RecordedPace:
        """The pace of the record with pauses of at most so many seconds, made once."""
        if cap_s not in self._paces:
            self._paces[cap_s] = RecordedPace(self.columns, cap_s)
        return self._paces[cap_s]

    def neighbour_time(self, position: int, seconds: float) -> int:
        """The first event so many seconds later, or the last one so many earlier; at least one event away."""
        moments = self.moments
        if moments is None:
            return position
        goal = float(moments[max(position, 1) - 1]) + seconds
        if seconds >= 0:
            return max(min(int(np.searchsorted(moments, goal)) + 1, self.head), min(position + 1, self.head))
        return min(int(np.searchsorted(moments, goal, side="right")), max(position - 1, 0))

    @property
    def failed_runs(self) -> list[int]:
        """Positions of the runs of a model that failed, rising."""
        failed: list[int] = _positions_of(self.columns, "generation.failed").tolist()
        return failed

    def counts(self, edges: NDArray[np.float64]) -> list[NDArray[np.int64]]:
        """For each lane, how many events lie between neighbouring edges (event n lies between n - 1 and n)."""
        return [np.diff(np.searchsorted(own, edges, side="right")) for own in self.positions]

    def coverage(self, edges: NDArray[np.float64]) -> list[NDArray[np.int64]]:
        """For each lane, how many events touch the space between neighbouring edges, however narrow it is."""
        left, right = edges[:-1], edges[1:]
        return [np.searchsorted(own, right + 1) - np.searchsorted(own, left, side="right") for own in self.positions]

    def within(self, first: int, last: int) -> list[Sequence[int]]:
        """For each lane, its positions from ``first`` to ``last``, both included."""
        result: list[Sequence[int]] = []
        for own in self.positions:
            start, stop = np.searchsorted(own, (first, last + 1))
            result.append(own[start:stop].tolist())
        return result

    def lane_position(self, lane: Lane, rank: int) -> int:
        """The position of the lane's event number ``rank``, counted from 0."""
        return int(self.positions[self.lanes.index(lane)][rank])

    def lane_rank(self, lane: Lane, position: int) -> int:
        """How many events of the lane there are up to a position."""
        return int(np.searchsorted(self.positions[self.lanes.index(lane)], position, side="right"))

    def neighbour_turn(self, position: int, direction: int) -> int:
        """The next or previous posted message; the end or 0 when there is none."""
        return self._neighbour(self.turns, position, direction)

    def neighbour_of_kind(self, position: int, direction: int) -> int:
        """The next or previous event in the lane of the event at ``position``; itself when there is none."""
        if not 1 <= position <= self.head:
            return min(max(position + direction, 0), self.head)
        own = self.positions[self.lanes.index(self.lane_at(position))]
        found = self._neighbour(own, position, direction)
        return found if 1 <= found <= self.head and self.lane_at(found) == self.lane_at(position) else position

    def _neighbour(self, own: NDArray[Any], position: int, direction: int) -> int:
        if direction > 0:
            index = int(np.searchsorted(own, position, side="right"))
            return int(own[index]) if index < len(own) else self.head
        index = int(np.searchsorted(own, position, side="left")) - 1
        return int(own[index]) if index >= 0 else 0


def _positions_of(columns: EventColumns, type_name: str) -> NDArray[np.int64]:
    if type_name not in columns.type_names or not len(columns):
        return np.empty(0, np.int64)
    types = np.frombuffer(columns.types, dtype=np.uint16)
    return np.flatnonzero(types == columns.type_names.index(type_name)) + 1
