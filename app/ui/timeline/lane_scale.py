"""Where things are in the lanes: pixels to events and back."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

GUTTER_PX: Final = 132
EDGE_PX: Final = 12
AXIS_PX: Final = 26
ROW_PX: Final = 18
BAR_PX: Final = 12


@dataclass(frozen=True, slots=True)
class LaneScale:
    """``left`` and ``width`` of the plot in pixels; ``first`` and ``span`` of what it shows in events."""

    left: float
    width: float
    first: float
    span: float

    @property
    def event_px(self) -> float:
        return self.width / self.span if self.span else self.width

    def x(self, coordinate: float) -> float:
        """The pixel of an event coordinate; the playhead at n stands at coordinate n, after event n."""
        return self.left + (coordinate - self.first) * self.event_px

    def coordinate(self, x: float) -> float:
        return self.first + (x - self.left) / self.event_px

    def position(self, x: float, length: int) -> int:
        """The event under a pixel; 0 left of the first one."""
        return min(max(math.ceil(self.coordinate(x)), 0), length)
