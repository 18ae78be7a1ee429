"""Where a branch at the playhead would leave and what it would hold; worked out when the playhead rests."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

if TYPE_CHECKING:
    from app.application.moment import Moment
    from app.domain.forks import Fork, Holding
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.services import Forking
    from app.viewmodels.workspace import Workspace

_RESTS_MS: Final = 120


class ForkOutlook(QObject):
    """Follows the playhead.

    Signals:
        ready(object, object): the ``Fork`` asked for at the playhead, and what a branch there would be ``Holding``.
    """

    ready = Signal(object, object)

    def __init__(self, forking: Forking, bridge: Bridge, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._forking, self._bridge, self._workspace = forking, bridge, workspace
        self._rested = QTimer(self)
        self._rested.setSingleShot(True)
        self._rested.setInterval(_RESTS_MS)
        self._rested.timeout.connect(self._on_rested)
        workspace.moment_ready.connect(self._on_moment_ready)

    def close(self) -> None:
        self._rested.stop()

    @Slot(object)
    def _on_moment_ready(self, moment: Moment) -> None:  # noqa: ARG002 -- that it came is all
        self._rested.start()

    @Slot()
    def _on_rested(self) -> None:
        branch, at = self._workspace.branch, self._workspace.playhead
        if branch is not None:
            work = partial(self._look, branch.id, at)
            self._bridge.run_latest("outlook", work, partial(self._on_looked, branch.id, at), _unheard)

    def _look(self, branch: str, at: int) -> tuple[Fork, Holding]:
        fork = self._forking.allowed_fork(branch, at)
        return fork, self._forking.holding(branch, fork.position)

    def _on_looked(self, branch: str, at: int, found: tuple[Fork, Holding]) -> None:
        workspace = self._workspace
        if workspace.branch is not None and (workspace.branch.id, workspace.playhead) == (branch, at):
            self.ready.emit(*found)


def _unheard(error: Exception) -> None:
    """What is wrong with a position is told where its state is shown."""
