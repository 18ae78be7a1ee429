"""Connects the find-when bar to the search, the timeline and the stops of playing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from app.viewmodels.find_when import FindWhen
from app.viewmodels.state_paths import state_paths

if TYPE_CHECKING:
    from app.application.moment import Moment
    from app.ui.main_window import MainWindow
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.playback import Playback
    from app.viewmodels.services import Services
    from app.viewmodels.workspace import Workspace


class FindPresenter(QObject):
    """Lives as long as the window."""

    def __init__(
        self,
        window: MainWindow,
        services: Services,
        bridge: Bridge,
        workspace: Workspace,
        playback: Playback,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window, self._workspace, self._playback = window, workspace, playback
        self._state: Moment | None = None
        self._bar = bar = window.find_bar
        self.search = search = FindWhen(services, bridge, workspace, self)
        bar.all_requested.connect(search.find_all)
        bar.first_requested.connect(search.find_first)
        bar.next_requested.connect(search.find_next)
        bar.previous_requested.connect(search.find_previous)
        bar.stop_requested.connect(search.stop)
        bar.stops_toggled.connect(self._on_stops_toggled)
        bar.closed.connect(self._on_closed)
        search.told.connect(bar.tell)
        search.running_changed.connect(self._on_running_changed)
        search.recent_changed.connect(bar.set_recent)
        search.hits_changed.connect(self._on_hits_changed)
        search.reached.connect(self._on_reached)
        workspace.moment_ready.connect(self._on_moment_ready)

    def close(self) -> None:
        self.search.stop()

    def ask(self) -> None:
        """Bring the bar into view with the paths of the state at the playhead."""
        self._offer_paths()
        self._bar.ask()

    def hop(self, direction: int) -> None:
        """To the next or previous hit; without a condition the bar asks for one."""
        expression = self._bar.expression
        if not expression:
            self.ask()
        elif direction > 0:
            self.search.find_next(expression)
        else:
            self.search.find_previous(expression)

    def _offer_paths(self) -> None:
        if self._state is not None:
            self._bar.field.set_paths(state_paths(self._state.state))

    @Slot(object)
    def _on_moment_ready(self, moment: Moment) -> None:
        self._state = moment
        if self._bar.field.hasFocus():
            self._offer_paths()

    @Slot(bool)
    def _on_running_changed(self, running: bool) -> None:
        self._bar.set_running(running=running)

    @Slot(object)
    def _on_hits_changed(self, hits: tuple[int, ...]) -> None:
        self._window.timeline.set_hits(hits)
        self._set_stops()

    @Slot(bool)
    def _on_stops_toggled(self, is_on: bool) -> None:
        if is_on and self._bar.expression and not self.search.hits:
            self.search.find_all(self._bar.expression)
        self._set_stops()

    def _set_stops(self) -> None:
        self._playback.set_stops(self.search.hits if self._bar.breaks.isChecked() else ())

    @Slot(int)
    def _on_reached(self, position: int) -> None:
        self._playback.pause()
        self._workspace.seek(position)

    @Slot()
    def _on_closed(self) -> None:
        self.search.clear()
        self._window.timeline.lanes.setFocus()
