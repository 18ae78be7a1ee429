"""Opens share files beside this window, and brings the one that this window shows into the person's own store."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from app.domain.errors import BranchlineError, Cancelled
from app.ui.write_guard import WRITING, hold_back
from app.viewmodels.progress import ProgressReport

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.ui.inspector_presenter import InspectorPresenter
    from app.ui.main_window import MainWindow
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.services import Services
    from app.viewmodels.workspace import Workspace


class ShareDesk(QObject):
    """Lives as long as the window."""

    def __init__(
        self,
        window: MainWindow,
        services: Services,
        bridge: Bridge,
        workspace: Workspace,
        inspector: InspectorPresenter,
    ) -> None:
        super().__init__(window)
        self._window, self._bridge, self._inspector = window, bridge, inspector
        self._sharing = services.sharing
        self._running: ProgressReport | None = None
        window.share_banner.import_requested.connect(self._on_import_requested)
        opened = self._sharing.opened
        if opened is not None:
            window.share_banner.show_share(opened.share)
            window.compose.hide()  # nothing can be said in a session that is open for reading only
            self._refuse_writing()
            self._workspace = workspace
            workspace.moment_ready.connect(self._on_first_moment)

    def _refuse_writing(self) -> None:
        why = self.tr("This window is read-only: import the session into your store, and branch or write there.")
        self._window.write_guard.why_not = why
        self._window.actions_table.refuse(WRITING, why)
        hold_back(self._window, self._window.side_by_side.blind)

    def open_shares(self, paths: Sequence[Path]) -> tuple[Path, ...]:
        """Open those that are share files, each in a window of its own; returns the others."""
        others: list[Path] = []
        for path in paths:
            if not self._sharing.is_share(path):
                others.append(path)
                continue
            try:
                self._sharing.open_beside(path)
            except BranchlineError as error:
                self._window.notice.tell(str(error))
        return tuple(others)

    def close(self) -> None:
        """Stop what runs."""
        if self._running is not None:
            self._running.cancel()

    @Slot(object)
    def _on_first_moment(self, _moment: object) -> None:
        """The moment that was shared stands: look at its field, once."""
        self._workspace.moment_ready.disconnect(self._on_first_moment)
        opened = self._sharing.opened
        if opened is not None and opened.share.field:
            self._inspector.pin(opened.share.field)

    @Slot()
    def _on_import_requested(self) -> None:
        opened = self._sharing.opened
        if self._running is not None:
            self._running.cancel()
        elif opened is not None:
            self._window.share_banner.show_progress(self.tr("Importing…"))
            self._running = ProgressReport(self._bridge, self._on_progressed)
            self._bridge.run(partial(opened.import_into_own, self._running), self._on_imported, self._on_failed)

    def _on_progressed(self, done: int, total: int | None, _what: str) -> None:
        if self._running is not None:
            counted = f"{done:,} / {total:,}" if total else f"{done:,}"
            self._window.share_banner.show_progress(f"{self.tr('Importing…')} {counted}")

    def _on_imported(self, events: int) -> None:
        self._running = None
        if events:
            said = self.tr("The session is in your store now: {count} events are new.").format(count=f"{events:,}")
        else:
            said = self.tr("The session was in your store already; nothing was changed.")
        self._window.share_banner.show_end(said, again=False)

    def _on_failed(self, error: Exception) -> None:
        self._running = None
        said = self.tr("Stopped; nothing was imported.") if isinstance(error, Cancelled) else str(error)
        self._window.share_banner.show_end(said, again=True)
