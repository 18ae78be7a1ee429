"""The part of the timeline that the lanes show, in coordinates of its axis: events, or seconds."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

FEWEST: Final = 12.0
_ZOOM_STEP: Final = 1.5


class Viewport(QObject):
    """A window of ``span`` that begins at ``first``; always inside 0 … ``length``.

    Signals:
        changed: another part is in view.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._length = 0.0
        self._fewest = FEWEST
        self._first = 0.0
        self._span = FEWEST

    @property
    def length(self) -> float:
        return self._length

    @property
    def first(self) -> float:
        return self._first

    @property
    def span(self) -> float:
        return self._span

    @property
    def is_whole(self) -> bool:
        return self._span >= self._length

    def set_length(self, length: float, fewest: float = FEWEST) -> None:
        """The axis is so long, and no less than ``fewest`` is shown; a view of the whole stays one."""
        was_whole = self.is_whole
        self._length, self._fewest = float(length), fewest
        if was_whole:
            self.fit()
        else:
            self._place(self._first, self._span)

    @Slot()
    def fit(self) -> None:
        """Show everything."""
        self._place(0.0, self._length)

    def show_part(self, first: float, span: float) -> None:
        self._place(first, span)

    def zoom(self, steps: float, anchor: float) -> None:
        """Zoom in (steps > 0) or out, keeping the coordinate ``anchor`` where it is."""
        span = self._fitting(self._span / _ZOOM_STEP**steps)
        share = (anchor - self._first) / self._span if self._span else 0.5
        self._place(anchor - share * span, span)

    def pan(self, by: float) -> None:
        self._place(self._first + by, self._span)

    def move_to(self, first: float) -> None:
        self._place(first, self._span)

    def centre(self, coordinate: float) -> None:
        self._place(coordinate - self._span / 2, self._span)

    def is_centred(self, coordinate: float) -> bool:
        """Whether a coordinate is as near to the middle as the ends allow."""
        first = min(max(coordinate - self._span / 2, 0.0), max(self._length - self._span, 0.0))
        return abs(first - self._first) < self._span / 200

    def resize(self, first: float, last: float) -> None:
        """Show what lies between two coordinates; an edge that is kept stays where it is."""
        if last - first < self._fitting(0):
            keeps_first = first == self._first
            first = first if keeps_first else last - self._fitting(0)
            last = first + self._fitting(0)
        first, last = max(first, 0.0), min(last, self._length)
        self._place(first, last - first)

    def reveal(self, coordinate: float) -> None:
        """Move as little as needed to have a coordinate in view, with a little of what comes next."""
        margin = self._span * 0.08
        if coordinate <= self._first:
            self._place(coordinate - margin, self._span)
        elif coordinate > self._first + self._span:
            self._place(coordinate + margin - self._span, self._span)

    def _fitting(self, span: float) -> float:
        return min(max(span, self._fewest), self._length or 1.0)

    def _place(self, first: float, span: float) -> None:
        span = self._fitting(span)
        first = min(max(first, 0.0), max(self._length - span, 0.0))
        self._first, self._span = first, span
        self.changed.emit()
