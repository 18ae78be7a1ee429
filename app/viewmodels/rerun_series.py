"""Re-runs over sessions in the window: a plan that may take a while, and its queue while it is played."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.domain.errors import Cancelled
from app.viewmodels.progress import ProgressReport
from app.viewmodels.series_run import SeriesRun

if TYPE_CHECKING:
    from app.application.rerun_wish import RerunWish
    from app.application.session_reruns import RerunPlan
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.lab_services import SessionReruns
    from app.viewmodels.services import Io


class RerunSeries(SeriesRun):
    """Lives in the main thread; its updates are ``RerunUpdate``, its end is a ``RerunResult``.

    Signals:
        planned(object): the ``RerunPlan`` of the wish that was last asked about.
        plan_failed(str): why there is no plan.
        planning(int, int): so many sessions of so many are planned.
    """

    planned = Signal(object)
    plan_failed = Signal(str)
    planning = Signal(int, int)

    def __init__(self, reruns: SessionReruns, io: Io, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(io, bridge, parent)
        self._reruns = reruns
        self._report: ProgressReport | None = None

    def ask_plan(self, wish: RerunWish) -> None:
        """Work out what a wish comes to; one that is being worked out already is given up."""
        self.forget_plan()
        report = self._report = ProgressReport(self._bridge, self._on_progressed)
        work = partial(self._reruns.plan, wish, report)
        self._bridge.run_latest("reruns", work, partial(self._on_planned, report), partial(self._on_no_plan, report))

    def forget_plan(self) -> None:
        """Nobody waits for a plan any more."""
        if self._report is not None:
            self._report.cancel()
        self._report = None

    def start(self, plan: RerunPlan) -> None:
        """Play a plan. What was completed before is read, not played."""
        if not self.is_running:
            self.play(partial(self._reruns.run, plan))

    def close(self) -> None:
        self.forget_plan()
        self.stop()

    def _on_progressed(self, done: int, total: int | None, what: str) -> None:  # noqa: ARG002 -- a Progress
        self.planning.emit(done, total or 0)

    def _on_planned(self, report: ProgressReport, plan: RerunPlan) -> None:
        if report is self._report:
            self.planned.emit(plan)

    def _on_no_plan(self, report: ProgressReport, error: Exception) -> None:
        if report is self._report and not isinstance(error, Cancelled):
            self.plan_failed.emit(str(error) or type(error).__name__)
