"""What blind judgements come to: a line a branch, the one liked best first, and every pair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QPlainTextEdit, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from app.domain.compare.judging import standings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.domain.compare.judging import Standing, Tally

_PAIRS_PX = 150
_ROW_PX = 28


class JudgedResult(QWidget):
    """Shows what it is given."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        titles = (self.tr("Branch"), self.tr("Better"), self.tr("Worse"), self.tr("The same"), self.tr("Sign test p"))
        self.table = QTableWidget(0, len(titles))
        self.table.setAccessibleName(self.tr("Branches by how often they were liked better"))
        self.table.setHorizontalHeaderLabels(titles)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(_ROW_PX)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.pairs = QPlainTextEdit()
        self.pairs.setReadOnly(True)
        self.pairs.setTabChangesFocus(True)
        self.pairs.setMaximumHeight(_PAIRS_PX)
        self.pairs.setAccessibleName(self.tr("Every pair"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        column.addWidget(self.pairs)

    def show_tallies(self, tallies: Sequence[Tally], names: Mapping[str, str]) -> None:
        """``names`` of the branches, by id."""
        found = standings(tallies)
        self.table.setRowCount(len(found))
        for row, one in enumerate(found):
            for column, text in enumerate(_cells(one, names)):
                item = QTableWidgetItem(text)
                if column:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(row, column, item)
        self.pairs.setPlainText("\n".join(self._pair(one, names) for one in tallies))

    def _pair(self, tally: Tally, names: Mapping[str, str]) -> str:
        return self.tr("{one} {wins} : {losses} {other}, {ties} the same · sign test p = {p}").format(
            one=names[tally.one],
            wins=tally.wins_one,
            losses=tally.wins_other,
            other=names[tally.other],
            ties=tally.ties,
            p=f"{tally.p_value:.3g}",
        )


def _cells(one: Standing, names: Mapping[str, str]) -> tuple[str, ...]:
    return names[one.branch], str(one.better), str(one.worse), str(one.ties), f"{one.p_value:.3g}"
