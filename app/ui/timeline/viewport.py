"""The part of the timeline that the lanes show, in event coordinates: event n lies between n - 1 and n."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

FEWEST: Final = 12.0
_ZOOM_STEP: Final = 1.5


class Viewport(QObject):
    """A window of ``span`` events that begins at ``first``; always inside 0 … ``length``.

    Signals:
        changed: another part is in view.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._length = 0
        self._first = 0.0
        self._span = FEWEST

    @property
    def length(self) -> int:
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

    def set_length(self, length: int) -> None:
        """The branch has so many events; a view of the whole stays one."""
        was_whole = self.is_whole
        self._length = length
        if was_whole:
            self.fit()
        else:
            self._place(self._first, self._span)

    @Slot()
    def fit(self) -> None:
        """Show everything."""
        self._place(0.0, float(self._length))

    def zoom(self, steps: float, anchor: float) -> None:
        """Zoom in (steps > 0) or out, keeping the event coordinate ``anchor`` where it is."""
        span = self._fitting(self._span / _ZOOM_STEP**steps)
        share = (anchor - self._first) / self._span if self._span else 0.5
        self._place(anchor - share * span, span)

    def pan(self, events: float) -> None:
        self._place(self._first + events, self._span)

    def move_to(self, first: float) -> None:
        self._place(first, self._span)

    def reveal(self, position: int) -> None:
        """Move as little as needed to have an event in view, with a little of what comes next."""
        margin = self._span * 0.08
        if position - 1 < self._first:
            self._place(position - 1 - margin, self._span)
        elif position > self._first + self._span:
            self._place(position + margin - self._span, self._span)

    def _fitting(self, span: float) -> float:
        return min(max(span, FEWEST), max(float(self._length), 1.0))

    def _place(self, first: float, span: float) -> None:
        span = self._fitting(span)
        first = min(max(first, 0.0), max(self._length - span, 0.0))
        self._first, self._span = first, span
        self.changed.emit()
