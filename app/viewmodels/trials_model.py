"""The trials of a plan as a table: what each is asked with, and how it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from app.application.rerunning import TrialResult
from app.viewmodels.json_text import short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from app.application.series import SeriesResult, SeriesUpdate, TrialFailure
    from app.domain.lab.trials import Trial

Index = QModelIndex | QPersistentModelIndex
StateRole: Final = Qt.ItemDataRole.UserRole + 1
"""``waiting``, ``running``, ``done``, ``failed`` or ``stopped``."""
BranchRole: Final = Qt.ItemDataRole.UserRole + 2
"""Id of the branch that a trial was played on; empty where there is none."""


class TrialsModel(QAbstractTableModel):
    """Columns: the trial, its state, its answer."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._trials: tuple[Trial, ...] = ()
        self._states: list[tuple[str, str, str]] = []
        self._branches: list[str] = []

    def show_plan(self, trials: Sequence[Trial]) -> None:
        self.beginResetModel()
        self._trials = tuple(trials)
        self._states = [("waiting", self.tr("waiting"), "")] * len(self._trials)
        self._branches = [""] * len(self._trials)
        self.endResetModel()

    def show_update(self, update: SeriesUpdate) -> None:
        """Those before the one that runs are done, and what came of them is known."""
        self._show_outcomes(update.outcomes)
        if update.trial is None or update.done >= len(self._trials):
            return
        told, answer = self.tr("paused") if update.is_paused else self.tr("running"), ""
        if update.current is not None:
            current = update.current
            if current.turns > 1:
                told = self.tr("turn {turn} of {all}").format(turn=current.turn, all=current.turns)
            if update.tokens_per_second:
                told += self.tr(" · {rate} tokens/s").format(rate=f"{update.tokens_per_second:.0f}")
            answer = current.answer.text
        self._set(update.done, "running", told, answer)

    def show_result(self, result: SeriesResult) -> None:
        self._show_outcomes(result.results)
        self.show_stopped()

    def _show_outcomes(self, outcomes: Sequence[TrialResult | TrialFailure]) -> None:
        for row, one in enumerate(outcomes[: len(self._trials)]):
            if isinstance(one, TrialResult):
                self._branches[row] = one.branch.id
                last = one.turns[-1].rerun if one.turns else ""
                self._set(row, "done", self.tr("done"), last)
            else:
                self._set(row, "failed", self.tr("failed"), one.reason)

    def show_stopped(self) -> None:
        """Nothing is played any more."""
        for row, (state, _, answer) in enumerate(self._states):
            if state in ("waiting", "running"):
                self._set(row, "stopped", self.tr("not played"), answer)

    def show_waiting(self) -> None:
        """Playing goes on: what was not played waits again."""
        for row, (state, _, answer) in enumerate(self._states):
            if state == "stopped":
                self._set(row, "waiting", self.tr("waiting"), answer)

    def branches(self) -> tuple[str, ...]:
        """The branches of completed trials, in the order of the plan."""
        return tuple(branch for branch in self._branches if branch)

    def replayed(self) -> tuple[str, ...]:
        """The branches whose turns the plan plays again: what was recorded, to hold the answers against."""
        return tuple(dict.fromkeys(one.origin for one in self._trials if one.purpose == "rerun"))

    def _set(self, row: int, state: str, told: str, answer: str) -> None:
        fresh = (state, told, answer)
        if self._states[row] != fresh:
            self._states[row] = fresh
            self.dataChanged.emit(self.index(row, 0), self.index(row, 2))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.isValid() else len(self._trials)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, trial = index.row(), self._trials[index.row()]
        state, told, answer = self._states[row]
        if role == Qt.ItemDataRole.DisplayRole:
            return (trial.name or trial.recipe.label, told, short(answer, 200) if answer else "")[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return (trial.name or trial.recipe.label, told, short(answer, 1_000) if answer else "")[index.column()]
        if role == StateRole:
            return state
        if role == BranchRole:
            return self._branches[row]
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal and 0 <= section < 3:
            return (self.tr("Trial"), self.tr("State"), self.tr("Answer"))[section]
        return None
