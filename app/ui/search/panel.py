"""The search panel: what to look for, where, and the hits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.icons import icon
from app.ui.search.filters import SearchFilters
from app.ui.search.hit_delegate import HitDelegate
from app.ui.theme import GRID_PX, GROUP_PX, PANEL_PX
from app.ui.widgets.empty_state import EmptyState
from app.viewmodels.hits_model import HitRole

if TYPE_CHECKING:
    from app.application.searching import Hit
    from app.domain.event_filter import EventFilter
    from app.ui.theme import Theme
    from app.viewmodels.hits_model import HitsModel
    from app.viewmodels.search import Scope


class SearchPanel(QWidget):
    """Search as one types.

    Signals:
        asked(str, str, object): text, scope and ``EventFilter`` that are wanted now.
        hit_requested(object): go to this ``Hit``.
    """

    asked = Signal(str, str, object)
    hit_requested = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model: HitsModel | None = None
        self._text = QLineEdit(self)
        self._icon = self._text.addAction(icon("search", theme, "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self._scope = QComboBox(self)
        self._more = QToolButton(self)
        self._filters = SearchFilters(self)
        self._said = QLabel(self)
        self._list = QListView(self)
        self._empty = EmptyState("", self)
        self._pages = QStackedWidget(self)
        self._delegate = HitDelegate(theme, self)
        self._build()
        self.set_theme(theme)
        self.say("")

    def _build(self) -> None:
        self._text.setPlaceholderText(self.tr('Words, or a "phrase"'))
        self._text.setAccessibleName(self.tr("Search the texts of events"))
        self._text.setClearButtonEnabled(True)
        self._text.setObjectName("search.text")
        self._text.textChanged.connect(self._ask)
        self._text.installEventFilter(self)
        for title, value in (
            (self.tr("All sessions"), "all"), (self.tr("This session"), "session"), (self.tr("This branch"), "branch"),
        ):  # fmt: skip
            self._scope.addItem(title, value)
        self._scope.setAccessibleName(self.tr("Where to search"))
        self._scope.currentIndexChanged.connect(self._ask)
        self._more.setText(self.tr("Filters"))
        self._more.setToolTip(self.tr("Filter by type, actor, classification, customer and time"))
        self._more.setAccessibleName(self.tr("Filters"))
        self._more.setCheckable(True)
        self._more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._more.toggled.connect(self._on_filters_toggled)
        self._filters.changed.connect(self._ask)
        self._filters.hide()
        self._said.setProperty("tone", "caption")
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._said.setWordWrap(True)
        self._prepare_list()
        self._arrange()

    def _prepare_list(self) -> None:
        self._list.setItemDelegate(self._delegate)
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setAccessibleName(self.tr("Hits"))
        self._list.setObjectName("search.hits")
        self._list.activated.connect(self._on_activated)
        self._list.clicked.connect(self._on_activated)
        self._pages.addWidget(self._list)
        self._pages.addWidget(self._empty)

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GRID_PX)
        row.addWidget(self._scope, 1)
        row.addWidget(self._more)
        top = QVBoxLayout()
        top.setContentsMargins(PANEL_PX, 0, PANEL_PX, 0)
        top.setSpacing(GRID_PX)
        top.addWidget(self._text)
        top.addLayout(row)
        top.addWidget(self._filters)
        top.addWidget(self._said)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GROUP_PX, 0, 0)
        layout.setSpacing(GRID_PX)
        layout.addLayout(top)
        self._pages.setMinimumHeight(1)
        layout.addWidget(self._pages, 1)

    def set_theme(self, theme: Theme) -> None:
        self._delegate.set_theme(theme)
        self._list.doItemsLayout()
        self._empty.set_theme(theme)
        self._icon.setIcon(icon("search", theme, "muted"))
        self._list.viewport().update()

    def set_model(self, model: HitsModel) -> None:
        self._model = model
        self._list.setModel(model)
        model.modelReset.connect(self._on_reset)

    # --- what it shows

    def focus_text(self, scope: Scope) -> None:
        self._scope.setCurrentIndex(self._scope.findData(scope))
        self._text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._text.selectAll()

    def clear_wish(self) -> None:
        """Empty the field and the filters without looking for anything, for a story takes their place."""
        for widget in (self._text, self._filters):
            widget.blockSignals(True)
            widget.clear()
            widget.blockSignals(False)

    @Slot(str)
    def say(self, sentence: str) -> None:
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))
        self._said.setProperty("tone", "caption")
        self._repolish(sentence)

    @Slot(str)
    def tell_failure(self, sentence: str) -> None:
        self._said.setText(sentence)
        self._said.setVisible(True)
        self._said.setProperty("tone", "problem")
        self._repolish(sentence)

    def _repolish(self, sentence: str) -> None:
        self._said.style().unpolish(self._said)
        self._said.style().polish(self._said)
        self._list.setAccessibleDescription(sentence)
        self._show_page()

    @Slot()
    def _on_reset(self) -> None:
        model = self._model
        if model is not None and model.rowCount():
            self._list.setCurrentIndex(model.index(0, 0))
            self._list.scrollToTop()
        self._show_page()

    def _show_page(self) -> None:
        model = self._model
        has_rows = model is not None and model.rowCount() > 0
        asked = bool(self._text.text().strip()) or self._filters.is_set
        hint = self.tr(
            "Type what was said, shown or noted, in any session or branch. All words have to occur in an event; "
            "put a phrase between quotes. Filters work without words too."
        )
        self._empty.setText("" if asked else hint)
        self._pages.setCurrentIndex(0 if has_rows else 1)

    # --- what is asked for

    @Slot()
    def _ask(self) -> None:
        wanted: EventFilter = self._filters.wanted()
        self.asked.emit(self._text.text(), self._scope.currentData(), wanted)

    @Slot(bool)
    def _on_filters_toggled(self, shown: bool) -> None:
        self._filters.setVisible(shown)
        if not shown and self._filters.is_set:
            self._filters.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up, Down and Enter in the field belong to the list."""
        if watched is self._text and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            row = self._list.currentIndex().row()
            match event.key():
                case Qt.Key.Key_Down:
                    self._select(row + 1)
                    return True
                case Qt.Key.Key_Up:
                    self._select(row - 1)
                    return True
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self._on_activated(self._list.currentIndex())
                    return True
        return super().eventFilter(watched, event)

    def _select(self, row: int) -> None:
        model = self._model
        if model is not None and 0 <= row < model.rowCount():
            self._list.setCurrentIndex(model.index(row, 0))

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        if index.isValid():
            hit: Hit = index.data(HitRole.HIT)
            self.hit_requested.emit(hit)
