"""The window: where everything stands, nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QMainWindow,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.ui.actions import Actions
from app.ui.branches.panel import BranchesPanel
from app.ui.compose.panel import ComposePanel
from app.ui.conversation.view import ConversationView
from app.ui.findwhen.bar import FindBar
from app.ui.icons import program_icon
from app.ui.inspector.panel import InspectorPanel
from app.ui.key_guard import KeyGuard
from app.ui.library.panel import LibraryPanel
from app.ui.notebook.panel import NotebookPanel
from app.ui.notice import Notice
from app.ui.palette.view import PaletteView
from app.ui.redaction.mask_cover import MaskSign
from app.ui.search.panel import SearchPanel
from app.ui.sharing.banner import ShareBanner
from app.ui.side_by_side.view import SideBySideView
from app.ui.theme import style_sheet
from app.ui.timeline.event_list import EventList
from app.ui.timeline.view import TimelineView
from app.ui.transport.bar import TransportBar
from app.ui.write_guard import WriteGuard

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QScreen

    from app.ui.preferences.settings import WindowSettings
    from app.ui.theme import Theme

_SIZE: Final = (1280, 800)
_SIDE_PX: Final = (284, 606, 390)
_LIBRARY_PX: Final = (266, 160)
_ROWS_PX: Final = (486, 168, 1)
"""Panes, timeline, compose: the last takes what it needs, until it is dragged."""
_PANES_LEAST_PX: Final = 220
_FRAME_PX: Final = (4, 36)
"""What a window manager puts around a window, known only once it has been shown."""


class MainWindow(QMainWindow):
    """Panes and splitters.

    Signals:
        files_dropped(object): a tuple of paths to be imported.
        closing: the person closes the window; it can still be saved and asked.
    """

    files_dropped = Signal(object)
    closing = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setObjectName("main.window")
        self.setWindowTitle("Branchline")
        self.setWindowIcon(program_icon())
        self.setAcceptDrops(True)
        self._fit_to(self.screen())
        self.actions_table = Actions(self, theme)
        self.transport = TransportBar(theme, self.actions_table, self)
        self.share_banner = ShareBanner(self)
        self.notice = Notice(theme, self)
        self.mask_sign = MaskSign(self)
        self.find_bar = FindBar(theme, self)
        self.library = LibraryPanel(theme, self.actions_table, self)
        self.search = SearchPanel(theme, self)
        self.branches = BranchesPanel(theme, self)
        self.notebook = NotebookPanel(theme, self.actions_table, self)
        self.conversation = ConversationView(theme, self)
        self.story = EventList(theme, "story", self)
        self._telling = self._told_by(self.conversation, self.story)
        self.inspector = InspectorPanel(theme, self)
        self.side_by_side = SideBySideView(theme, self)
        self.timeline = TimelineView(theme, self)
        self.compose = ComposePanel(theme, self)
        self._found_tabs = self._found()
        self._guard = KeyGuard(self.actions_table.has_key, self)
        self.palette_view = PaletteView(theme, self)
        self.write_guard = WriteGuard(self)
        self.write_guard.refused.connect(self.notice.tell)
        self._compose_px = 0
        self._splitters = self._arrange()
        self._order_tabs()
        self.timeline.lanes.setFocus()
        if isinstance(program := QApplication.instance(), QApplication):
            program.focusChanged.connect(self._on_focus_changed)
        self.setStyleSheet(style_sheet(theme))

    def _fit_to(self, screen: QScreen) -> None:
        """Take the usual size, or what the screen leaves of it beside its panels and the window's frame."""
        free = screen.availableGeometry().size()
        self.resize(QSize(*_SIZE).boundedTo(free - QSize(*_FRAME_PX)))

    def _arrange(self) -> dict[str, QSplitter]:
        self._beside = QTabWidget(self)
        self._beside.setObjectName("left.beside")
        self._beside.setAccessibleName(self.tr("Branches and notebook"))
        self._beside.tabBar().setAccessibleName(self.tr("Branches and notebook"))
        self._beside.setDocumentMode(True)
        self._beside.addTab(self.branches, self.tr("Branches"))
        self._beside.addTab(self.notebook, self.tr("Notebook"))
        left = _splitter(Qt.Orientation.Vertical, self._found_tabs, self._beside, sizes=_LIBRARY_PX)
        left.setStretchFactor(0, 1)
        left.setStretchFactor(1, 0)
        panes = _splitter(Qt.Orientation.Horizontal, left, self._telling, self.inspector, sizes=_SIDE_PX)
        panes.addWidget(self.side_by_side)
        panes.setStretchFactor(1, 1)
        panes.setStretchFactor(3, 1)
        for index in (0, 2):
            panes.setStretchFactor(index, 0)
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.mask_sign)
        column.addWidget(self.transport)
        column.addWidget(self.share_banner)
        column.addWidget(self.notice)
        column.addWidget(self.find_bar)
        rows = _splitter(Qt.Orientation.Vertical, panes, self.timeline, self.compose, sizes=_ROWS_PX)
        rows.setStretchFactor(0, 1)
        rows.setStretchFactor(1, 0)
        rows.setStretchFactor(2, 0)
        # A card that opens in the left column may take the room of lists, never make the window higher.
        panes.setMinimumHeight(_PANES_LEAST_PX)
        column.addWidget(rows, 1)
        self.compose.unfold.toggled.connect(self._on_instructions_toggled)
        self.compose.unfold_prompt.toggled.connect(self._on_instructions_toggled)
        # At twice the size a small screen is smaller than all that stands here: what does not fit is scrolled to.
        self._scroll = scroll = QScrollArea(self)
        scroll.setObjectName("main.scroll")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        self.setCentralWidget(scroll)
        return {"panes": panes, "left": left, "rows": rows}

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, before: QWidget | None, now: QWidget | None) -> None:  # noqa: ARG002 -- Qt's signal
        """Where not all of the window fits, what has the keys is in view."""
        page = self._scroll.widget()
        if now is not None and page is not None and page.isAncestorOf(now) and now.visibleRegion().isEmpty():
            self._scroll.ensureWidgetVisible(now)
            if now.width() > self._scroll.viewport().width():
                self._scroll.horizontalScrollBar().setValue(now.mapTo(page, now.rect().topLeft()).x())

    @Slot(bool)
    def _on_instructions_toggled(self, shown: bool) -> None:
        """Instructions and prompt take what they need from the panes; it goes back once they are put away."""
        rows, unfolded = self._splitters["rows"], self.compose.unfolded
        panes, timeline, compose = rows.sizes()
        if shown and unfolded == 1:
            self._compose_px = compose
        wanted = self.compose.wanted_px if unfolded else self._compose_px
        wanted = min(wanted, panes + compose - _PANES_LEAST_PX)
        rows.setSizes([panes + compose - wanted, timeline, wanted])

    def _found(self) -> QTabWidget:
        """Where a person finds things: the sessions, and what was said in them."""
        tabs = QTabWidget(self)
        tabs.setObjectName("finding.tabs")
        tabs.setDocumentMode(True)
        tabs.addTab(self.library, self.tr("Sessions"))
        tabs.addTab(self.search, self.tr("Search"))
        self.library.count_changed.connect(self._on_count_changed)
        tabs.setAccessibleName(self.tr("Sessions and search"))
        tabs.tabBar().setAccessibleName(self.tr("Sessions and search"))
        return tabs

    @Slot(str)
    def _on_count_changed(self, count: str) -> None:
        """Say on the sessions' tab how many are listed."""
        title = self.tr("Sessions")
        self._found_tabs.setTabText(self._found_tabs.indexOf(self.library), f"{title} {count}" if count else title)

    def _told_by(self, *tellers: QWidget) -> QStackedWidget:
        """The middle: the conversation, or all events where nobody speaks."""
        middle = QStackedWidget(self)
        for teller in tellers:
            middle.addWidget(teller)
        return middle

    def show_story(self, *, shown: bool) -> None:
        """Tell a session by all its events instead of by what was said."""
        self._telling.setCurrentWidget(self.story if shown else self.conversation)

    def show_side_by_side(self, *, shown: bool) -> None:
        """Put compared branches in place of what was said and the state, or those back."""
        self._telling.setVisible(not shown)
        self.inspector.setVisible(not shown)
        self.side_by_side.setVisible(shown)
        (self.side_by_side.rows if shown else self.timeline.lanes).setFocus()

    def show_sessions(self) -> None:
        self._found_tabs.setCurrentWidget(self.library)

    def show_search(self) -> None:
        self._found_tabs.setCurrentWidget(self.search)

    def _order_tabs(self) -> None:
        panes = (self.transport, self._found_tabs, self._beside, self._telling, self.inspector, self.timeline)
        for before, after in zip(panes, (*panes[1:], self.compose), strict=True):
            QWidget.setTabOrder(before, after)

    def set_theme(self, theme: Theme) -> None:
        """Tell the widgets that paint with colours of their own."""
        self.theme = theme
        self.setStyleSheet(style_sheet(theme))
        self.actions_table.set_theme(theme)
        for pane in (
            self.transport, self.notice, self.find_bar, self.library, self.search, self.branches, self.notebook,
            self.conversation, self.story, self.inspector, self.side_by_side, self.timeline, self.compose,
            self.palette_view,
        ):  # fmt: skip
            pane.set_theme(theme)

    def show_branches(self) -> None:
        self._beside.setCurrentWidget(self.branches)

    def show_notebook(self) -> None:
        self._beside.setCurrentWidget(self.notebook)

    def show_branch_count(self, count: int) -> None:
        """Say on the tab of the branches how many are shown."""
        title = self.tr("Branches")
        self._beside.setTabText(self._beside.indexOf(self.branches), f"{title} {count:,}" if count > 1 else title)

    def show_noted(self, count: int) -> None:
        """Say on the notebook's tab how much is noted."""
        title = self.tr("Notebook")
        self._beside.setTabText(self._beside.indexOf(self.notebook), f"{title} {count:,}" if count else title)

    def save_layout(self, settings: WindowSettings) -> None:
        settings.set_layout("window", self.saveGeometry())
        for name, splitter in self._splitters.items():
            settings.set_layout(name, splitter.saveState())

    def restore_layout(self, settings: WindowSettings) -> None:
        if (geometry := settings.layout("window")) is not None:
            self.restoreGeometry(geometry)
        for name, splitter in self._splitters.items():
            if (state := settings.layout(name)) is not None:
                splitter.restoreState(state)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
        event.acceptProposedAction()
        self.files_dropped.emit(paths)


def _splitter(orientation: Qt.Orientation, *panes: QWidget, sizes: tuple[int, ...]) -> QSplitter:
    splitter = QSplitter(orientation)
    for pane in panes:
        splitter.addWidget(pane)
    splitter.setChildrenCollapsible(False)
    splitter.setSizes(list(sizes))
    return splitter
