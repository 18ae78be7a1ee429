"""Where things are in the lanes: pixels to coordinates of the axis and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

GUTTER_PX: Final = 132
EDGE_PX: Final = 12
AXIS_PX: Final = 26


@dataclass(frozen=True, slots=True)
class LaneScale:
    """``left`` and ``width`` of the plot in pixels; ``first`` and ``span`` of what it shows on the axis."""

    left: float
    width: float
    first: float
    span: float

    @property
    def unit_px(self) -> float:
        """Pixels of one event, or of one second."""
        return self.width / self.span if self.span else self.width

    @property
    def right(self) -> float:
        return self.left + self.width

    def x(self, coordinate: float) -> float:
        """The pixel of a coordinate."""
        return self.left + (coordinate - self.first) * self.unit_px

    def coordinate(self, x: float) -> float:
        return self.first + (x - self.left) / self.unit_px
