"""Connects the notebook panel, the timeline's marks and the keys to what is noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication

from app.ui.notebook.entry_card import Draft
from app.viewmodels.notebook_rows import as_markdown
from app.viewmodels.noting import Noting

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.ui.main_window import MainWindow
    from app.ui.notebook.entry_card import Written
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.notebook_rows import NotebookRow
    from app.viewmodels.playback import Playback
    from app.viewmodels.services import Services
    from app.viewmodels.workspace import Workspace


class NotebookDesk(QObject):
    """Lives as long as the window; ``say`` tells something that needs no answer."""

    def __init__(
        self,
        window: MainWindow,
        services: Services,
        bridge: Bridge,
        workspace: Workspace,
        playback: Playback,
        say: Callable[[str], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window, self._workspace, self._playback, self._say = window, workspace, playback, say
        self.noting = Noting(services.notebook, bridge, workspace, self)
        self.noting.changed.connect(self._on_changed)
        self.noting.failed.connect(window.notice.tell)
        workspace.session_opened.connect(self._on_session_opened)
        workspace.playhead_moved.connect(window.notebook.set_playhead)
        window.notebook.row_chosen.connect(self.go_to)
        window.notebook.draft_accepted.connect(self._on_draft_accepted)
        window.notebook.remove_requested.connect(self._on_remove_requested)
        window.notebook.keep_requested.connect(self._on_keep_requested)
        window.conversation.noting_requested.connect(self._on_noting_requested)

    def close(self) -> None:
        self.noting.close()

    # --- wishes

    def mark(self) -> None:
        """Set a marker at the playhead; where one is already, open its label."""
        if self.noting.here("marker") is not None:
            self.write("marker")
        else:
            self.noting.set_marker()

    def write(self, kind: Written) -> None:
        """Open the card at the playhead, on the entry of that kind that is there."""
        self._playback.pause()
        there = self.noting.here(kind) if kind in ("marker", "rating") else None
        if there is None:
            self._ask(Draft(kind, self._workspace.playhead, ""))
        else:
            self._ask(Draft(kind, there.position, there.text, there.rating or 0, there.entry))

    def step(self, direction: int) -> None:
        """To the next or previous entry that a person wrote."""
        target = self.noting.neighbour(direction)
        if target is None:
            self._say(self.tr("No marker or note further on.") if direction > 0 else self.tr("None before this one."))
        else:
            self._playback.pause()
            self._workspace.seek(target)

    def undo(self) -> None:
        if self.noting.can_undo:
            self.noting.undo()
            self._say(self.tr("Undone."))
        else:
            self._say(self.tr("Nothing was noted here since this window was opened."))

    def copy(self) -> None:
        """Put the notebook on the clipboard as Markdown."""
        session = self._workspace.session
        if session is not None:
            QGuiApplication.clipboard().setText(as_markdown(session.header.title, self.noting.rows))
            self._say(self.tr("The notebook is on the clipboard, as Markdown."))

    @Slot(object)
    def go_to(self, row: NotebookRow) -> None:
        """To the event of a row, on another branch where this one does not hold it."""
        self._playback.pause()
        session = self._workspace.session
        if row.elsewhere and session is not None:
            self._workspace.open_session(session.header.id, row.branch, row.position)
        else:
            self._workspace.seek(row.position)

    def _ask(self, draft: Draft) -> None:
        self._window.show_notebook()
        self._window.notebook.ask(draft)

    @Slot(object)
    def _on_draft_accepted(self, draft: Draft) -> None:
        if draft.kind == "rating":
            row = next((one for one in self.noting.rows if draft.entry and one.entry == draft.entry), None)
            if row is not None:
                self.noting.rate_again(row, draft.rating, draft.text)
            else:
                self.noting.rate(draft.rating, draft.text, draft.position)
        elif draft.entry:
            self.noting.edit(draft.entry, draft.text)
        elif draft.kind == "marker":
            self.noting.set_marker(draft.text, draft.position)
        elif draft.kind == "tag":
            self.noting.add_tag(draft.text, draft.position)
        else:
            self.noting.write_note(draft.text, draft.position)

    @Slot(object)
    def _on_remove_requested(self, row: NotebookRow) -> None:
        self.noting.remove(row.entry)
        self._say(self.tr("Removed. Ctrl+Z brings it back."))

    @Slot(object)
    def _on_keep_requested(self, row: NotebookRow) -> None:
        self.noting.set_marker(None, row.position)

    @Slot(str, int)
    def _on_noting_requested(self, kind: Written, position: int) -> None:
        if kind == "marker":
            self.noting.set_marker(None, position)
        else:
            self._ask(Draft(kind, position, ""))

    # --- facts

    @Slot()
    def _on_changed(self) -> None:
        self._window.notebook.set_rows(self.noting.rows, self.noting.tags)
        self._window.timeline.set_marks(self.noting.marks)
        self._window.story.set_marks(self.noting.marks)
        self._window.show_noted(sum(row.is_own for row in self.noting.rows))

    @Slot()
    def _on_session_opened(self) -> None:
        self._window.notebook.close_card()
