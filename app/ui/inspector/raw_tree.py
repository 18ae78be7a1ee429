"""The whole state as a JSON tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QFrame, QHeaderView, QTreeView

from app.ui.write_guard import hold_back
from app.viewmodels.json_text import pretty
from app.viewmodels.json_tree import JsonTree
from app.viewmodels.what_if.subjects import is_changeable_value

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_COPIED_CHARACTERS = 2_000_000


class RawTree(QTreeView):
    """Unfolds lazily; what is unfolded and where it is scrolled outlives a change of the moment.

    Signals:
        history_requested(str): the history of the value at this JSON pointer is wanted.
        edit_requested(str): change the value at this JSON pointer on a branch.
    """

    history_requested = Signal(str)
    edit_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tree = JsonTree(self)
        self._unfolded: set[str] = set()
        self._restoring = False
        self.setModel(self._tree)
        self.setAccessibleName(self.tr("State as JSON"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setIndentation(14)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.header().setStretchLastSection(True)
        self.setColumnWidth(0, 170)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._add_action(self.tr("History of this field"), self._on_history_wanted, "Return")
        self._edit = self._add_action(self.tr("Edit on a branch…"), self._on_edit_wanted)
        self._add_action(self.tr("Copy path"), self._on_copy_path, "Ctrl+Shift+C")
        self._add_action(self.tr("Copy value"), self._on_copy_value, "Ctrl+C")
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.expanded.connect(self._on_expanded)
        self.collapsed.connect(self._on_collapsed)

    def _add_action(self, text: str, slot: Any, keys: str = "") -> QAction:
        action = QAction(text, self)
        action.setShortcut(keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(slot)
        self.addAction(action)
        return action

    @Slot(QModelIndex)
    def _on_current_changed(self, current: QModelIndex) -> None:
        self._edit.setVisible(is_changeable_value(self._tree.path_of(current) if current.isValid() else ""))
        hold_back(self, self._edit)

    def show_state(self, state: Any) -> None:
        scrolled = self.verticalScrollBar().value()
        current = self._tree.path_of(self.currentIndex())
        self._restoring = True
        self._tree.show_value(state)
        if self._tree.canFetchMore(QModelIndex()):
            self._tree.fetchMore(QModelIndex())
        for path in sorted(self._unfolded):
            index = self._tree.find(path)
            if index.isValid():
                self.setExpanded(index, True)
        self._restoring = False
        if current and (index := self._tree.find(current)).isValid():
            self.setCurrentIndex(index)
        self.executeDelayedItemsLayout()
        self.verticalScrollBar().setValue(scrolled)

    @Slot(QModelIndex)
    def _on_expanded(self, index: QModelIndex) -> None:
        if not self._restoring:
            self._unfolded.add(self._tree.path_of(index))

    @Slot(QModelIndex)
    def _on_collapsed(self, index: QModelIndex) -> None:
        if not self._restoring:
            self._unfolded.discard(self._tree.path_of(index))

    def selected_pointer(self) -> str:
        """The JSON pointer of the current row; empty when there is none."""
        return self._tree.path_of(self.currentIndex()) if self.currentIndex().isValid() else ""

    @Slot()
    def _on_history_wanted(self) -> None:
        if pointer := self.selected_pointer():
            self.history_requested.emit(pointer)

    @Slot()
    def _on_edit_wanted(self) -> None:
        if pointer := self.selected_pointer():
            self.edit_requested.emit(pointer)

    @Slot()
    def _on_copy_path(self) -> None:
        if self.currentIndex().isValid():
            QGuiApplication.clipboard().setText(self._tree.path_of(self.currentIndex()))

    @Slot()
    def _on_copy_value(self) -> None:
        if self.currentIndex().isValid():
            value = self._tree.value_of(self.currentIndex())
            text = value if isinstance(value, str) else pretty(value, _COPIED_CHARACTERS, _COPIED_CHARACTERS).text
            QGuiApplication.clipboard().setText(text)
