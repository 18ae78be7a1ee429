"""Connects the state panel to the field in focus: its history, the reason for its value, its lane in the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Slot

from app.viewmodels.field_focus import FieldFocus
from app.viewmodels.why_rows import value_words, why_rows

if TYPE_CHECKING:
    from app.application.explaining import Explanation
    from app.ui.main_window import MainWindow
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.playback import Playback
    from app.viewmodels.services import Services
    from app.viewmodels.workspace import Workspace

_LABEL_CHARACTERS: Final = 40


class InspectorPresenter(QObject):
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
        self._page = window.inspector.why
        self._explanation: Explanation | None = None
        self.field = FieldFocus(services, bridge, workspace, self)
        window.inspector.history_requested.connect(self.pin)
        self._page.position_requested.connect(workspace.seek)
        self._page.unpin_requested.connect(self.field.unpin)
        self._page.cancel_requested.connect(self.field.cancel)
        self.field.pinned.connect(self._on_pinned)
        self.field.changes_ready.connect(self._on_changes_ready)
        self.field.explained.connect(self._on_explained)
        self.field.progressed.connect(self._page.set_progress)
        self.field.failed.connect(window.notice.tell)
        workspace.playhead_moved.connect(self._on_playhead_moved)

    def close(self) -> None:
        self.field.cancel()

    @Slot(str)
    def pin(self, pointer: str) -> None:
        """Put a field in focus and show what is known of it."""
        self._window.inspector.show_why()
        self.field.pin(pointer)

    def explain(self) -> None:
        """Explain the pinned field; without one, the value that is selected in the state panel."""
        pointer = self._window.inspector.selected_pointer() or self.field.pointer
        if pointer:
            self.pin(pointer)
        else:
            self._window.inspector.show_why()

    def hop(self, direction: int) -> None:
        """To the next or previous change of the pinned field; stays when there is none."""
        position = self.field.neighbour(self._workspace.playhead, direction)
        if position is not None:
            self._playback.pause()
            self._workspace.seek(position)

    @Slot(str)
    def _on_pinned(self, pointer: str) -> None:
        self._explanation = None
        self._page.set_pointer(pointer)
        self._show()
        self._window.timeline.clear_field()

    @Slot()
    def _on_changes_ready(self) -> None:
        changes = self.field.changes
        positions = [change.position for change in changes]
        labels = [value_words(change.after, _LABEL_CHARACTERS) for change in changes]
        self._window.timeline.set_field(self.field.pointer, positions, labels)
        self._show()

    @Slot(object)
    def _on_explained(self, explanation: Explanation) -> None:
        self._explanation = explanation
        self._show()

    @Slot()
    def _on_playhead_moved(self) -> None:
        if self.field.pointer:
            self._show()

    def _show(self) -> None:
        field, here = self.field, self._workspace.playhead
        rows = why_rows(self._explanation, field.changes, field.in_force(here))
        self._page.show_rows(rows, self.tr("Nothing is known of this field yet."))
