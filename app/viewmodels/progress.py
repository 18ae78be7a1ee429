"""Progress of long work: reported now and then, and the place where the work notices that it should stop."""

from __future__ import annotations

from functools import partial
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Final

from app.domain.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.viewmodels.bridge import Bridge

EVERY_S: Final = 0.05


class ProgressReport:
    """A ``Progress`` for work that runs on the bridge; ``cancel`` may be called from any thread."""

    def __init__(self, bridge: Bridge, on_progress: Callable[[int, int | None, str], None]) -> None:
        self._bridge = bridge
        self._on_progress = on_progress
        self._cancelled = Event()
        self._last = 0.0

    @property
    def is_cancelled(self) -> bool:
        return self._cancelled.is_set()

    def cancel(self) -> None:
        self._cancelled.set()

    def __call__(self, done: int, total: int | None, what: str) -> None:
        """Tell the main thread, at most every 50 ms. Raises Cancelled."""
        if self._cancelled.is_set():
            raise Cancelled("stopped as asked; what was not finished changed nothing")
        now = monotonic()
        if now - self._last >= EVERY_S:
            self._last = now
            self._bridge.post(partial(self._on_progress, done, total, what))
