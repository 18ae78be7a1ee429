"""Connects the library of instructions to the compose panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.services import Services
    from app.viewmodels.workspace import Workspace


class InstructionsDesk(QObject):
    """Lives as long as the window."""

    def __init__(
        self, window: MainWindow, services: Services, bridge: Bridge, workspace: Workspace, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window, self._services, self._bridge = window, services, bridge
        window.compose.unfold.toggled.connect(self._read)
        window.compose.library.pressed.connect(self._read)
        window.compose.library.library_wanted.connect(window.actions_table["show_instructions"].trigger)
        workspace.session_opened.connect(self._read)

    @Slot()
    def _read(self) -> None:
        """Read the versions anew: somebody may have saved one since."""
        read = self._services.trials.instructions
        self._bridge.run_latest("instructions", read, self._window.compose.library.set_versions, self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        self._window.notice.tell(str(error) or type(error).__name__)
