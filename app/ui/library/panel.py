"""The session library: filter, source, list."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.icons import icon
from app.ui.library.session_delegate import SessionDelegate
from app.ui.theme import GRID_PX, GROUP_PX, PANEL_PX
from app.viewmodels.sessions_model import SessionRole, SessionsFilter, SessionsModel, source_title

if TYPE_CHECKING:
    from app.domain.sessions import SessionSummary
    from app.ui.actions import Actions
    from app.ui.theme import Theme


class LibraryPanel(QWidget):
    """Shows the sessions there are.

    Signals:
        session_requested(str): open the session of this id.
        story_requested(str): show everything about the customer of this id.
        count_changed(str): how many sessions are listed, of how many.
        text_changed(str): what is typed to find sessions by.
        details_requested(object): tell where the session of this summary came from.
        menu_wanted(object): fill this menu with ways to bring sessions in.
        rerun_requested(object): play the rest of these sessions (ids) again.
    """

    session_requested = Signal(str)
    story_requested = Signal(str)
    count_changed = Signal(str)
    text_changed = Signal(str)
    details_requested = Signal(object)
    menu_wanted = Signal(object)
    rerun_requested = Signal(object)

    def __init__(self, theme: Theme, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._model = SessionsModel(self)
        self._filter = SessionsFilter(self)
        self._filter.setSourceModel(self._model)
        self._delegate = SessionDelegate(theme, self)
        self._is_searching = False
        self._search = QLineEdit(self)
        self._search_icon = self._search.addAction(
            icon("search", theme, "muted"), QLineEdit.ActionPosition.LeadingPosition
        )
        self._source = QComboBox(self)
        self._list = QListView(self)
        self._pages = QStackedWidget(self)
        self._build()
        self.set_sessions(())

    def _build(self) -> None:
        self._search.setPlaceholderText(self.tr("Title, customer, order, tag, any words"))
        self._search.setToolTip(self.tr("Words of the title, an id, or anything that was said or done in a session"))
        self._search.setAccessibleName(self.tr("Filter sessions"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._on_text_changed)
        self._source.setAccessibleName(self.tr("Source of the sessions"))
        self._source.activated.connect(self._on_source_activated)
        self._source.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._source.setMinimumContentsLength(4)
        self._prepare_list()
        self._pages.addWidget(self._list)
        self._pages.addWidget(self._empty_page())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GROUP_PX, 0, 0)
        layout.setSpacing(GRID_PX)
        layout.addWidget(self._header())
        self._pages.setMinimumHeight(1)
        layout.addWidget(self._pages, 1)

    def _prepare_list(self) -> None:
        self._list.setModel(self._filter)
        self._list.setItemDelegate(self._delegate)
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName(self.tr("Sessions"))
        self._list.setObjectName("library.list")
        self._list.activated.connect(self._on_activated)
        self._list.clicked.connect(self._on_clicked)
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._list.customContextMenuRequested.connect(self._on_menu_requested)

    def _header(self) -> QWidget:
        header = QWidget(self)
        row = QHBoxLayout(header)
        row.setContentsMargins(PANEL_PX, 0, GROUP_PX, 0)
        row.setSpacing(GRID_PX)
        row.addWidget(self._search, 1)
        row.addWidget(self._source)
        button = QToolButton(header)
        button.setDefaultAction(self._actions["import_files"])
        button.setAccessibleName(self._actions["import_files"].text())
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._ways_in = QMenu(button)
        self._ways_in.setToolTipsVisible(True)
        self._ways_in.aboutToShow.connect(self._on_ways_in_wanted)
        button.setMenu(self._ways_in)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        button.setMinimumWidth(44)
        row.addWidget(button)
        return header

    def _empty_page(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(PANEL_PX, 0, PANEL_PX, 0)
        column.setSpacing(GROUP_PX)
        sentence = QLabel(self.tr("No sessions yet. Import files, or drop them on this window."), page)
        sentence.setWordWrap(True)
        sentence.setProperty("tone", "muted")
        sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        button = QPushButton(self.tr("Import files…"), page)
        button.setProperty("primary", True)
        button.clicked.connect(self._actions["import_files"].trigger)
        column.addStretch(1)
        column.addWidget(sentence)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        return page

    # --- what it shows

    def set_theme(self, theme: Theme) -> None:
        self._delegate.set_theme(theme)
        self._list.doItemsLayout()
        self._search_icon.setIcon(icon("search", theme, "muted"))
        self._list.viewport().update()

    @Slot(object)
    def set_sessions(self, sessions: tuple[SessionSummary, ...]) -> None:
        self._model.set_sessions(sessions)
        self._pages.setCurrentIndex(0 if sessions else 1)
        sources = self._model.sources()
        chosen = self._source.currentData()
        self._source.clear()
        self._source.addItem(self.tr("All"), "")
        for source in sources:
            self._source.addItem(source_title(source), source)
        self._source.setCurrentIndex(max(self._source.findData(chosen), 0))
        self._source.setVisible(len(sources) > 1)
        self._filter.set_source(self._source.currentData())
        self._show_count()

    def set_open(self, session: str) -> None:
        """Mark and select the session that the window shows."""
        self._model.set_open(session)
        index = self._filter.mapFromSource(self._model.index(self._model.row_of(session)))
        if index.isValid():
            self._list.setCurrentIndex(index)
            self._list.scrollTo(index)

    @Slot(str, object)
    def set_found(self, text: str, sessions: frozenset[str]) -> None:
        """Sessions that hold the words that were typed."""
        if text == self._search.text().strip() or not text:
            self._filter.set_found(sessions)
            self._show_count()

    @Slot(bool)
    def set_searching(self, searching: bool) -> None:
        self._is_searching = searching
        self._show_count()

    def focus_filter(self) -> None:
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def _show_count(self) -> None:
        shown, everything = self._filter.rowCount(), self._model.rowCount()
        words = self.tr("{shown} of {count}") if shown != everything else "{count}"
        words += "…" if self._is_searching else ""
        self.count_changed.emit(words.format(shown=f"{shown:,}", count=f"{everything:,}") if everything else "")

    def chosen_sessions(self) -> tuple[str, ...]:
        """Ids of the sessions that are selected, in the order of the list."""
        rows = sorted(index.row() for index in self._list.selectionModel().selectedRows())
        return tuple(self._id_at(row) for row in rows)

    def listed_sessions(self) -> tuple[str, ...]:
        """Ids of all that the filter lets through, in the order of the list."""
        return tuple(self._id_at(row) for row in range(self._filter.rowCount()))

    def _id_at(self, row: int) -> str:
        return str(self._filter.index(row, 0).data(SessionRole.SUMMARY).header.id)

    # --- what is asked for

    @Slot(str)
    def _on_text_changed(self, text: str) -> None:
        self._filter.set_text(text)
        self._show_count()
        self.text_changed.emit(text)

    @Slot()
    def _on_ways_in_wanted(self) -> None:
        self.menu_wanted.emit(self._ways_in)

    @Slot(int)
    def _on_source_activated(self, index: int) -> None:
        self._filter.set_source(self._source.itemData(index))
        self._show_count()

    @Slot(QPoint)
    def _on_menu_requested(self, point: QPoint) -> None:
        index = self._list.indexAt(point)
        if not index.isValid():
            return
        chosen = self.chosen_sessions()
        if len(chosen) > 1:
            self._menu_of_several(chosen, point)
            return
        subject = index.data(SessionRole.SUMMARY).header.subject
        menu = QMenu(self._list)
        menu.setObjectName("library.menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Open"), partial(self._on_activated, index))
        told = menu.addAction(self.tr("The customer's whole story"), partial(self.story_requested.emit, subject or ""))
        told.setEnabled(subject is not None)
        summary = index.data(SessionRole.SUMMARY)
        menu.addAction(self.tr("About this session"), partial(self.details_requested.emit, summary))
        menu.addAction(self.tr("Play the rest again…"), partial(self.rerun_requested.emit, (summary.header.id,)))
        menu.popup(self._list.viewport().mapToGlobal(point))

    def _menu_of_several(self, chosen: tuple[str, ...], point: QPoint) -> None:
        menu = QMenu(self._list)
        menu.setObjectName("library.menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        told = self.tr("Play the rest of {count} sessions again…").format(count=f"{len(chosen):,}")
        menu.addAction(told, partial(self.rerun_requested.emit, chosen))
        menu.popup(self._list.viewport().mapToGlobal(point))

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        """With Ctrl or Shift sessions are chosen, not opened."""
        if len(self._list.selectionModel().selectedRows()) == 1 and index in self._list.selectedIndexes():
            self._on_activated(index)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        if not index.data(SessionRole.IS_OPEN):
            self.session_requested.emit(index.data(SessionRole.SUMMARY).header.id)
