"""Trials in the window: a plan, its queue while it is played, and what came of each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.application.pausing import PauseSwitch
from app.application.rerunning import TrialResult

if TYPE_CHECKING:
    from concurrent.futures import Future

    from app.application.series import SeriesResult, SeriesUpdate
    from app.application.trial_desk import TrialWish
    from app.domain.lab.trials import Trial
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.services import Io, Trials


class TrialSeries(QObject):
    """Lives in the main thread; planning goes over the bridge, playing over the I/O thread.

    Signals:
        planned(object): the tuple of ``Trial`` of the wish that was last asked about.
        plan_failed(str): why there is no plan.
        running_changed(bool): a series has begun or ended.
        updated(object): the newest ``SeriesUpdate``.
        ended(object): the ``SeriesResult``; stopping by hand ends without one.
        failed(str): one sentence.
    """

    planned = Signal(object)
    plan_failed = Signal(str)
    running_changed = Signal(bool)
    updated = Signal(object)
    ended = Signal(object)
    failed = Signal(str)

    def __init__(self, trials: Trials, io: Io, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._trials, self._io, self._bridge = trials, io, bridge
        self._switch = PauseSwitch()
        self._wish: TrialWish | None = None
        self._future: Future[Any] | None = None
        self._latest: SeriesUpdate | None = None
        self._told = True
        self.played: tuple[Trial, ...] = ()
        self.branches: dict[str, str] = {}

    @property
    def is_running(self) -> bool:
        return self._future is not None

    @property
    def is_paused(self) -> bool:
        return self._switch.is_paused

    def ask_plan(self, wish: TrialWish) -> None:
        """Work out what a wish comes to; of several in a row only the newest is answered."""
        self._wish = wish
        done, failed = partial(self._on_planned, wish), partial(self._on_no_plan, wish)
        self._bridge.run_latest("trials", partial(self._trials.plan, wish), done, failed)

    def start(self, trials: tuple[Trial, ...]) -> None:
        """Play trials. Those that were completed before are read, not played."""
        if self.is_running or not trials:
            return
        self.played, self.branches = trials, {}
        self._switch = PauseSwitch()
        self._future = self._io.submit(self._trials.run(trials, self._on_update, self._switch))
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

    def _on_planned(self, wish: TrialWish, trials: tuple[Trial, ...]) -> None:
        if wish is self._wish:
            self.planned.emit(trials)

    def _on_no_plan(self, wish: TrialWish, error: Exception) -> None:
        if wish is self._wish:
            self.plan_failed.emit(str(error) or type(error).__name__)

    def _on_update(self, update: SeriesUpdate) -> None:
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
        result: SeriesResult = future.result()
        self.branches = {one.trial.key: one.branch.id for one in result.results if isinstance(one, TrialResult)}
        self.ended.emit(result)
