"""The notebook panel: what was noted in this session, in order of position."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QListView,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.notebook.entry_card import Draft, EntryCard
from app.ui.notebook.row_delegate import NotebookDelegate
from app.ui.theme import GRID_PX, GROUP_PX
from app.ui.widgets.empty_state import EmptyState
from app.ui.write_guard import hold_back, may_write
from app.viewmodels.notebook_model import NotebookModel, NotebookRole
from app.viewmodels.notebook_rows import kind_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.actions import Actions
    from app.ui.theme import Theme
    from app.viewmodels.marks import MarkKind
    from app.viewmodels.notebook_rows import NotebookRow

_BUTTONS: Final = ("set_marker", "write_note", "add_tag", "rate", "undo_note")
_KINDS: Final[tuple[MarkKind, ...]] = ("marker", "note", "tag", "rating", "derived", "breadcrumb")


class NotebookPanel(QWidget):
    """Shows rows and asks for changes; it changes nothing itself.

    Signals:
        row_chosen(object): go to the event of this ``NotebookRow``.
        draft_accepted(object): keep this ``Draft``.
        remove_requested(object): take this row's entry off.
        keep_requested(object): make a marker of this breadcrumb row.
    """

    row_chosen = Signal(object)
    draft_accepted = Signal(object)
    remove_requested = Signal(object)
    keep_requested = Signal(object)

    def __init__(self, theme: Theme, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = NotebookModel(self)
        self._list = QListView(self)
        self._delegate = NotebookDelegate(theme, self._list)
        self._filter = QComboBox(self)
        self._card = EntryCard(self)
        self._pages = QStackedWidget(self)
        self._empty = EmptyState("", self)
        self._copy = actions["copy_notebook"]
        self._tags: Sequence[str] = ()
        self._build(actions)
        self.set_theme(theme)
        self.set_rows((), ())

    def _build(self, actions: Actions) -> None:
        self._prepare_list()
        self._card.accepted.connect(self.draft_accepted)
        self._pages.addWidget(self._list)
        self._pages.addWidget(self._empty)
        card = QVBoxLayout()
        card.setContentsMargins(GROUP_PX, 0, GROUP_PX, 0)
        card.addWidget(self._card)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GRID_PX, 0, 0)
        layout.setSpacing(GRID_PX)
        layout.addLayout(self._header(actions))
        layout.addLayout(card)
        layout.addWidget(self._pages, 1)

    def _header(self, actions: Actions) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(GROUP_PX, 0, GROUP_PX, 0)
        row.setSpacing(0)
        self._filter.setAccessibleName(self.tr("Show only"))
        self._filter.setMinimumContentsLength(3)
        self._filter.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._filter.addItem(self.tr("All"), "")
        for kind in _KINDS:
            self._filter.addItem(kind_title(kind), kind)
        self._filter.view().setMinimumWidth(130)
        self._filter.activated.connect(self._on_kind_chosen)
        row.addWidget(self._filter, 1)
        for action_id in _BUTTONS:
            button = QToolButton(self)
            button.setDefaultAction(actions[action_id])
            button.setAccessibleName(actions[action_id].text())
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            row.addWidget(button)
        return row

    def _prepare_list(self) -> None:
        view = self._list
        view.setObjectName("notebook.list")
        view.setAccessibleName(self.tr("Notebook"))
        view.setModel(self._model)
        view.setItemDelegate(self._delegate)
        view.setMouseTracking(True)
        view.setMinimumHeight(60)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._on_menu_wanted)
        view.activated.connect(self._on_activated)
        view.clicked.connect(self._on_activated)
        view.doubleClicked.connect(self._on_edit_wanted)
        self._delegate.keep_requested.connect(self._on_keep_wanted)
        for keys, wish in ((Qt.Key.Key_Delete, self._on_remove_wanted), (Qt.Key.Key_F2, self._on_edit_wanted)):
            shortcut = QShortcut(QKeySequence(keys), view)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(wish)

    # --- what it shows

    def set_theme(self, theme: Theme) -> None:
        self._delegate.theme = theme
        self._empty.set_theme(theme)
        self._list.viewport().update()

    def set_rows(self, rows: tuple[NotebookRow, ...], tags: Sequence[str]) -> None:
        self._tags = tags
        current = self._current()
        self._model.set_rows(rows)
        self._show_page()
        if not self._list.hasFocus():
            self._list.scrollTo(self._model.first_here())
        if current is not None and (index := self._model.index_of(current)).isValid():
            self._list.setCurrentIndex(index)

    @Slot(int)
    def set_playhead(self, position: int) -> None:
        self._model.set_playhead(position)
        if not self._list.hasFocus():
            self._list.scrollTo(self._model.first_here())

    def ask(self, draft: Draft) -> None:
        """Open the line in which an entry is written."""
        self._card.ask(draft, self._tags)

    def close_card(self) -> None:
        self._card.dismiss()

    @property
    def is_writing(self) -> bool:
        return self._card.isVisible()

    def _show_page(self) -> None:
        self._pages.setCurrentIndex(0 if self._model.rowCount() else 1)
        self._empty.setText(
            self.tr("Nothing of this kind is noted in this session.")
            if self._model.total
            else self.tr("Nothing noted yet. M sets a marker at the playhead, N writes a note.")
        )

    def _current(self) -> NotebookRow | None:
        index = self._list.currentIndex()
        return index.data(NotebookRole.ROW) if index.isValid() else None

    # --- what is asked for

    @Slot(int)
    def _on_kind_chosen(self, number: int) -> None:
        self._model.set_kind(self._filter.itemData(number))
        self._show_page()

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        self.row_chosen.emit(index.data(NotebookRole.ROW))

    @Slot()
    def _on_edit_wanted(self) -> None:
        row = self._current()
        if row is None or row.kind == "derived" or not may_write(self):
            return
        kind = "marker" if row.kind == "breadcrumb" else row.kind
        text = "" if row.kind == "breadcrumb" else row.text
        self.ask(Draft(kind, row.position, text, row.rating or 0, row.entry))

    @Slot(object)
    def _on_keep_wanted(self, row: NotebookRow) -> None:
        if may_write(self):
            self.keep_requested.emit(row)

    @Slot()
    def _on_remove_wanted(self) -> None:
        row = self._current()
        if row is not None and row.is_own and may_write(self):
            self.remove_requested.emit(row)

    @Slot(QPoint)
    def _on_menu_wanted(self, where: QPoint) -> None:
        row = self._current()
        if row is None:
            return
        menu = QMenu(self._list)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        go = QAction(self.tr("Go to event {position}").format(position=f"{row.position:,}"), menu)
        go.triggered.connect(lambda: self.row_chosen.emit(row))
        menu.addAction(go)
        if row.kind == "breadcrumb":
            keep = QAction(self.tr("Keep as a marker"), menu)
            keep.triggered.connect(lambda: self.keep_requested.emit(row))
            hold_back(self, keep)
            menu.addAction(keep)
        if row.is_own:
            for text, keys, wish in (
                (self.tr("Edit"), Qt.Key.Key_F2, self._on_edit_wanted),
                (self.tr("Remove"), Qt.Key.Key_Delete, self._on_remove_wanted),
            ):
                action = QAction(text, menu)
                action.setShortcut(QKeySequence(keys))
                action.triggered.connect(wish)
                hold_back(self, action)
                menu.addAction(action)
        menu.addSeparator()
        menu.addAction(self._copy)
        menu.popup(self._list.viewport().mapToGlobal(where))
