"""What the state of a compared branch has otherwise than the baseline's, both at their ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from app.ui.inspector.difference_text import DifferenceText
from app.ui.inspector.row_tree import RowTree
from app.viewmodels.compared_state_rows import compared_state_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.compare.comparison import Comparison
    from app.ui.theme import Theme


class StatesPage(QWidget):
    """One branch at a time: its lists of recommendations, then every difference of state word by word."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._comparison: Comparison | None = None
        self.which = QComboBox()
        self.which.setAccessibleName(self.tr("Branch whose state is compared with the baseline's"))
        self._said = QLabel()
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._said.setProperty("tone", "muted")
        self.tree = RowTree(theme, self.tr("Differences of state"))
        self.words = DifferenceText(theme)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self.tree)
        split.addWidget(self.words)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 1)
        line = QHBoxLayout()
        line.setContentsMargins(8, 4, 8, 0)
        line.addWidget(self.which)
        line.addWidget(self._said, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(line)
        column.addWidget(split, 1)
        self.which.currentIndexChanged.connect(self._on_chosen)
        self.tree.row_selected.connect(self.words.show_row)

    def set_theme(self, theme: Theme) -> None:
        self.tree.set_theme(theme)
        self.words.set_theme(theme)

    def show_comparison(self, comparison: Comparison | None, order: Sequence[int]) -> None:
        chosen = self.which.currentData()
        self._comparison = comparison
        self.which.blockSignals(True)
        self.which.clear()
        if comparison is not None:
            for number in order:
                if number:
                    self.which.addItem(comparison.branches[number].name, comparison.branches[number].branch.id)
        self.which.setCurrentIndex(max(self.which.findData(chosen), 0))
        self.which.blockSignals(False)
        self._on_chosen()

    def show_waiting(self, sentence: str) -> None:
        """Say what is going on while there is nothing to see yet."""
        self._said.setText(sentence)
        self.tree.show_rows((), "")

    @Slot()
    def _on_chosen(self) -> None:
        found = self._comparison
        other = (
            next((one for one in found.branches if one.branch.id == self.which.currentData()), None) if found else None
        )
        if found is None or other is None:
            self.show_waiting("")
            return
        base = found.branches[0]
        if not found.has_states:
            self.show_waiting(self.tr("Comparing states…"))
            return
        self._said.setText(
            self.tr("at event {at}, held against {name} at event {other}").format(
                at=f"{other.at:,}", name=base.name, other=f"{base.at:,}"
            )
        )
        self.tree.show_rows(compared_state_rows(other), self.tr("Beside the conversation their states are the same."))
