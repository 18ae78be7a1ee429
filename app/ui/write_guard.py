"""What a window does not do that is open for reading only: everything that writes is disabled, and says why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QMenu

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

WRITING: Final = frozenset({
    "import_files", "import_folder", "map_source", "watch_folder",
    "set_marker", "edit_marker", "write_note", "add_tag", "rate", "undo_note",
    "branch_here", "edit_on_branch", "leave_out_on_branch", "continue_branch", "try_variants", "play_rest_again",
    "rerun_sessions",
    "star_branch", "rename_branch", "archive_branch", "show_instructions",
})  # fmt: skip
"""Actions of the table that change what a store holds."""


class WriteGuard(QObject):
    """A window's one answer to whether it may write; ``why_not`` is a sentence, empty where it may.

    Signals:
        refused(str): somebody asked for what writes, by a key that nothing could disable.
    """

    refused = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.why_not = ""


def why_not(widget: QWidget) -> str:
    """Why the window of a widget may not write; empty where it may."""
    guard = _guard(widget)
    return guard.why_not if guard is not None else ""


def may_write(widget: QWidget) -> bool:
    """Whether its window may write; where it may not, that is told."""
    guard = _guard(widget)
    if guard is None or not guard.why_not:
        return True
    guard.refused.emit(guard.why_not)
    return False


def hold_back(widget: QWidget, *asking: QAction | QAbstractButton | QMenu) -> None:
    """Disable what would write where the window of a widget may not; each says why."""
    if reason := why_not(widget):
        for one in asking:
            one.setEnabled(False)
            one.setToolTip(reason)
            one.setStatusTip(reason)
            if isinstance(one, QAbstractButton):
                one.setAccessibleDescription(reason)


def _guard(widget: QWidget) -> WriteGuard | None:
    found = widget.window().findChild(WriteGuard, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found if isinstance(found, WriteGuard) else None
