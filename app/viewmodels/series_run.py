"""A queue of trials while it is played: progress that never floods the window, pause, stop, its end."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.application.pausing import PauseSwitch

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from concurrent.futures import Future

    from app.viewmodels.bridge import Bridge
    from app.viewmodels.services import Io


class SeriesRun(QObject):
    """Lives in the main thread; playing is done on the I/O thread.

    Signals:
        running_changed(bool): a series has begun or ended.
        updated(object): the newest update of those that came since the last one.
        ended(object): what became of it; stopping by hand ends without one.
        failed(str): one sentence.
    """

    running_changed = Signal(bool)
    updated = Signal(object)
    ended = Signal(object)
    failed = Signal(str)

    def __init__(self, io: Io, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._io, self._bridge = io, bridge
        self._switch = PauseSwitch()
        self._future: Future[Any] | None = None
        self._latest: Any = None
        self._told = True

    @property
    def is_running(self) -> bool:
        return self._future is not None

    @property
    def is_paused(self) -> bool:
        return self._switch.is_paused

    def play(self, begin: Callable[[Callable[[Any], None], PauseSwitch], Coroutine[Any, Any, Any]]) -> None:
        """Play what ``begin`` gives for a listener and a switch; nothing while another series is played."""
        if self.is_running:
            return
        self._switch, self._latest = PauseSwitch(), None
        self._future = self._io.submit(begin(self._on_update, self._switch))
        self._future.add_done_callback(self._on_done)
        self.running_changed.emit(True)

    def set_paused(self, *, paused: bool) -> None:
        """Wait after the answer that is being given, or go on."""
        self._switch.pause() if paused else self._switch.go_on()

    def stop(self) -> None:
        """End at once; what was done is kept, and starting the same trials goes on from there."""
        if self._future is not None:
            self._switch.go_on()
            self._future.cancel()

    def _on_update(self, update: Any) -> None:
        """On the I/O thread, many times a second: the main thread takes the newest when it comes to it."""
        self._latest = update
        if self._told:
            self._told = False
            self._bridge.post(self._tell)

    def _tell(self) -> None:
        self._told = True
        if self._latest is not None and self.is_running:
            self.updated.emit(self._latest)

    def _on_done(self, future: Future[Any]) -> None:
        self._bridge.post(partial(self._finish, future))

    def _finish(self, future: Future[Any]) -> None:
        self._future = None
        self.running_changed.emit(False)
        if future.cancelled():
            return
        error = future.exception()
        if error is not None:
            self.failed.emit(str(error) or type(error).__name__)
            return
        self._settle(future.result())

    def _settle(self, result: Any) -> None:
        self.ended.emit(result)
