"""Positions along a lane: what happens between two forks takes the same room, however many events it is."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class StationScale:
    """From position to a share of the width, 0 to 1, rising; forks and ends of branches are the stations."""

    def __init__(self, stations: Iterable[int]) -> None:
        self._stations = sorted({0, *stations})

    def share(self, position: int) -> float:
        """Positions beyond the last station stand at the end."""
        stations = self._stations
        if len(stations) < 2 or position >= stations[-1]:
            return 1.0 if position >= stations[-1] > 0 else 0.0
        after = bisect_right(stations, max(position, 0))
        low, high = stations[after - 1], stations[after]
        return (after - 1 + (max(position, 0) - low) / (high - low)) / (len(stations) - 1)
