"""Where the rows of a long list stand when only those that were shown have a known height."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_CHUNK = 1024


class RowHeights:
    """Heights of ``count`` rows: ``estimate`` until the exact one is set. Making it costs nothing per row."""

    def __init__(self, count: int, estimate: int) -> None:
        self.count = count
        self.estimate = estimate
        self._known: dict[int, dict[int, int]] = {}
        self._excess = array("q", bytes(8 * (count // _CHUNK + 1)))

    def __getitem__(self, row: int) -> int:
        return self.estimate + self._known.get(row // _CHUNK, {}).get(row, 0)

    def __setitem__(self, row: int, height: int) -> None:
        chunk = row // _CHUNK
        known = self._known.setdefault(chunk, {})
        excess = height - self.estimate
        self._excess[chunk] += excess - known.get(row, 0)
        known[row] = excess

    @property
    def total(self) -> int:
        return self.count * self.estimate + sum(self._excess)

    def before(self, row: int) -> int:
        """The sum of the heights of all rows before ``row``."""
        chunk = row // _CHUNK
        inside = sum(excess for known, excess in self._known.get(chunk, {}).items() if known < row)
        return row * self.estimate + sum(self._excess[:chunk]) + inside

    def find(self, y: int) -> tuple[int, int]:
        """(row, offset into it) at a distance from the top."""
        if not self.count:
            return 0, 0
        y = max(0, min(y, self.total - 1))
        row, top = self._chunk_at(y)
        while row < self.count - 1 and top + self[row] <= y:
            top += self[row]
            row += 1
        return row, y - top

    def _chunk_at(self, y: int) -> tuple[int, int]:
        """(first row of the chunk that holds ``y``, its distance from the top)."""
        top = 0
        for chunk, excess in enumerate(accumulate(self._excess)):
            below = min(self.count, (chunk + 1) * _CHUNK) * self.estimate + excess
            if y < below:
                return chunk * _CHUNK, top
            top = below
        return self.count - 1, top - self[self.count - 1]

    def resized(self, count: int) -> RowHeights:
        """The same rows with others added or taken away at the end."""
        other = RowHeights(count, self.estimate)
        for known in self._known.values():
            for row, excess in known.items():
                if row < count:
                    other[row] = self.estimate + excess
        return other


@dataclass(frozen=True, slots=True)
class Anchor:
    """What the eye holds on to: ``row`` begins at ``y`` below the top of the view."""

    row: int
    y: int


@dataclass(frozen=True, slots=True)
class Place:
    """A row that is in view."""

    row: int
    y: int
    height: int


def place(
    anchor: Anchor, count: int, view_height: int, margins: tuple[int, int], height_of: Callable[[int], int]
) -> tuple[Place, ...]:
    """The rows in view when ``anchor`` is kept as well as the two ends of the list allow.

    Asks ``height_of`` only for rows in view or passed on the way.
    """
    if not count:
        return ()
    top_margin, bottom_margin = margins
    row, y = _first_in_view(min(anchor.row, count - 1), anchor.y, count, top_margin, height_of)
    places = _fill(row, y, count, view_height, height_of)
    bottom = places[-1].y + places[-1].height + bottom_margin
    if places[-1].row == count - 1 and bottom < view_height:
        y += view_height - bottom
        row, y = _first_in_view(row, y, count, top_margin, height_of)
        places = _fill(row, y, count, view_height, height_of)
    return tuple(places)


def _first_in_view(row: int, y: int, count: int, margin: int, height_of: Callable[[int], int]) -> tuple[int, int]:
    while row < count - 1 and y + height_of(row) <= 0:
        y += height_of(row)
        row += 1
    while row > 0 and y > 0:
        row -= 1
        y -= height_of(row)
    return row, min(y, margin) if row == 0 else y


def _fill(row: int, y: int, count: int, view_height: int, height_of: Callable[[int], int]) -> list[Place]:
    places: list[Place] = []
    while row < count and (y < view_height or not places):
        height = height_of(row)
        places.append(Place(row, y, height))
        y += height
        row += 1
    return places
