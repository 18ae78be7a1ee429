"""The state at the playhead, seen six ways; only the one in view is kept up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from app.ui.inspector.diff_page import DiffPage
from app.ui.inspector.event_form import EventForm
from app.ui.inspector.raw_tree import RawTree
from app.ui.inspector.row_tree import RowTree
from app.ui.inspector.why_page import WhyPage
from app.viewmodels.diff_rows import diff_rows
from app.viewmodels.recommendation_rows import recommendation_rows
from app.viewmodels.slot_rows import slot_rows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from app.application.moment import Moment
    from app.ui.theme import Theme


class InspectorPanel(QWidget):
    """Tabs over one moment.

    Signals:
        position_requested: the person wants to go to an event that is named here.
        edit_requested(str): the person wants to change the value at this JSON pointer on a branch.
        history_requested(str): the person wants to know what changed the value at this JSON pointer.
    """

    position_requested = Signal(int)
    history_requested = Signal(str)
    edit_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self._moment: Moment | None = None
        self._before: Mapping[str, Any] | None = None
        self._stale: set[QWidget] = set()
        self.recommendations = RowTree(theme, self.tr("Recommendations at the playhead"))
        self.slots = RowTree(theme, self.tr("Slots at the playhead"))
        self.event_form = EventForm(theme)
        self.diff_page = DiffPage(theme)
        self.diff = self.diff_page.tree
        self._diff_is_held = False
        self.raw = RawTree()
        self.why = WhyPage(theme)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(self.tr("State at the playhead"))
        for page, title in self._pages():
            self.tabs.addTab(page, title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tabs)
        for tree in (self.recommendations, self.slots, self.diff):
            tree.position_requested.connect(self.position_requested)
            tree.history_requested.connect(self.history_requested)
            tree.edit_requested.connect(self.edit_requested)
        self.raw.history_requested.connect(self.history_requested)
        self.raw.edit_requested.connect(self.edit_requested)
        self.tabs.currentChanged.connect(self._on_tab_changed)
        self.clear()

    def _pages(self) -> tuple[tuple[QWidget, str], ...]:
        return (
            (self.recommendations, self.tr("Recs")),
            (self.slots, self.tr("Slots")),
            (self.event_form, self.tr("Event")),
            (self.diff_page, self.tr("Diff")),
            (self.raw, self.tr("Raw")),
            (self.why, self.tr("Why")),
        )

    def set_theme(self, theme: Theme) -> None:
        for page in (self.recommendations, self.slots, self.event_form, self.diff_page, self.why):
            page.set_theme(theme)

    def show_why(self) -> None:
        self.tabs.setCurrentWidget(self.why)

    def selected_pointer(self) -> str:
        """The JSON pointer of the value that is selected in the tab in view; empty when none is."""
        page = self.tabs.currentWidget()
        page = self.diff if page is self.diff_page else page
        return page.selected_pointer() if isinstance(page, (RowTree, RawTree)) else ""

    def clear(self) -> None:
        """Show that no session is open."""
        self._moment = self._before = None
        self._mark_stale()

    def show_moment(self, moment: Moment) -> None:
        last = self._moment
        follows = last is not None and (last.branch, last.position + 1) == (moment.branch, moment.position)
        self._before = moment.before or (last.state if last is not None and follows else None)
        self._moment = moment
        self._mark_stale()

    def _mark_stale(self) -> None:
        self._stale = {page for page, _ in self._pages()}
        self._refresh()

    @Slot()
    def _on_tab_changed(self) -> None:
        # Qt takes the tabs away one by one when a window is thrown away, after Python has emptied this object.
        if hasattr(self, "tabs"):
            self._refresh()

    def _refresh(self) -> None:
        page = self.tabs.currentWidget()
        if page not in self._stale:
            return
        self._stale.discard(page)
        moment = self._moment
        if page is self.recommendations:
            self._show_recommendations(moment)
        elif page is self.slots:
            self._show_slots(moment)
        elif page is self.event_form:
            self.event_form.show_event(moment.event if moment else None)
        elif page is self.diff_page:
            self._show_diff(moment)
        elif page is self.raw:
            self.raw.show_state(moment.state if moment else {})

    def _nothing_open(self) -> str:
        return self.tr("Open a session to see its state here.")

    def _show_recommendations(self, moment: Moment | None) -> None:
        sentence = self.tr("Nothing was recommended up to here, and nothing is known to predict from.")
        rows = recommendation_rows(moment) if moment else ()
        self.recommendations.show_rows(rows, sentence if moment else self._nothing_open())

    def _show_slots(self, moment: Moment | None) -> None:
        sentence = self.tr("No slot was filled up to here.")
        self.slots.show_rows(slot_rows(moment) if moment else (), sentence if moment else self._nothing_open())

    def hold_diff(self, *, held: bool) -> None:
        """Whether somebody else fills the Diff tab; else it follows the event at the playhead."""
        self._diff_is_held = held
        self._stale.add(self.diff_page)
        self._refresh()

    def show_diff(self) -> None:
        self.tabs.setCurrentWidget(self.diff_page)

    def _show_diff(self, moment: Moment | None) -> None:
        if self._diff_is_held:
            return
        sentence = self.tr("Beside the conversation, this event changed nothing in the state.")
        if moment and moment.event is None:
            sentence = self.tr("Before the first event there is nothing to compare with.")
        rows = diff_rows(moment, self._before) if moment else ()
        self.diff.show_rows(rows, sentence if moment else self._nothing_open())
