"""Re-runs over sessions as a table: a row a session, what its checks came to, and a column a turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from app.application.rerunning import TrialResult
from app.application.session_reruns import summary_row
from app.domain.lab.summary import SummaryRow, total
from app.viewmodels.rerun_words import cell_words, turn_told

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtCore import QObject

    from app.application.rerunning import TrialUpdate
    from app.application.series import TrialFailure
    from app.application.session_reruns import Outcomes, PlannedRerun, RerunResult, RerunUpdate
    from app.application.trial_player import TurnResult
    from app.domain.lab.checks import CheckOutcome

Index = QModelIndex | QPersistentModelIndex
MarkRole: Final = Qt.ItemDataRole.UserRole + 1
"""Of a cell: ``failed``, ``changed``, ``same``, ``running`` or ``""``: what it means, for its colour."""
PlaceRole: Final = Qt.ItemDataRole.UserRole + 2
"""The ``RerunPlace`` that a cell opens; None where there is nothing yet."""
SortRole: Final = Qt.ItemDataRole.UserRole + 3
CountsRole: Final = Qt.ItemDataRole.UserRole + 4
"""The ``SummaryRow`` of the row."""
FIXED: Final = 5
"""Columns before the first turn: session, state, passed, failed, changed."""


@dataclass(frozen=True, slots=True)
class RerunPlace:
    """Where a cell leads: the recorded branch and the re-run side by side, at a position of the re-run."""

    session: str
    recorded: str
    rerun: str
    position: int


@dataclass(slots=True)
class _Row:
    """What is known of a session: what came of it, else how it stands in words."""

    planned: PlannedRerun
    result: TrialResult | TrialFailure | None = None
    checks: Mapping[int, Sequence[CheckOutcome]] | None = None
    running: str = ""
    counts: SummaryRow | None = None


class RerunTable(QAbstractTableModel):
    """Columns: session, state, passed, failed, changed, and one for each turn that was played."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        self._turns = 0
        self._known = 0
        self._is_playing = False

    # --- what it is told

    def show_plan(self, rows: Sequence[PlannedRerun]) -> None:
        self.beginResetModel()
        self._rows = [_Row(one) for one in rows]
        self._turns = self._known = 0
        for row in self._rows:
            self._count(row, {})
        self.endResetModel()

    def show_begun(self) -> None:
        """Playing begins, or goes on: what failed is tried again, the rest stays in view until it is read anew."""
        self._known, self._is_playing = 0, True
        for row in self._rows:
            if row.result is not None and not isinstance(row.result, TrialResult):
                row.result = None
                self._count(row, {})
        self._tell_all()

    def show_update(self, update: RerunUpdate) -> None:
        series = update.series
        self._show_results(series.outcomes, update.outcomes)
        if series.trial is not None and series.done < len(self._rows):
            told = self.tr("paused") if series.is_paused else self._running(series.current)
            self._set_running(series.done, told)

    def show_result(self, result: RerunResult) -> None:
        self._known = 0
        self._show_results(result.series.results, result.outcomes)
        self.show_stopped()

    def show_stopped(self) -> None:
        """Nothing is played any more."""
        self._is_playing = False
        for row in self._rows:
            row.running = ""
        self._tell_all()

    def _tell_all(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, self.columnCount() - 1))

    def total(self) -> dict[str, int]:
        """The counts of all rows together, as ``branchline rerun --json`` tells them."""
        return total([row.counts for row in self._rows if row.counts is not None])

    def _running(self, current: TrialUpdate | None) -> str:
        if current is None:
            return self.tr("running")
        told = self.tr("turn {turn} of {all}").format(turn=current.turn, all=current.turns)
        waits = {"loading": self.tr("loading"), "processing prompt": self.tr("reading")}.get(current.answer.phase)
        return f"{told} · {waits}" if waits else told

    def _set_running(self, number: int, told: str) -> None:
        if self._rows[number].running != told:
            self._rows[number].running = told
            self.dataChanged.emit(self.index(number, 1), self.index(number, 1))

    def _show_results(self, results: Sequence[TrialResult | TrialFailure], checks: Outcomes) -> None:
        fresh = range(self._known, min(len(results), len(self._rows)))
        for number in fresh:
            row, one = self._rows[number], results[number]
            row.result, row.running = one, ""
            self._make_room(max((turn.turn for turn in one.turns), default=0) if isinstance(one, TrialResult) else 0)
            self._count(row, checks)
        self._known = max(self._known, len(results))
        if fresh:
            self.dataChanged.emit(self.index(fresh[0], 0), self.index(fresh[-1], self.columnCount() - 1))

    def _count(self, row: _Row, checks: Outcomes) -> None:
        row.checks = checks.get(row.result.branch.id, {}) if isinstance(row.result, TrialResult) else {}
        row.counts = summary_row(row.planned.session, row.planned.trial, row.result, checks)

    def _make_room(self, turns: int) -> None:
        if turns > self._turns:
            self.beginInsertColumns(QModelIndex(), FIXED + self._turns, FIXED + turns - 1)
            self._turns = turns
            self.endInsertColumns()

    # --- what it tells

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.isValid() else FIXED + self._turns

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter if 1 < column < FIXED else None
        told: dict[int, Callable[[_Row, int], Any]] = {
            Qt.ItemDataRole.DisplayRole: self._text,
            Qt.ItemDataRole.ToolTipRole: self._told,
            MarkRole: self._mark,
            PlaceRole: self._place,
            SortRole: self._order,
            CountsRole: lambda row, _: row.counts,
        }
        return told[role](row, column) if role in told else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and 1 < section < FIXED:
            return Qt.AlignmentFlag.AlignCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        titles = (self.tr("Session"), self.tr("State"), self.tr("Passed"), self.tr("Failed"), self.tr("Changed"))
        if 0 <= section < FIXED:
            return titles[section]
        return self.tr("Turn {turn}").format(turn=section - FIXED + 1) if section < self.columnCount() else None

    def _text(self, row: _Row, column: int) -> str:
        if column == 0:
            return row.planned.session.header.title
        if column == 1:
            return self._state(row)
        if column >= FIXED:
            turn = self._turn(row, column)
            return cell_words(turn, self._checks(row, turn)) if turn is not None else ""
        counts = self._numbers(row)
        return f"{counts[column - 2]:,}" if counts is not None else ""

    def _state(self, row: _Row) -> str:
        if isinstance(row.result, TrialResult):
            return self.tr("done")
        if row.result is not None:
            return self.tr("failed")
        if row.running:
            return row.running
        if row.planned.completed:
            return self.tr("done earlier")
        return self.tr("waiting") if self._is_playing else self.tr("not played")

    def _told(self, row: _Row, column: int) -> str:
        if column >= FIXED and (turn := self._turn(row, column)) is not None:
            return turn_told(turn, self._checks(row, turn))
        if row.counts is not None and row.counts.reason:
            return row.counts.reason
        return self._text(row, column)

    def _numbers(self, row: _Row) -> tuple[int, int, int] | None:
        counts = row.counts
        if not isinstance(row.result, TrialResult) or counts is None:
            return None
        return counts.passed, counts.failed, counts.changed

    def _turn(self, row: _Row, column: int) -> TurnResult | None:
        if not isinstance(row.result, TrialResult):
            return None
        return next((one for one in row.result.turns if one.turn == column - FIXED + 1), None)

    def _checks(self, row: _Row, turn: TurnResult) -> Sequence[CheckOutcome]:
        return (row.checks or {}).get(turn.turn, ())

    def _mark(self, row: _Row, column: int) -> str:
        counts = row.counts
        if column == 1:
            failed = row.result is not None and not isinstance(row.result, TrialResult)
            return "failed" if failed else "running" if row.running else ""
        if column == 3:
            return "failed" if counts is not None and counts.failed else ""
        if column < FIXED or (turn := self._turn(row, column)) is None:
            return ""
        if any(one.passed is False for one in self._checks(row, turn)):
            return "failed"
        return "changed" if turn.is_changed else "same"

    def _place(self, row: _Row, column: int) -> RerunPlace | None:
        """Of a turn that turn; of the failures and changes the first such turn; of the rest the first one."""
        result = row.result
        if not isinstance(result, TrialResult) or not result.turns:
            return None
        if column >= FIXED:
            turn = self._turn(row, column)
        else:
            wanted = (
                one
                for one in result.turns
                if (column == 3 and any(check.passed is False for check in self._checks(row, one)))
                or (column == 4 and one.is_changed)
            )
            turn = next(wanted, result.turns[0])
        if turn is None:
            return None
        return RerunPlace(result.branch.session, result.trial.origin, result.branch.id, turn.position)

    def _order(self, row: _Row, column: int) -> Any:
        if 1 < column < FIXED:
            counts = self._numbers(row)
            return counts[column - 2] if counts is not None else -1
        if column >= FIXED:
            return ("failed", "changed", "same", "").index(self._mark(row, column))
        return self._text(row, column).casefold()
