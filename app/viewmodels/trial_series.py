"""Trials in the window: a plan, its queue while it is played, and what came of each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.application.rerunning import TrialResult
from app.viewmodels.series_run import SeriesRun

if TYPE_CHECKING:
    from app.application.series import SeriesResult
    from app.application.trial_desk import TrialWish
    from app.domain.lab.trials import Trial
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.lab_services import Trials
    from app.viewmodels.services import Io


class TrialSeries(SeriesRun):
    """Lives in the main thread; planning goes over the bridge, playing over the I/O thread.

    Its updates are ``SeriesUpdate``, its end is a ``SeriesResult``.

    Signals:
        planned(object): the tuple of ``Trial`` of the wish that was last asked about.
        plan_failed(str): why there is no plan.
    """

    planned = Signal(object)
    plan_failed = Signal(str)

    def __init__(self, trials: Trials, io: Io, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(io, bridge, parent)
        self._trials = trials
        self._wish: TrialWish | None = None
        self.played: tuple[Trial, ...] = ()
        self.branches: dict[str, str] = {}

    def ask_plan(self, wish: TrialWish) -> None:
        """Work out what a wish comes to; of several in a row only the newest is answered."""
        self._wish = wish
        done, failed = partial(self._on_planned, wish), partial(self._on_no_plan, wish)
        self._bridge.run_latest("trials", partial(self._trials.plan, wish), done, failed)

    def start(self, trials: tuple[Trial, ...]) -> None:
        """Play trials. Those that were completed before are read, not played."""
        if not self.is_running and trials:
            self.played, self.branches = trials, {}
            self.play(partial(self._trials.run, trials))

    def _on_planned(self, wish: TrialWish, trials: tuple[Trial, ...]) -> None:
        if wish is self._wish:
            self.planned.emit(trials)

    def _on_no_plan(self, wish: TrialWish, error: Exception) -> None:
        if wish is self._wish:
            self.plan_failed.emit(str(error) or type(error).__name__)

    def _settle(self, result: SeriesResult) -> None:
        self.branches = {one.trial.key: one.branch.id for one in result.results if isinstance(one, TrialResult)}
        self.ended.emit(result)
