"""The timeline pane: the overview over the lanes, one part in view for both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.timeline.hover_card import HoverCard
from app.ui.timeline.lanes import LanesView
from app.ui.timeline.overview import OverviewStrip
from app.ui.timeline.viewport import Viewport
from app.viewmodels.fork_points import fork_points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.branches import Branch
    from app.ui.theme import Theme
    from app.viewmodels.timeline_data import TimelineData


class TimelineView(QWidget):
    """Shows one branch as events in lanes.

    Signals:
        position_requested(int): the person put the playhead there.
    """

    position_requested = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._branch = ""
        self.viewport = Viewport(self)
        self.overview = OverviewStrip(theme, self.viewport, self)
        self.lanes = LanesView(theme, self.viewport, self)
        self._card: HoverCard | None = None
        layout = QVBoxLayout(self)
        self.setObjectName("timeline")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout.setContentsMargins(0, 1, 0, 1)
        layout.setSpacing(0)
        layout.addWidget(self.overview)
        layout.addWidget(self.lanes)
        self.lanes.position_requested.connect(self.position_requested)
        self.lanes.hovered.connect(self._on_hovered)

    def set_theme(self, theme: Theme) -> None:
        self.overview.set_theme(theme)
        self.lanes.set_theme(theme)

    def set_branch(self, branch: Branch, branches: Sequence[Branch], data: TimelineData, playhead: int) -> None:
        """Show a branch; one that only grew keeps the part in view."""
        if branch.id != self._branch:
            self._branch = branch.id
            self.viewport.set_length(0)
        self.viewport.set_length(branch.head)
        forks = fork_points(branches, branch.id)
        self.overview.set_data(data)
        self.overview.set_forks(forks)
        self.lanes.set_data(data, branch.head, playhead)
        self.lanes.set_forks(forks)
        self.set_playhead(playhead)

    def clear(self) -> None:
        """Show that no session is open."""
        self._branch = ""
        self.viewport.set_length(0)
        self.overview.set_data(None)
        self.lanes.set_data(None, 0, 0)

    @Slot(object)
    def set_problems(self, positions: Sequence[int]) -> None:
        self.overview.set_problems(positions)
        self.lanes.set_problems(positions)

    @Slot(int)
    def set_playhead(self, position: int) -> None:
        if not self.lanes.isSliderDown():
            self.viewport.reveal(position)
        self.lanes.set_playhead(position)
        self.overview.set_playhead(position)

    @Slot()
    def zoom_in(self) -> None:
        self.viewport.zoom(1, self._anchor())

    @Slot()
    def zoom_out(self) -> None:
        self.viewport.zoom(-1, self._anchor())

    @Slot()
    def zoom_fit(self) -> None:
        self.viewport.fit()

    def _anchor(self) -> float:
        """The playhead when it is in view, else the middle."""
        here, viewport = float(self.lanes.value()), self.viewport
        return here if viewport.first <= here <= viewport.first + viewport.span else viewport.first + viewport.span / 2

    @Slot(object)
    def _on_hovered(self, found: tuple[QPoint, str, str] | None) -> None:
        if found is None:
            if self._card is not None:
                self._card.hide()
            return
        if self._card is None:
            self._card = HoverCard(self.window())
        point, what, where = found
        top = self.lanes.mapTo(self.window(), QPoint(point.x(), 0))
        self._card.show_at(top, what, where)
