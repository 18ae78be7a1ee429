"""A tree of rows that stays as the person left it when the moment changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QStackedLayout, QTreeView, QWidget

from app.ui.inspector.row_delegate import RowDelegate
from app.ui.widgets.empty_state import EmptyState
from app.ui.write_guard import hold_back
from app.viewmodels.tree_rows import TreeRows
from app.viewmodels.what_if.subjects import is_changeable_value

if TYPE_CHECKING:
    from app.ui.theme import Theme
    from app.viewmodels.tree_rows import Row


class RowTree(QWidget):
    """Rows, or one sentence when there are none.

    Signals:
        position_requested: a row that names an event was clicked, or Enter was pressed on it.
        history_requested(str): the history of the value at this JSON pointer is wanted.
        edit_requested(str): change the value at this JSON pointer on a branch.
        row_selected(object): the ``Row`` that is current now.
    """

    position_requested = Signal(int)
    history_requested = Signal(str)
    edit_requested = Signal(str)
    row_selected = Signal(object)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = TreeRows(self)
        self._unfolded: dict[tuple[str, ...], bool] = {}
        self._restoring = False
        self.view = _View(self)
        self.view.setAccessibleName(name)
        self.view.setModel(self.rows)
        self.view.setColumnHidden(1, True)
        self._delegate = RowDelegate(theme, self.view)
        self.view.setItemDelegate(self._delegate)
        self.empty = EmptyState("", self)
        self.empty.set_theme(theme)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        self.view.clicked.connect(self._on_clicked)
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)
        self._history = QAction(self.tr("History of this field"), self.view)
        self._history.triggered.connect(self._on_history_wanted)
        self.view.addAction(self._history)
        self._edit = QAction(self.tr("Edit on a branch…"), self.view)
        self._edit.triggered.connect(self._on_edit_wanted)
        self.view.addAction(self._edit)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.view.expanded.connect(self._on_expanded)
        self.view.collapsed.connect(self._on_collapsed)

    def set_theme(self, theme: Theme) -> None:
        self._delegate.theme = theme
        self.view.scheduleDelayedItemsLayout()
        self.empty.set_theme(theme)
        self.view.viewport().update()

    def show_rows(self, rows: tuple[Row, ...], otherwise: str) -> None:
        """Show rows; ``otherwise`` is the sentence for when there are none."""
        scrolled = self.view.verticalScrollBar().value()
        current = self.rows.keys_of(self.view.currentIndex())
        self._restoring = True
        for index in self.rows.show_rows(rows):
            self._fold_as_before(index)
        self._restoring = False
        if current and self.rows.keys_of(self.view.currentIndex()) != current:
            self.view.setCurrentIndex(self.rows.find(current))
        self.empty.setText(otherwise)
        self._stack.setCurrentWidget(self.view if rows else self.empty)
        self.view.verticalScrollBar().setValue(scrolled)

    def _fold_as_before(self, index: QModelIndex) -> None:
        wanted = self._unfolded.get(self.rows.keys_of(index), self.rows.row_at(index).unfolded)
        if wanted != self.view.isExpanded(index):
            self.view.setExpanded(index, wanted)
        for number in range(self.rows.rowCount(index)) if wanted else ():
            child = self.rows.index(number, 0, index)
            if self.rows.rowCount(child):
                self._fold_as_before(child)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self.go_to(index)

    def go_to(self, index: QModelIndex) -> None:
        """To the event that a row names; else to the history of the value that it shows."""
        if not index.isValid():
            return
        row = self.rows.row_at(index)
        if row.position is not None:
            self.position_requested.emit(row.position)
        elif row.pointer:
            self.history_requested.emit(row.pointer)

    def selected_pointer(self) -> str:
        """The JSON pointer of the current row; empty when it shows no value of the state."""
        index = self.view.currentIndex()
        return self.rows.row_at(index).pointer if index.isValid() else ""

    @Slot()
    def _on_history_wanted(self) -> None:
        if pointer := self.selected_pointer():
            self.history_requested.emit(pointer)

    @Slot()
    def _on_edit_wanted(self) -> None:
        if pointer := self.selected_pointer():
            self.edit_requested.emit(pointer)

    @Slot(QModelIndex)
    def _on_current_changed(self, index: QModelIndex) -> None:
        row = self.rows.row_at(index) if index.isValid() else None
        self._history.setEnabled(row is not None and bool(row.pointer))
        self._edit.setVisible(row is not None and is_changeable_value(row.pointer))
        hold_back(self, self._edit)
        self.row_selected.emit(row)

    @Slot(QModelIndex)
    def _on_expanded(self, index: QModelIndex) -> None:
        self._note(index, unfolded=True)

    @Slot(QModelIndex)
    def _on_collapsed(self, index: QModelIndex) -> None:
        self._note(index, unfolded=False)

    def _note(self, index: QModelIndex, *, unfolded: bool) -> None:
        if not self._restoring:
            self._unfolded[self.rows.keys_of(index)] = unfolded


class _View(QTreeView):
    """Enter goes to the event of the row, Ctrl+C copies the row."""

    def __init__(self, owner: RowTree) -> None:
        super().__init__(owner)
        self._owner = owner
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHeaderHidden(True)
        self.setIndentation(14)
        self.setAnimated(False)
        self.setMouseTracking(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._owner.go_to(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy) and self.currentIndex().isValid():
            row = self._owner.rows.row_at(self.currentIndex())
            QGuiApplication.clipboard().setText("\t".join(part for part in (row.label, row.value) if part))
        else:
            super().keyPressEvent(event)
