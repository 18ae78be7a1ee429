"""Find when: a condition on the state, where it becomes true, and the hits that are walked through."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.conditions import BadCondition, parse
from app.domain.errors import Cancelled
from app.viewmodels.progress import ProgressReport

if TYPE_CHECKING:
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.services import Services
    from app.viewmodels.workspace import Workspace

MOST_RECENT: Final = 12


def mistake(expression: str) -> tuple[int, str] | None:
    """(column from 1, one sentence) of what is wrong with a condition; None when it can be searched for."""
    try:
        parse(expression)
    except BadCondition as bad:
        return bad.column, str(bad).partition(": ")[2]
    return None


class FindWhen(QObject):
    """Searches one branch at a time off the main thread.

    Signals:
        hits_changed(object): positions where the condition becomes true, rising; empty when none are known.
        reached(int): the person shall be taken to this hit.
        told(str): what is going on or came of it, in words; empty when nothing is.
        running_changed(bool): a search runs, and may be stopped.
        recent_changed(object): the expressions searched for last, newest first.
    """

    hits_changed = Signal(object)
    reached = Signal(int)
    told = Signal(str)
    running_changed = Signal(bool)
    recent_changed = Signal(object)

    def __init__(self, services: Services, bridge: Bridge, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._finding, self._bridge, self._workspace = services.finding, bridge, workspace
        self.hits: tuple[int, ...] = ()
        self.recent: tuple[str, ...] = ()
        self._expression = ""
        self._is_complete = False
        self._report: ProgressReport | None = None
        self._request = 0
        self._branch = ""
        workspace.branch_changed.connect(self._on_branch_changed)
        workspace.playhead_moved.connect(self._tell_place)

    @property
    def is_running(self) -> bool:
        return self._report is not None

    def find_all(self, expression: str) -> None:
        """Every position; then to the first at or after the playhead."""
        self._find(expression, 0, None)

    def find_first(self, expression: str) -> None:
        """The first position of the branch, and there."""
        self._find(expression, 0, 1)

    def find_next(self, expression: str) -> None:
        """The next position after the playhead, and there; from the hits when all are known."""
        if self._knows(expression):
            self.hop(1)
        elif self._workspace.playhead < self._workspace.head:
            self._find(expression, self._workspace.playhead + 1, 1)
        else:
            self.told.emit(self.tr("Here the branch ends."))

    def find_previous(self, expression: str) -> None:
        """The hit before the playhead; finds all first when they are not known."""
        if self._knows(expression):
            self.hop(-1)
        else:
            self.find_all(expression)

    def hop(self, direction: int) -> None:
        """To the next (1) or previous (-1) hit, around the end."""
        if not self.hits:
            return
        here = self._workspace.playhead
        place = bisect_right(self.hits, here) if direction > 0 else bisect_left(self.hits, here) - 1
        self.reached.emit(self.hits[place % len(self.hits)])

    @Slot()
    def stop(self) -> None:
        """End the search that runs; nothing is found."""
        if self._report is not None:
            self._report.cancel()
            self._ended()
            self.told.emit(self.tr("Stopped."))

    @Slot()
    def clear(self) -> None:
        """Forget the hits."""
        if self._report is not None:
            self._report.cancel()
            self._ended()
        self._take((), is_complete=False)
        self._expression = ""
        self.told.emit("")

    def _knows(self, expression: str) -> bool:
        return self._is_complete and expression.strip() == self._expression

    def _find(self, expression: str, first: int, limit: int | None) -> None:
        branch, expression = self._workspace.branch, expression.strip()
        if branch is None or mistake(expression) is not None:
            return
        if self._report is not None:
            self._report.cancel()
        self._request += 1
        self._expression = expression
        self._remember(expression)
        self._report = ProgressReport(self._bridge, partial(self._on_progressed, self._request))
        self.running_changed.emit(True)
        self.told.emit(self.tr("Searching…"))
        work = partial(
            self._finding.find, branch.id, expression, first=first, last=None, limit=limit, progress=self._report
        )
        done = partial(self._on_found, self._request, first, limit)
        self._bridge.run_latest("find when", work, done, partial(self._on_failed, self._request))

    def _remember(self, expression: str) -> None:
        self.set_recent((expression, *(one for one in self.recent if one != expression)))

    def set_recent(self, expressions: tuple[str, ...]) -> None:
        self.recent = expressions[:MOST_RECENT]
        self.recent_changed.emit(self.recent)

    def _ended(self) -> None:
        self._request += 1
        self._report = None
        self.running_changed.emit(False)

    def _take(self, hits: tuple[int, ...], *, is_complete: bool) -> None:
        self._is_complete = is_complete
        if hits != self.hits:
            self.hits = hits
            self.hits_changed.emit(hits)

    def _on_progressed(self, request: int, done: int, total: int | None, what: str) -> None:
        if request == self._request:
            share = f" {done * 100 // total} %" if total else ""
            self.told.emit(f"{what}{share}")

    def _on_found(self, request: int, first: int, limit: int | None, hits: tuple[int, ...]) -> None:
        if request != self._request:
            return
        self._ended()
        self._take(hits, is_complete=limit is None)
        if not hits:
            nowhere = self.tr("It becomes true nowhere on this branch.")
            self.told.emit(nowhere if first == 0 else self.tr("It becomes true nowhere after here."))
            return
        ahead = bisect_left(hits, self._workspace.playhead) if limit is None else 0
        self.reached.emit(hits[ahead % len(hits)])
        self._tell_place()

    def _on_failed(self, request: int, error: Exception) -> None:
        if request == self._request:
            self._ended()
            self._take((), is_complete=False)
            stopped = isinstance(error, Cancelled)
            self.told.emit(self.tr("Stopped.") if stopped else str(error) or type(error).__name__)

    @Slot()
    def _tell_place(self) -> None:
        if not self.hits or self.is_running:
            return
        here, every = self._workspace.playhead, len(self.hits)
        place = bisect_right(self.hits, here)
        if not self._is_complete:
            self.told.emit(self.tr("event {position}").format(position=f"{self.hits[0]:,}"))
        elif place and self.hits[place - 1] == here:
            self.told.emit(self.tr("hit {place} of {all}").format(place=f"{place:,}", all=f"{every:,}"))
        else:
            self.told.emit(self.tr("{all} hits, {passed} before here").format(all=f"{every:,}", passed=f"{place:,}"))

    @Slot(object)
    def _on_branch_changed(self) -> None:
        branch = self._workspace.branch
        if branch is not None and branch.id != self._branch:
            self._branch = branch.id
            self.clear()
        elif self._is_complete:
            self._is_complete = False
