"""Connects the state panel to the field in focus: its history, the reason for its value, its lane in the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Slot

from app.viewmodels.entry_pointer import entry_pointer
from app.viewmodels.field_focus import FieldFocus
from app.viewmodels.why_rows import value_words, why_rows

if TYPE_CHECKING:
    from app.application.explaining import Explanation
    from app.domain.transcript import Entry
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
        window.conversation.history_requested.connect(self._on_entry_history_requested)
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
        """Explain the entry in the conversation that has the focus, else what is selected in the state, else pinned."""
        pointer = self._focused_entry() or self._window.inspector.selected_pointer() or self.field.pointer
        if pointer:
            self.pin(pointer)
        else:
            self._window.inspector.show_why()

    def _focused_entry(self) -> str:
        """The pointer of the current entry while the conversation has the focus."""
        view, focused = self._window.conversation, self._window.focusWidget()
        is_focused = focused is view or view.isAncestorOf(focused)
        if not is_focused or view.current_row is None:
            return ""
        entry = view.entry_at(view.current_row)
        return self._pointer_of(entry) if entry is not None else ""

    def _pointer_of(self, entry: Entry) -> str:
        timeline = self._workspace.timeline
        posted = timeline.turns.tolist() if timeline is not None else ()
        return entry_pointer(entry, posted, self._workspace.problems)

    @Slot(object)
    def _on_entry_history_requested(self, entry: Entry) -> None:
        if pointer := self._pointer_of(entry):
            self.pin(pointer)

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
