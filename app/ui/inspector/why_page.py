"""The pinned field: why it is what it is, every event that changed it, and each change word by word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from app.ui.inspector.difference_text import DifferenceText
from app.ui.inspector.row_tree import RowTree
from app.ui.transport.elided_label import ElidedLabel
from app.ui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from app.ui.theme import Theme
    from app.viewmodels.tree_rows import Row


class WhyPage(QWidget):
    """Rows come from ``why_rows``.

    Signals:
        position_requested(int): the person wants to go to an event named here.
        unpin_requested: the field shall not be followed any more.
        cancel_requested: stop reading.
    """

    position_requested = Signal(int)
    unpin_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = ElidedLabel()
        self.title.setAccessibleName(self.tr("Pinned field"))
        self.unpin = QPushButton(self.tr("Unpin"))
        self.unpin.setToolTip(self.tr("Do not follow this field any more"))
        self.unpin.clicked.connect(self.unpin_requested)
        self.stop = QPushButton(self.tr("Stop"))
        self.stop.setToolTip(self.tr("Stop reading the history"))
        self.stop.clicked.connect(self.cancel_requested)
        self.progress = ElidedLabel()
        self.progress.setProperty("tone", "caption")
        self.progress.setAccessibleName(self.tr("Progress"))
        self.tree = RowTree(theme, self.tr("Why, and every change of the pinned field"))
        self.words = DifferenceText(theme)
        self.empty = EmptyState(
            self.tr("Click a value in the state, or press Enter on it, to see every event that changed it."), self
        )
        self._content = self._arranged()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._content)
        self._stack.addWidget(self.empty)
        self.tree.position_requested.connect(self.position_requested)
        self.tree.row_selected.connect(self._on_row_selected)
        self.set_theme(theme)
        self.set_pointer("")

    def _arranged(self) -> QWidget:
        content = QWidget(self)
        head = QHBoxLayout()
        head.setContentsMargins(12, 6, 8, 0)
        head.addWidget(self.title, 1)
        head.addWidget(self.unpin)
        self._busy = QWidget()
        busy = QHBoxLayout(self._busy)
        busy.setContentsMargins(12, 0, 8, 0)
        busy.addWidget(self.progress, 1)
        busy.addWidget(self.stop)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.tree)
        parts.addWidget(self.words)
        parts.setStretchFactor(0, 3)
        parts.setStretchFactor(1, 1)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._busy)
        column.addWidget(parts, 1)
        return content

    def set_theme(self, theme: Theme) -> None:
        self.empty.set_theme(theme)
        self.tree.set_theme(theme)
        self.words.set_theme(theme)

    def set_pointer(self, pointer: str) -> None:
        """Show which field is pinned; with an empty pointer, that none is."""
        self.title.set_text(pointer)
        self.words.show_row(None)
        self.set_progress("")
        self._stack.setCurrentWidget(self._content if pointer else self.empty)

    def set_progress(self, what: str) -> None:
        self.progress.set_text(what)
        self._busy.setVisible(bool(what))

    def show_rows(self, rows: tuple[Row, ...], otherwise: str) -> None:
        self.tree.show_rows(rows, otherwise)

    @Slot(object)
    def _on_row_selected(self, row: Row | None) -> None:
        if row is None or row.texts is not None:
            self.words.show_row(row)
