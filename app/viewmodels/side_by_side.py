"""Branches side by side: which, what of them is shown, and where the playhead is among the turns."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.domain.compare.comparison import sorted_by
from app.domain.errors import Cancelled
from app.viewmodels.progress import ProgressReport
from app.viewmodels.side_by_side_rows import shown_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import SignalInstance

    from app.domain.compare.comparison import Comparison
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.services import Comparing
    from app.viewmodels.side_by_side_rows import ShownRow

Found = tuple["Comparison", "tuple[ShownRow, ...]"]


class SideBySide(QObject):
    """Lives in the main thread; aligning and comparing words go over the bridge.

    Signals:
        begun: another comparison is being made.
        ready: ``comparison`` and ``rows`` are new.
        rows_changed: other ``rows`` of the same comparison are shown.
        states_ready: ``comparison`` has the differences of state too, which come after the turns.
        progressed(int, object, str): done, of how many (None: unknown), at what.
        states_progressed(int, object, str): the same of the differences of state, while the turns are seen already.
        failed(str): one sentence.
        closed: nothing is compared any more.
    """

    begun = Signal()
    ready = Signal()
    rows_changed = Signal()
    states_ready = Signal()
    states_progressed = Signal(int, object, str)
    progressed = Signal(int, object, str)
    failed = Signal(str)
    closed = Signal()

    def __init__(self, comparing: Comparing, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._comparing, self._bridge = comparing, bridge
        self.comparison: Comparison | None = None
        self.rows: tuple[ShownRow, ...] = ()
        self.only_different = False
        self.words = True
        self.order: tuple[int, ...] = ()
        self._every: tuple[ShownRow, ...] = ()
        self._metric = ""
        self._session, self._branches = "", tuple[str, ...]()
        self._request = 0
        self._report: ProgressReport | None = None

    @property
    def branches(self) -> tuple[str, ...]:
        """Ids of what is compared or being compared, the baseline first; empty when nothing is."""
        return self._branches

    @property
    def columns(self) -> tuple[str, ...]:
        """The same as they stand beside each other, which is by a metric where one was chosen."""
        return tuple(self._branches[number] for number in self.order)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of ``columns``."""
        return tuple(self.comparison.names[number] for number in self.order) if self.comparison is not None else ()

    @property
    def session(self) -> str:
        return self._session

    def compare(self, session: str, branches: Sequence[str]) -> None:
        """Put 2 to 8 branches (ids) side by side; the first is the baseline."""
        self._session, self._branches = session, tuple(branches)
        self.begun.emit()
        self._ask()

    def refresh(self) -> None:
        """Compare the same branches again: one has grown, or an answer was rated."""
        if self._branches:
            self._ask()

    def set_baseline(self, branch: str) -> None:
        """Hold the others against this one."""
        if branch in self._branches and branch != self._branches[0]:
            self.compare(self._session, (branch, *(one for one in self._branches if one != branch)))

    def leave_out(self, branch: str) -> None:
        """Compare the others; with one left there is nothing to compare."""
        rest = tuple(one for one in self._branches if one != branch)
        if len(rest) > 1:
            self.compare(self._session, rest)
        else:
            self.close()

    def close(self) -> None:
        self.cancel()
        was = bool(self._branches)
        self.comparison, self.rows, self._every, self.order = None, (), (), ()
        self._session, self._branches = "", ()
        if was:
            self.closed.emit()

    def cancel(self) -> None:
        """Stop comparing; what is shown stays."""
        self._request += 1
        if self._report is not None:
            self._report.cancel()
            self._report = None

    def set_only_different(self, *, only: bool) -> None:
        self.only_different = only
        self._choose_rows()
        self.rows_changed.emit()

    def set_words(self, *, words: bool) -> None:
        """Whether differences are marked word by word."""
        if words == self.words:
            return
        self.words = words
        if self.comparison is None or not self.comparison.has_states:
            self.refresh()
            return
        report = self._begin(self.progressed)
        work = partial(shown_rows, self.comparison, words=words, progress=report)
        self._bridge.run(work, partial(self._on_rows, self._request), partial(self._on_failed, self._request))

    def sort_by(self, metric: str) -> None:
        """Put the branches in the order of a metric, best first; "" for the order in which they were chosen."""
        self._metric = metric
        self._choose_rows()
        self.rows_changed.emit()

    def row_at(self, branch: str, position: int) -> int | None:
        """Which of ``rows`` shows a position of a branch (id); None when none does."""
        if self.comparison is None or branch not in self._branches:
            return None
        number = self.comparison.row_at(self._branches.index(branch), position)
        return next((place for place, row in enumerate(self.rows) if row.number == number), None)

    def difference_from(self, row: int, direction: int) -> int | None:
        """Index into ``rows`` of the next (1) or previous (-1) turn that is not the same everywhere."""
        places = range(row + 1, len(self.rows)) if direction > 0 else range(min(row, len(self.rows)) - 1, -1, -1)
        return next((place for place in places if not self.rows[place].is_same), None)

    def _begin(self, progressed: SignalInstance) -> ProgressReport:
        """Stop what is being made; what is begun now tells its progress there."""
        self.cancel()
        self._report = ProgressReport(self._bridge, progressed.emit)
        return self._report

    def _ask(self) -> None:
        report = self._begin(self.progressed)
        work = partial(self._made, self._session, self._branches, words=self.words, report=report)
        self._bridge.run(work, partial(self._on_made, self._request), partial(self._on_failed, self._request))

    def _made(self, session: str, branches: Sequence[str], *, words: bool, report: ProgressReport) -> Found:
        found = self._comparing.compare(session, branches, with_states=False, progress=report)
        return found, shown_rows(found, words=words, progress=report)

    def _on_made(self, request: int, found: Found) -> None:
        if request != self._request:
            return
        self.comparison, self._every = found
        self._choose_rows()
        self.ready.emit()
        if request == self._request:  # whoever heard of it may have wished for something else
            report = self._begin(self.states_progressed)
            work = partial(self._comparing.with_states, found[0], progress=report)
            self._bridge.run(work, partial(self._on_states, self._request), partial(self._on_failed, self._request))

    def _on_states(self, request: int, found: Comparison) -> None:
        if request == self._request:
            self._report = None
            self.comparison = found
            self.states_ready.emit()

    def _on_rows(self, request: int, rows: tuple[ShownRow, ...]) -> None:
        if request == self._request:
            self._report = None
            self._every = rows
            self._choose_rows()
            self.rows_changed.emit()

    def _on_failed(self, request: int, error: Exception) -> None:
        if request != self._request or isinstance(error, Cancelled):
            return
        self._report = None
        if self.comparison is None:
            self._branches = ()
            self.closed.emit()
        self.failed.emit(str(error) or type(error).__name__)

    def _choose_rows(self) -> None:
        if self.comparison is None:
            self.order, self.rows = (), ()
            return
        plain = tuple(range(len(self.comparison.branches)))
        self.order = sorted_by(self.comparison, self._metric) if self._metric else plain
        shown = (row for row in self._every if not (self.only_different and row.is_same))
        self.rows = tuple(replace(row, cells=tuple(row.cells[number] for number in self.order)) for row in shown)
