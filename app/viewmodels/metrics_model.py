"""Measures of the compared branches as a table: a row a metric, a column a branch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from app.domain.compare.metrics import METRICS
from app.viewmodels.metric_words import branch_words, title_of
from app.viewmodels.short_names import short_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from app.domain.compare.comparison import ComparedBranch
    from app.domain.compare.metrics import Metric

Index = QModelIndex | QPersistentModelIndex
BestRole: Final = Qt.ItemDataRole.UserRole + 1
"""Whether no other branch is better at it, where one can be."""
_JUDGED: Final = frozenset(
    {"tokens_per_second", "first_token_ms", "latency_ms", "truncated", "cut_short", "failed", "checks_passed", "rating"}
)
"""Lengths, calls and likeness tell that answers differ, not which is better."""


class MetricsModel(QAbstractTableModel):
    """Only metrics that at least one branch tells."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._branches: tuple[ComparedBranch, ...] = ()
        self._metrics: tuple[Metric, ...] = ()

    def show_branches(self, branches: Sequence[ComparedBranch]) -> None:
        self.beginResetModel()
        self._branches = tuple(branches)
        self._metrics = tuple(
            metric for metric in METRICS if any(one.metrics.values[metric.name] is not None for one in branches)
        )
        self.endResetModel()

    def metric_at(self, row: int) -> Metric:
        return self._metrics[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.isValid() else len(self._metrics)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.isValid() else len(self._branches)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        metric, branch = self._metrics[index.row()], self._branches[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return branch_words(metric, branch.metrics)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == BestRole:
            return self._is_best(metric, branch)
        return None

    def _is_best(self, metric: Metric, branch: ComparedBranch) -> bool:
        told = [value for one in self._branches if (value := one.metrics.values[metric.name]) is not None]
        own = branch.metrics.values[metric.name]
        if metric.name not in _JUDGED or metric.better == "neither" or own is None or len(set(told)) < 2:
            return False
        return own == (max(told) if metric.better == "more" else min(told))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if orientation == Qt.Orientation.Horizontal:
            names = [one.name for one in self._branches]
            told = short_names(names) if role == Qt.ItemDataRole.DisplayRole else names
            return told[section] if 0 <= section < len(told) else None
        return title_of(self._metrics[section]) if 0 <= section < len(self._metrics) else None
