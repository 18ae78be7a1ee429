"""Keeps the rows of events at the focus, and shows them where a session has no conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from app.viewmodels.event_summaries import EventSummaries

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.continuation import Continuation
    from app.viewmodels.services import Services
    from app.viewmodels.workspace import Workspace


class StoryPresenter(QObject):
    """Lives as long as the window."""

    def __init__(
        self,
        window: MainWindow,
        services: Services,
        bridge: Bridge,
        workspace: Workspace,
        continuation: Continuation,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window, self._workspace, self._continuation = window, workspace, continuation
        self.summaries = EventSummaries(services.store, bridge, workspace, self)
        for rows in (window.story, window.timeline):
            rows.set_summaries(self.summaries)
        window.story.position_requested.connect(workspace.seek)
        workspace.branch_changed.connect(self._on_branch_changed)
        workspace.playhead_moved.connect(window.story.set_playhead)
        workspace.births_ready.connect(self._choose)
        continuation.running_changed.connect(self._choose)

    @Slot(object)
    def _on_branch_changed(self) -> None:
        self._window.story.set_data(self._workspace.timeline, self._workspace.playhead)

    @Slot()
    def _choose(self) -> None:
        """Events where nobody speaks; but what a model answers is a conversation from its first word on."""
        is_silent = not len(self._workspace.births) and self._workspace.head > 0
        self._window.show_story(shown=is_silent and not self._continuation.is_running)
