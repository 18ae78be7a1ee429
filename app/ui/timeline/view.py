"""The timeline pane: the overview over the lanes, one part in view for both."""

from __future__ import annotations

from array import array
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.timeline.axis_button import AxisButton
from app.ui.timeline.beside import Beside, PinnedField
from app.ui.timeline.caption import card_of
from app.ui.timeline.event_list import EventList
from app.ui.timeline.hover_card import HoverCard
from app.ui.timeline.lanes import LanesView
from app.ui.timeline.overview import OverviewStrip
from app.ui.timeline.viewport import Viewport
from app.viewmodels.axis_kinds import AXIS_KINDS
from app.viewmodels.fork_points import fork_points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.branches import Branch
    from app.ui.theme import Theme
    from app.viewmodels.axis import Axis
    from app.viewmodels.axis_kinds import AxisKind
    from app.viewmodels.event_summaries import EventSummaries
    from app.viewmodels.marks import Mark
    from app.viewmodels.play_range import PlayRange
    from app.viewmodels.timeline_data import TimelineData


class TimelineView(QWidget):
    """Shows one branch as events in lanes.

    Signals:
        position_requested(int): the person put the playhead there.
        summary_requested(int): the person looks at this event; answer with ``show_summary``.
        axis_changed(str): the axis is of this kind now.
    """

    position_requested = Signal(int)
    summary_requested = Signal(int)
    axis_changed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._branch = ""
        self._data: TimelineData | None = None
        self._beside = Beside()
        self._axis_kind: AxisKind = "event"
        self._playhead = 0
        self._hovered: tuple[QPoint, int] | None = None
        self.viewport = Viewport(self)
        self.overview = OverviewStrip(theme, self.viewport, self)
        self.lanes = LanesView(theme, self.viewport, self)
        self.list: EventList | None = None
        self._theme = theme
        self._summaries: EventSummaries | None = None
        self._card: HoverCard | None = None
        self._axis_button = AxisButton(self.lanes)
        self._axis_button.move(6, 1)
        self._axis_button.axis_requested.connect(self.set_axis)
        layout = self._column = QVBoxLayout(self)
        self.setObjectName("timeline")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout.setContentsMargins(0, 1, 0, 1)
        layout.setSpacing(0)
        layout.addWidget(self.overview)
        layout.addWidget(self.lanes, 1)
        self.lanes.position_requested.connect(self.position_requested)
        self.lanes.hovered.connect(self._on_hovered)
        self.lanes.centre_requested.connect(self._on_centre_requested)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.overview.set_theme(theme)
        self.lanes.set_theme(theme)
        if self.list is not None:
            self.list.set_theme(theme)

    def set_summaries(self, summaries: EventSummaries) -> None:
        """Where the list gets the lines that say what an event is about."""
        self._summaries = summaries

    # --- what it shows

    def set_branch(self, branch: Branch, branches: Sequence[Branch], data: TimelineData, playhead: int) -> None:
        """Show a branch; one that only grew keeps the part in view."""
        self._data = data
        if branch.id != self._branch:
            self._branch = branch.id
            self.viewport.set_length(0)
        axis = data.axis(self._axis_kind)
        self.viewport.set_length(axis.length, axis.fewest)
        self.overview.set_data(data, axis)
        self.lanes.set_data(data, axis, branch.head, playhead)
        self._set_beside(replace(self._beside, forks=fork_points(branches, branch.id)))
        if self.list is not None:
            self.list.set_data(data, playhead)
        self._show_axis()
        self.set_playhead(playhead)

    def clear(self) -> None:
        """Show that no session is open."""
        self._branch = ""
        self._data = None
        self._beside = Beside()
        self.viewport.set_length(0)
        self.overview.set_data(None, None)
        self.lanes.set_data(None, None, 0, 0)
        if self.list is not None:
            self.list.set_data(None, 0)
        self._set_beside(self._beside)

    @Slot(object)
    def set_problems(self, positions: Sequence[int]) -> None:
        self._set_beside(replace(self._beside, problems=positions))

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Show what people and detectors noted: lanes of their own, and flags in the overview."""
        self._set_beside(replace(self._beside, marks=tuple(sorted(marks, key=lambda mark: mark.position))))

    def set_field(self, title: str, positions: Sequence[int], labels: Sequence[str]) -> None:
        """Show a field of the state over time: from ``positions[i]`` (rising) on it reads ``labels[i]``."""
        self._set_beside(replace(self._beside, field=PinnedField(title, array("q", positions), labels)))

    def clear_field(self) -> None:
        self._set_beside(replace(self._beside, field=None))

    def set_found(self, positions: Sequence[int]) -> None:
        """Show where a search for words found some, positions rising; empty clears."""
        self._set_beside(replace(self._beside, found=array("q", positions)))

    def set_hits(self, positions: Sequence[int]) -> None:
        """Show where a condition becomes true, positions rising; empty clears."""
        self._set_beside(replace(self._beside, hits=array("q", positions)))

    def set_range(self, played: PlayRange) -> None:
        """Shade what lies outside the in and out points."""
        self.overview.set_range(played)
        self.lanes.set_range(played)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """By position."""
        return self._beside.marks

    def _set_beside(self, beside: Beside) -> None:
        self._beside = beside
        self.overview.set_beside(beside)
        self.lanes.set_beside(beside)
        if self.list is not None:
            self.list.set_marks(beside.marks)

    # --- axis

    @property
    def axis_kind(self) -> AxisKind:
        """As chosen; a branch without any time is shown by event all the same."""
        return self._axis_kind

    @Slot(str)
    def set_axis(self, kind: AxisKind) -> None:
        """Lay the events out anew, keeping the events in view in view."""
        if kind == self._axis_kind:
            return
        before = self._axis()
        self._axis_kind = kind
        after = self._axis()
        if self._data is not None and before is not None and after is not None:
            first, last = before.positions_between(self.viewport.first, self.viewport.first + self.viewport.span)
            was_whole = self.viewport.is_whole
            self.overview.set_data(self._data, after)
            self.lanes.set_axis(after)
            self.viewport.set_length(after.length, after.fewest)
            if was_whole:
                self.viewport.fit()
            else:
                self.show_events(first, last)
        self._show_axis()
        self.axis_changed.emit(kind)

    def _show_axis(self) -> None:
        has_times = self._axis_kind == "event" or self._data is None or self._data.has_times
        self._axis_button.set_axis(self._axis_kind, has_times=has_times)

    def next_axis(self) -> None:
        """By event, by clock, by clock without idle time, and round again."""
        self.set_axis(AXIS_KINDS[(AXIS_KINDS.index(self._axis_kind) + 1) % len(AXIS_KINDS)])

    def _axis(self) -> Axis | None:
        return self._data.axis(self._axis_kind) if self._data is not None else None

    # --- what part of it

    @Slot(int)
    def set_playhead(self, position: int) -> None:
        self._playhead = position
        if not self.lanes.isSliderDown() and (axis := self._axis()) is not None:
            self.viewport.reveal(axis.playhead(position))
        self.lanes.set_playhead(position)
        self.overview.set_playhead(position)
        if self.list is not None:
            self.list.set_playhead(position)

    @property
    def part(self) -> tuple[int, int] | None:
        """The first and last event in view; None when all are."""
        axis = self._axis()
        if axis is None or self.viewport.is_whole:
            return None
        return axis.positions_between(self.viewport.first, self.viewport.first + self.viewport.span)

    def show_events(self, first: int, last: int) -> None:
        """Bring a part of the branch into view."""
        if (axis := self._axis()) is not None:
            start, end = axis.edges_around(min(first, self.lanes.maximum()), min(last, self.lanes.maximum()))
            self.viewport.show_part(start, end - start)

    @Slot()
    def zoom_in(self) -> None:
        self.viewport.zoom(1, self._anchor())

    @Slot()
    def zoom_out(self) -> None:
        self.viewport.zoom(-1, self._anchor())

    @Slot()
    def zoom_fit(self) -> None:
        self.viewport.fit()

    @Slot()
    def centre(self) -> None:
        """Bring the playhead to the middle; where it is there already, show everything."""
        axis = self._axis()
        if axis is None:
            return
        here = axis.playhead(self._playhead)
        if self.viewport.is_centred(here):
            self.viewport.fit()
        else:
            self.viewport.centre(here)

    def _anchor(self) -> float:
        """The playhead when it is in view, else the middle."""
        axis, viewport = self._axis(), self.viewport
        here = axis.playhead(self._playhead) if axis is not None else 0.0
        return here if viewport.first <= here <= viewport.first + viewport.span else viewport.first + viewport.span / 2

    @Slot(int)
    def _on_centre_requested(self, position: int) -> None:
        if (axis := self._axis()) is not None:
            self.viewport.centre(axis.playhead(position))

    # --- the list twin

    def toggle_list(self) -> None:
        """Show the branch as a list instead of lanes, or as lanes again; the focus goes along."""
        if self.list is None:
            self.list = EventList(self._theme, "twin", self)
            if self._summaries is not None:
                self.list.set_summaries(self._summaries)
            self.list.position_requested.connect(self.position_requested)
            self.list.set_data(self._data, self._playhead)
            self.list.set_marks(self._beside.marks)
            self.list.hide()
            self._column.addWidget(self.list, 1)
        shows_list = self.list.isHidden()
        self.list.setVisible(shows_list)
        self.lanes.setVisible(not shows_list)
        self.take_focus()

    def take_focus(self) -> None:
        """Have the keys go to what is shown: lanes or list."""
        shown = self.lanes if self.list is None or self.list.isHidden() else self.list.table
        shown.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- the card under the pointer

    @Slot(object)
    def _on_hovered(self, found: tuple[QPoint, int] | None) -> None:
        self._hovered = found
        if found is None or self._data is None:
            if self._card is not None:
                self._card.hide()
            return
        self._show_card("")
        self.summary_requested.emit(found[1])

    def show_summary(self, position: int, text: str) -> None:
        """What the event is about, if the pointer is still on it."""
        if self._hovered is not None and self._hovered[1] == position:
            self._show_card(text)

    def _show_card(self, summary: str) -> None:
        if self._hovered is None or self._data is None:
            return
        if self._card is None:
            self._card = HoverCard(self.window())
        point, position = self._hovered
        card = card_of(self._data, position, self._playhead, self._beside.marks)
        top = self.lanes.mapTo(self.window(), QPoint(point.x(), 0))
        self._card.show_at(top, replace(card, summary=summary))
