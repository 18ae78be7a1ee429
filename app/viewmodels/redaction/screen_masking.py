"""Masking on the screen: on or off, and nothing shown in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from app.application.masking import ScreenMask
from app.domain.redaction.profile import STANDARD

if TYPE_CHECKING:
    from app.domain.redaction.profile import RedactionProfile
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.services import Redacting
    from app.viewmodels.workspace import Workspace


class ScreenMasking(QObject):
    """Turns the mask on or off and has everything read anew behind it. Lives in the main thread.

    What was read without a mask may still be on its way when it is turned on; it is let through first, then all is
    forgotten and read again. Until the new state is there, ``is_covered`` is true and the window shows nothing.

    Signals:
        covered: hide everything now.
        forgotten: every pane has to drop what it holds.
        uncovered: what is shown from now on was looked through.
    """

    covered = Signal()
    forgotten = Signal()
    uncovered = Signal()

    def __init__(
        self, mask: ScreenMask, redacting: Redacting, bridge: Bridge, workspace: Workspace, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._mask, self._redacting, self._bridge, self._workspace = mask, redacting, bridge, workspace
        self._profile = STANDARD
        self.is_covered = False
        self._waits_for = ""
        workspace.moment_ready.connect(self._on_moment_ready)
        workspace.sessions_changed.connect(self._on_sessions_changed)
        workspace.failed.connect(self._on_failed)

    @property
    def is_on(self) -> bool:
        return self._mask.is_on

    def toggle(self) -> None:
        self._mask.is_on = not self._mask.is_on
        self._show_anew()

    def use(self, profile: RedactionProfile) -> None:
        """Mask what another profile finds, names it lists for example."""
        if profile != self._profile:
            self._profile = profile
            self._mask.use(self._redacting.scan(profile))
            if self._mask.is_on:
                self._show_anew()

    def _show_anew(self) -> None:
        self.is_covered = True
        self._waits_for = ""
        self.covered.emit()
        self._bridge.post(self._read_anew)

    def _read_anew(self) -> None:
        """Called after everything that was on its way."""
        self.forgotten.emit()
        place = self._workspace.forget()
        self._waits_for = "sessions" if place is None else "moment"
        self._workspace.reread_sessions()
        if place is not None:
            self._workspace.open_session(*place)

    @Slot()
    def _on_moment_ready(self) -> None:
        if self._waits_for == "moment":
            self._uncover()

    @Slot()
    def _on_sessions_changed(self) -> None:
        if self._waits_for == "sessions":
            self._uncover()

    @Slot()
    def _on_failed(self) -> None:
        if self._waits_for:
            self._uncover()

    def _uncover(self) -> None:
        self.is_covered = False
        self._waits_for = ""
        self.uncovered.emit()


def make_mask(redacting: Redacting) -> ScreenMask:
    return ScreenMask(redacting.scan(STANDARD))
