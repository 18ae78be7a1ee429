"""The table of a re-run over sessions: sorted by any column, all rows or those that matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.viewmodels.rerun_table import FIXED, CountsRole, MarkRole, PlaceRole, RerunTable, SortRole

if TYPE_CHECKING:
    from app.ui.theme import Theme

_SESSION_PX: Final = 200
_COLUMN_PX: Final = 140
_COUNT_PX: Final = 76
Index = QModelIndex | QPersistentModelIndex


class _MarkDelegate(QStyledItemDelegate):
    """Failures in the colour of problems, what stayed the same muted; the words say so too."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        color = {"failed": self.theme.problem, "same": self.theme.muted}.get(index.data(MarkRole))
        if color is not None:
            for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
                option.palette.setColor(role, QColor(color))


class _Shown(QSortFilterProxyModel):
    """``wanted``: ``all``, or only sessions in which something ``failed`` or ``changed``."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.wanted = "all"
        self.setSortRole(SortRole)

    def show_only(self, wanted: str) -> None:
        self.beginFilterChange()
        self.wanted = wanted
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        counts = self.sourceModel().index(row, 0, parent).data(CountsRole)
        if self.wanted == "all" or counts is None:
            return True
        failed = counts.failed > 0 or counts.outcome == "failed"
        return bool(failed if self.wanted == "failed" else failed or counts.changed > 0)


class RerunTableView(QTableView):
    """Shows a ``RerunTable``.

    Signals:
        place_wanted(object): open the ``RerunPlace`` of the cell that was activated.
    """

    place_wanted = Signal(object)

    def __init__(self, theme: Theme, model: RerunTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reruns.table")
        self.setAccessibleName(self.tr("Sessions and what came of their turns"))
        self.shown = _Shown(self)
        self.shown.setSourceModel(model)
        self.setModel(self.shown)
        self._delegate = _MarkDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setDefaultSectionSize(_COLUMN_PX)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setSortingEnabled(True)
        self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)  # as they are played, until somebody asks
        self.set_widths()
        self.activated.connect(self._on_activated)
        model.modelReset.connect(self.set_widths)

    def set_theme(self, theme: Theme) -> None:
        self._delegate.theme = theme
        self.viewport().update()

    @Slot()
    def set_widths(self) -> None:
        self.setColumnWidth(0, _SESSION_PX)
        for column in range(2, FIXED):
            self.setColumnWidth(column, _COUNT_PX)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        if (place := index.data(PlaceRole)) is not None:
            self.place_wanted.emit(place)
