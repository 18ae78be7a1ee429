"""Plans what-ifs beside the main thread: the newest wish only, then what was planned is made."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.domain.errors import Cancelled
from app.viewmodels.progress import ProgressReport

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.application.what_if.plans import Plan
    from app.domain.branches import Branch
    from app.domain.edits import Edit
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.services import WhatIfs


class WhatIfPlanning(QObject):
    """One what-if at a time.

    Signals:
        planned(object): the ``Plan`` of the newest wish; nothing is written.
        refused(str): why it makes no sense, in one sentence.
        made(object): the ``Branch`` that was made, or has grown.
        failed(str): it could not be made.
        progressed(int, int, str): done, of how many (0: nobody knows), what.
    """

    planned = Signal(object)
    refused = Signal(str)
    made = Signal(object)
    failed = Signal(str)
    progressed = Signal(int, int, str)

    def __init__(self, what_ifs: WhatIfs, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._what_ifs, self._bridge = what_ifs, bridge
        self._wish = 0
        self._report: ProgressReport | None = None

    def plan_edit(self, branch: str, at: int, edit: Edit, *, reapply: bool, onto: bool) -> None:
        def plan(report: ProgressReport) -> Plan:
            report(0, None, "")  # a wish that was overtaken is not planned at all
            return self._what_ifs.plan_edit(branch, at, edit, reapply=reapply, onto=onto)

        self._plan(plan)

    def plan_leave_out(self, branch: str, at: int, *, keep_dependents: bool) -> None:
        def plan(report: ProgressReport) -> Plan:
            return self._what_ifs.plan_leave_out(branch, at, keep_dependents=keep_dependents, progress=report)

        self._plan(plan)

    def make(self, plan: Plan, name: str) -> None:
        """Write what was planned; ``made`` or ``failed`` follows."""
        report = self._new_report()
        work = partial(self._what_ifs.make, plan, name, report)
        self._bridge.run(work, partial(self._on_made, self._wish), partial(self._on_failed, self._wish))

    def cancel(self) -> None:
        """Stop; nothing is told any more of what was asked for."""
        self._wish += 1
        if self._report is not None:
            self._report.cancel()

    def stop(self) -> None:
        """Stop what is being written; ``failed`` tells what came of it."""
        if self._report is not None:
            self._report.cancel()

    def _plan(self, plan: Callable[[ProgressReport], Plan]) -> None:
        report = self._new_report()
        work = partial(plan, report)
        done, failed = partial(self._on_planned, self._wish), partial(self._on_refused, self._wish)
        self._bridge.run_latest("what-if", work, done, failed)

    def _new_report(self) -> ProgressReport:
        self.cancel()
        self._report = ProgressReport(self._bridge, partial(self._on_progressed, self._wish))
        return self._report

    def _on_progressed(self, wish: int, done: int, total: int | None, what: str) -> None:
        if wish == self._wish:
            self.progressed.emit(done, total or 0, what)

    def _on_planned(self, wish: int, plan: Plan) -> None:
        if wish == self._wish:
            self.planned.emit(plan)

    def _on_refused(self, wish: int, error: Exception) -> None:
        if wish == self._wish and not isinstance(error, Cancelled):
            self.refused.emit(str(error) or type(error).__name__)

    def _on_made(self, wish: int, branch: Branch) -> None:
        if wish == self._wish:
            self.made.emit(branch)

    def _on_failed(self, wish: int, error: Exception) -> None:
        if wish == self._wish:
            self.failed.emit(str(error) or type(error).__name__)
