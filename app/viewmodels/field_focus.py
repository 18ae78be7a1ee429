"""The field in focus: what changed it on the whole branch, and why it is what it is at the playhead."""

from __future__ import annotations

from bisect import bisect_right
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.errors import Cancelled
from app.viewmodels.progress import ProgressReport

if TYPE_CHECKING:
    from app.application.explaining import Explanation
    from app.application.histories import FieldChange
    from app.application.moment import Moment
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.services import Services
    from app.viewmodels.workspace import Workspace


class FieldFocus(QObject):
    """Holds one JSON pointer, follows branch and playhead, and reads off the main thread.

    Signals:
        pinned(str): another pointer; empty when none is pinned any more.
        changes_ready: ``changes`` are those of the pinned field on the branch in focus.
        explained(object): the ``Explanation`` at the playhead.
        progressed(str): what is being read; empty when nothing is.
        failed(str): one sentence.
    """

    pinned = Signal(str)
    changes_ready = Signal()
    explained = Signal(object)
    progressed = Signal(str)
    failed = Signal(str)

    def __init__(self, services: Services, bridge: Bridge, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._histories, self._bridge, self._workspace = services.histories, bridge, workspace
        self.pointer = ""
        self.changes: tuple[FieldChange, ...] = ()
        self._request = 0
        self._reading: ProgressReport | None = None
        self._explaining: ProgressReport | None = None
        self._session = ""
        workspace.branch_changed.connect(self._on_branch_changed)
        workspace.moment_ready.connect(self._on_moment_ready)

    def pin(self, pointer: str) -> None:
        """Put a field in focus; its changes follow with ``changes_ready``, the reason with ``explained``."""
        if pointer != self.pointer:
            self.pointer = pointer
            self.changes = ()
            self.pinned.emit(pointer)
        self._read()
        self._explain()

    @Slot()
    def unpin(self) -> None:
        self.cancel()
        self.pointer, self.changes = "", ()
        self.pinned.emit("")

    @Slot()
    def cancel(self) -> None:
        """Stop what is being read; what is shown stays."""
        self._request += 1
        for report in (self._reading, self._explaining):
            if report is not None:
                report.cancel()
        self.progressed.emit("")

    def in_force(self, position: int) -> int | None:
        """Index of the change whose value holds at a position; None before the first."""
        place = bisect_right([change.position for change in self.changes], position)
        return place - 1 if place else None

    def neighbour(self, position: int, direction: int) -> int | None:
        """The position of the next (1) or previous (-1) change seen from a position."""
        positions = [change.position for change in self.changes]
        ahead = [one for one in positions if (one - position) * direction > 0]
        return (min(ahead) if direction > 0 else max(ahead)) if ahead else None

    def _read(self) -> None:
        branch = self._workspace.branch
        if branch is None or not self.pointer:
            return
        self.cancel()
        self._reading = ProgressReport(self._bridge, partial(self._on_progressed, self._request))
        self.progressed.emit(self.tr("Reading the history of the field…"))
        work = partial(self._histories.history, branch.id, self.pointer, progress=self._reading)
        done, failed = partial(self._on_changes, self._request), partial(self._on_failed, self._request)
        self._bridge.run_latest("history", work, done, failed)

    def _explain(self) -> None:
        workspace = self._workspace
        if workspace.branch is None or not self.pointer:
            return
        if self._explaining is not None:
            self._explaining.cancel()
        self._explaining = ProgressReport(self._bridge, _unheard)
        work = partial(
            self._histories.explain, workspace.branch.id, workspace.playhead, self.pointer, progress=self._explaining
        )
        done, failed = partial(self._on_explained, self._request), partial(self._on_failed, self._request)
        self._bridge.run_latest("explain", work, done, failed)

    def _on_progressed(self, request: int, done: int, total: int | None, what: str) -> None:
        if request == self._request:
            share = f" {done * 100 // total} %" if total else ""
            self.progressed.emit(f"{what}{share}")

    def _on_changes(self, request: int, changes: tuple[FieldChange, ...]) -> None:
        if request == self._request:
            self.changes = changes
            self.progressed.emit("")
            self.changes_ready.emit()

    def _on_explained(self, request: int, explanation: Explanation) -> None:
        is_here = explanation.pointer == self.pointer and explanation.position == self._workspace.playhead
        if request == self._request and is_here:
            self.explained.emit(explanation)

    def _on_failed(self, request: int, error: Exception) -> None:
        if request == self._request and not isinstance(error, Cancelled):
            self.progressed.emit("")
            self.failed.emit(str(error) or type(error).__name__)

    @Slot(object)
    def _on_branch_changed(self) -> None:
        session = self._workspace.session.header.id if self._workspace.session is not None else ""
        if session != self._session:
            self._session = session
            if self.pointer:
                self.unpin()
            return
        if self.pointer:
            self._read()

    @Slot(object)
    def _on_moment_ready(self, moment: Moment) -> None:
        if self.pointer and moment.position == self._workspace.playhead:
            self._explain()


def _unheard(done: int, total: int | None, what: str) -> None:
    """An explanation is asked for at every step; its progress would only flicker."""
