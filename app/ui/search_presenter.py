"""Connects searching to the panel, the timeline and the one focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from app.domain.branches import lineage
from app.viewmodels.search import Search

if TYPE_CHECKING:
    from app.application.searching import Hit
    from app.ui.main_window import MainWindow
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.playback import Playback
    from app.viewmodels.search import Scope
    from app.viewmodels.services import Services
    from app.viewmodels.workspace import Workspace


class SearchPresenter(QObject):
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
        self.search = Search(services, bridge, workspace, self)
        window.search.set_model(self.search.model)
        window.search.asked.connect(self.search.ask)
        window.search.hit_requested.connect(self._on_hit_requested)
        window.library.story_requested.connect(self.show_story)
        workspace.branch_changed.connect(self.search.again)
        self.search.said.connect(window.search.say)
        self.search.failed.connect(window.search.tell_failure)
        self.search.positions_found.connect(window.timeline.set_found)

    def close(self) -> None:
        self.search.close()

    def forget(self) -> None:
        """Drop the hits that are listed."""
        self.search.forget()

    def open(self, scope: Scope) -> None:
        """Show the panel, ready to type."""
        self._window.show_search()
        self._window.search.focus_text(scope)

    @Slot(str)
    def show_story(self, subject: str) -> None:
        """Everything about a customer, in the panel's list."""
        self._window.show_search()
        self._window.search.clear_wish()
        self.search.ask_story(subject)

    @Slot(object)
    def _on_hit_requested(self, hit: Hit) -> None:
        self._playback.pause()
        session, (branch, position) = hit.event.session, hit.target
        if self._holds(session, branch, position):
            self._workspace.seek(position)
        else:
            self._workspace.open_session(session, branch, position)

    def _holds(self, session: str, branch: str | None, position: int) -> bool:
        """Whether the branch in focus has the event too, so that there is no need to leave it."""
        workspace = self._workspace
        if workspace.session is None or workspace.branch is None or workspace.session.header.id != session:
            return False
        known = {one.id: one for one in workspace.branches}
        parts = lineage(workspace.branch, known)
        return branch is None or any(part.owner == branch and part.first <= position <= part.last for part in parts)
