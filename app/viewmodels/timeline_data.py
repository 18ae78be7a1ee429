"""One branch as sorted columns per lane, ready to be counted per pixel."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from app.application.ports import MISSING_TIME
from app.domain.vocabulary import MESSAGE_POSTED, Lane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from app.application.ports import EventColumns

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
