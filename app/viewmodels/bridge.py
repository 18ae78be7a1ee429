"""The one way from a worker thread back into the main thread, batched so that a burst cannot freeze the window."""

from __future__ import annotations

import logging
import sys
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Lock
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from PySide6.QtCore import SignalInstance

T = TypeVar("T")
BUDGET_S: Final = 0.008
WORKERS: Final = 3

_log = logging.getLogger(__name__)


class Bridge(QObject):
    """Runs work beside the main thread and brings the outcome back to it.

    Lives in the main thread. Outcomes are plain calls, made in the order in which they were posted.
    """

    _woken = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = ThreadPoolExecutor(WORKERS, thread_name_prefix="bridge")
        self._inbox: deque[Callable[[], None]] = deque()
        self._lock = Lock()
        self._awake = False
        self._closed = False
        self._running: set[Hashable] = set()
        self._waiting: dict[Hashable, tuple[Callable[[], Any], Callable[[Any], None], Callable[[Exception], None]]] = {}
        woken: SignalInstance = self._woken
        woken.connect(self._drain, Qt.ConnectionType.QueuedConnection)

    def post(self, call: Callable[[], None]) -> None:
        """Have the main thread make a call; any thread may ask. After ``close`` nothing is called any more."""
        with self._lock:
            if self._closed:
                return
            self._inbox.append(call)
            if self._awake:
                return
            self._awake = True
            self._woken.emit()

    def run(self, work: Callable[[], T], on_done: Callable[[T], None], on_failed: Callable[[Exception], None]) -> None:
        """Do ``work`` on a worker; one of the other two is then called in the main thread."""
        if not self._closed:
            self._executor.submit(self._work, work, on_done, on_failed)

    def run_latest(
        self,
        key: Hashable,
        work: Callable[[], T],
        on_done: Callable[[T], None],
        on_failed: Callable[[Exception], None],
    ) -> None:
        """As ``run``, one at a time per key: of those that had to wait only the newest is done at all."""
        if key in self._running:
            self._waiting[key] = (work, on_done, on_failed)
            return
        self._running.add(key)
        self.run(work, partial(self._settle, key, on_done), partial(self._settle, key, on_failed))

    def close(self) -> None:
        """Let running work end, drop the rest and join; outcomes still on their way are dropped too."""
        with self._lock:
            self._closed = True
            self._inbox.clear()
        self._waiting.clear()
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _work(
        self, work: Callable[[], T], on_done: Callable[[T], None], on_failed: Callable[[Exception], None]
    ) -> None:
        try:
            outcome = work()
        except Exception as error:  # noqa: BLE001 -- whatever went wrong is told where it was asked for
            _log.debug("work failed", exc_info=True)
            self.post(partial(on_failed, error))
        else:
            self.post(partial(on_done, outcome))

    def _settle(self, key: Hashable, then: Callable[[Any], None], outcome: Any) -> None:
        self._running.discard(key)
        if (waiting := self._waiting.pop(key, None)) is not None:
            self.run_latest(key, *waiting)
        then(outcome)

    @Slot()
    def _drain(self) -> None:
        deadline = perf_counter() + BUDGET_S
        while self._inbox:
            call = self._inbox.popleft()
            try:
                call()
            except Exception:  # noqa: BLE001 -- one broken receiver must not keep the others from their outcome
                sys.excepthook(*sys.exc_info())
            if perf_counter() > deadline:
                break
        with self._lock:
            if self._inbox:
                self._woken.emit()
            else:
                self._awake = False
