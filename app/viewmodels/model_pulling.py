"""The server fetches a model: where that stands, and how it is stopped."""

from __future__ import annotations

from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from concurrent.futures import Future

    from app.application.ports import PullProgress
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.services import Services

EVERY_S: Final = 0.05


class ModelPulling(QObject):
    """One model at a time; goes on while nobody looks.

    Signals:
        progressed(object): the newest ``PullProgress``, at most every 50 ms while nothing but bytes come.
        pulled(str): this model is there now.
        stopped(): a person stopped it; a server goes on where it was when it is asked again.
        failed(str): why it ended.
    """

    progressed = Signal(object)
    pulled = Signal(str)
    stopped = Signal()
    failed = Signal(str)

    def __init__(self, services: Services, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services, self._bridge = services, bridge
        self._future: Future[Any] | None = None
        self._run = self._begun = 0
        self.name = ""
        self.newest: PullProgress | None = None

    @property
    def is_running(self) -> bool:
        return self._future is not None

    def start(self, name: str) -> None:
        """Begin; nothing happens while another one comes."""
        if not self.is_running:
            self._run += 1
            self.name, self.newest = name, None
            self._future = self._services.io.submit(self._pull(self._run, name))

    @Slot()
    def stop(self) -> None:
        """Cancel at once; ``stopped`` follows."""
        if self._future is not None:
            self._future.cancel()
            if self._begun != self._run:  # it was cancelled before its first line: nobody else will tell
                self._bridge.post(partial(self._on_ended, self._run, None))

    def close(self) -> None:
        """Cancel without a word about it."""
        self._run += 1
        if self._future is not None:
            self._future.cancel()
            self._future = None

    async def _pull(self, run: int, name: str) -> None:
        """Reports its end only after it has cleaned up: a future is "cancelled" too early."""
        self._begun = run
        outcome: BaseException | None = None
        told, status = 0.0, ""
        try:
            async for step in self._services.pull(name):
                now = monotonic()
                if step.status != status or now - told >= EVERY_S:
                    told, status = now, step.status
                    self._bridge.post(partial(self._on_progressed, step))
        except BaseException as error:  # cancellation is a BaseException, and is passed on
            outcome = error
            if not isinstance(error, Exception):
                raise
        finally:
            self._bridge.post(partial(self._on_ended, run, outcome or name))

    def _on_progressed(self, step: PullProgress) -> None:
        if self.is_running:
            self.newest = step
            self.progressed.emit(step)

    def _on_ended(self, run: int, outcome: BaseException | str | None) -> None:
        if self._future is None or run != self._run:
            return
        self._future = None
        if isinstance(outcome, str):
            self.pulled.emit(outcome)
        elif isinstance(outcome, Exception):
            self.failed.emit(str(outcome) or type(outcome).__name__)
        else:
            self.stopped.emit()
