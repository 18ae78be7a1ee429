"""Work for the panes, one piece at a time: the next begins when they have shown the one before it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Slot

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from app.viewmodels.bridge import Bridge

T = TypeVar("T")


class Relay(QObject):
    """Hands work to the bridge, of each kind only the newest.

    Two threads that both run Python get in each other's way. Were the next state rebuilt while the panes take this
    one, each of the hundreds of calls between Qt and Python would wait for the other thread, and a dragged playhead
    would stand still for it.
    """

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._waiting: dict[Hashable, Callable[[], None]] = {}
        self._is_busy = False

    def run_latest(
        self,
        kind: Hashable,
        work: Callable[[], T],
        on_done: Callable[[T], None],
        on_failed: Callable[[Exception], None],
    ) -> None:
        """As ``Bridge.run_latest``. Kinds take turns: what is wanted anew goes to the end of the row."""
        self._waiting.pop(kind, None)
        self._waiting[kind] = partial(
            self._bridge.run, work, partial(self._settle, on_done), partial(self._settle, on_failed)
        )
        if not self._is_busy:
            self._run_next()

    def _run_next(self) -> None:
        if self._waiting:
            self._is_busy = True
            self._waiting.pop(next(iter(self._waiting)))()

    def _settle(self, then: Callable[[Any], None], outcome: Any) -> None:
        QTimer.singleShot(0, self, self._on_shown)  # comes after what the outcome has had painted
        then(outcome)

    @Slot()
    def _on_shown(self) -> None:
        self._is_busy = False
        self._run_next()
