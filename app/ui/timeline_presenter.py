"""Connects the timeline and playing to the focus: hover, jumps, links, range, and where each session was left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication

from app.domain.errors import BranchlineError
from app.domain.events import MAIN
from app.ui.timeline.caption import spoken
from app.ui.widgets.toast import Toast
from app.viewmodels.event_peek import EventPeek
from app.viewmodels.moment_link import moment_link
from app.viewmodels.places import Place, Places

if TYPE_CHECKING:
    from app.domain.branches import Branch
    from app.domain.sessions import SessionSummary
    from app.ui.main_window import MainWindow
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.play_range import PlayRange
    from app.viewmodels.playback import Playback
    from app.viewmodels.services import Services
    from app.viewmodels.workspace import Workspace


class TimelinePresenter(QObject):
    """Made after the panes are connected to the focus: the part in view is restored once the branch is shown."""

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
        self._window, self._services = window, services
        self._workspace, self._playback = workspace, playback
        self.places = Places()
        self.time_step_s = 10.0
        self._shown: tuple[str, str, int] | None = None
        self._is_new = False
        self._peek = EventPeek(services.store, bridge, workspace, self)
        self._toast = Toast(window)
        view, bar = window.timeline, window.transport
        view.summary_requested.connect(self._peek.ask)
        self._peek.summary_ready.connect(view.show_summary)
        bar.jump_requested.connect(self.jump)
        bar.speed_requested.connect(playback.set_speed)
        bar.pace_requested.connect(playback.set_pace)
        playback.range_changed.connect(self._on_range_changed)
        playback.stopped_at.connect(self._on_stopped)
        workspace.session_opened.connect(self._on_session_opened)
        workspace.branch_changed.connect(self._on_branch_changed)
        workspace.playhead_moved.connect(self._on_playhead_moved)

    def say(self, sentence: str) -> None:
        """Tell something that needs no answer."""
        self._toast.say(sentence)

    # --- where to go

    @Slot(str)
    def jump(self, text: str) -> None:
        """Go to the place that a person typed, or say what can be typed."""
        from app.viewmodels.jump import jump_target  # noqa: PLC0415 -- loads what only a jump needs

        if self._workspace.timeline is None:
            return
        self._playback.pause()
        try:
            self._workspace.seek(jump_target(text, self._workspace.timeline, self._workspace.playhead))
        except BranchlineError as error:
            self.say(str(error))
        else:
            self._window.transport.jump_done()
            self._window.timeline.take_focus()

    def step_time(self, direction: int) -> None:
        """A step by the clock on (1) or back (-1); says so where the branch has no times."""
        timeline = self._workspace.timeline
        if timeline is None:
            return
        self._playback.pause()
        if timeline.has_times:
            self._workspace.seek(timeline.neighbour_time(self._workspace.playhead, direction * self.time_step_s))
        else:
            self.say(self.tr("No event of this branch has a time to step by."))

    def copy_link(self) -> None:
        """Copy the command that opens this moment."""
        session, branch = self._workspace.session, self._workspace.branch
        if session is None or branch is None:
            return
        named = branch.name if branch.parent is None and branch.name == MAIN else branch.id
        link = moment_link(session.header.id, named, self._workspace.playhead, self._services.store_option)
        QGuiApplication.clipboard().setText(link)
        self.say(self.tr("Copied: {link}").format(link=link))

    def open_session(self, session: str) -> None:
        """Open a session where it was left; at its end when it is opened for the first time."""
        place = self.places.of(session)
        if place is None:
            self._workspace.open_session(session)
        else:
            self._workspace.reopen_session(session, place.branch, place.position)

    # --- where it was left

    def remember(self) -> None:
        """Keep the place of the session in focus."""
        if self._shown is not None:
            view = self._window.timeline
            self.places.remember(Place(*self._shown, axis=view.axis_kind, part=view.part))

    @Slot(object)
    def _on_session_opened(self, session: SessionSummary) -> None:
        """Comes before the timeline shows another branch: what it shows now belongs to the session before."""
        self.remember()
        self._shown = None
        self._is_new = True
        self._playback.set_range(self._playback.range.without_limits())
        if (place := self.places.of(session.header.id)) is not None:
            self._window.timeline.set_axis(place.axis)

    @Slot(object)
    def _on_branch_changed(self, branch: Branch) -> None:
        place = self.places.of(branch.session)
        if self._is_new and place is not None and place.branch == branch.id and place.part is not None:
            self._window.timeline.show_events(*place.part)
        self._is_new = False

    @Slot(int)
    def _on_playhead_moved(self, position: int) -> None:
        session, branch = self._workspace.session, self._workspace.branch
        if session is not None and branch is not None:
            self._shown = (session.header.id, branch.id, position)
        if QAccessible.isActive() and not self._playback.is_playing:
            words = spoken(self._workspace.timeline, position)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._window.timeline.lanes, words))

    # --- what playing tells

    @Slot(object)
    def _on_range_changed(self, played: PlayRange) -> None:
        self._window.timeline.set_range(played)
        self._window.transport.set_range(played, self._workspace.head)

    @Slot(int)
    def _on_stopped(self, position: int) -> None:
        self.say(self.tr("Paused at event {position}: a breakpoint.").format(position=f"{position:,}"))
