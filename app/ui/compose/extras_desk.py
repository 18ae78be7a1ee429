"""Connects what is rarely asked for to the compose panel: the dialog, and the person who answers for tools."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog

from app.viewmodels.tool_asking import ToolAsking

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.application.tool_answers import ToolQuestion
    from app.domain.transcript import Entry
    from app.ui.compose.extras_dialog import ExtrasDialog
    from app.ui.compose.tool_dialog import ToolDialog
    from app.ui.main_window import MainWindow
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.services import Services
    from app.viewmodels.workspace import Workspace

MOST_ENTRIES: Final = 400
"""The latest ones: more nobody ticks by hand."""

Known = tuple["tuple[Entry, ...]", "tuple[Mapping[str, Any], ...]"]


class ExtrasDesk(QObject):
    """Lives as long as the window."""

    def __init__(
        self, window: MainWindow, services: Services, bridge: Bridge, workspace: Workspace, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window, self._services, self._bridge, self._workspace = window, services, bridge, workspace
        self._dialog: ExtrasDialog | None = None
        self._tool: ToolDialog | None = None
        self.asking = ToolAsking(bridge, self)
        self.asking.asked.connect(self._on_asked)
        self.asking.withdrawn.connect(self._on_withdrawn)
        window.compose.extras_wanted.connect(self.open)
        workspace.session_opened.connect(self._on_session_opened)

    @Slot()
    def open(self) -> None:
        """Ask what else the request should say."""
        workspace = self._workspace
        from app.ui.compose.extras_dialog import ExtrasDialog

        dialog = ExtrasDialog(self._window.compose.extras, self._services.read_picture, self._window)
        self._dialog = dialog
        dialog.chosen.connect(self._window.compose.set_extras)
        dialog.finished.connect(self._on_finished)
        dialog.open()
        if workspace.branch is not None and workspace.session is not None:
            work = partial(self._known, workspace.session.header.id, workspace.branch.id, workspace.playhead)
            self._bridge.run_latest("extras", work, self._on_known, self._on_failed)

    def _known(self, session: str, branch: str, at: int) -> Known:
        """On a worker: what could go along, and which tools the session knows."""
        machine = self._services.time_machine
        count = sum(1 for birth in machine.births(branch) if birth <= at)
        first = max(1, count - MOST_ENTRIES + 1)
        return machine.entries(branch, first, count - first + 1, at), tuple(self._services.known_tools(session))

    def _on_known(self, known: Known) -> None:
        if self._dialog is not None:
            self._dialog.set_entries(known[0])
            self._dialog.set_definitions(known[1])

    def _on_failed(self, error: Any) -> None:
        if self._dialog is not None:
            self._dialog.problem.setText(str(error) or type(error).__name__)

    @Slot()
    def _on_finished(self) -> None:
        self._dialog = None

    @Slot()
    def _on_session_opened(self) -> None:
        """Messages, tools and pictures belong to the session that they were chosen for."""
        self._window.compose.forget_session_extras()

    @Slot(object)
    def _on_asked(self, question: ToolQuestion) -> None:
        self._on_withdrawn()
        from app.ui.compose.tool_dialog import ToolDialog

        self._tool = ToolDialog(question, self._window)
        self._tool.answered.connect(self.asking.answer)
        self._tool.stop_wanted.connect(self._window.compose.stop_requested)
        self._tool.finished.connect(self._on_tool_finished)
        self._tool.open()

    @Slot()
    def _on_tool_finished(self) -> None:
        self._tool = None

    @Slot()
    def _on_withdrawn(self) -> None:
        if self._tool is not None:
            self._tool.done(QDialog.DialogCode.Rejected)  # not ``reject``: there is nothing left to stop
