"""Where a person moved to and stayed for a while; kept for the life of the window only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

if TYPE_CHECKING:
    from app.viewmodels.workspace import Workspace

STAY_MS: Final = 2_000
MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Breadcrumb:
    """A place where somebody stopped; ``what`` is the kind of event there, in words."""

    session: str
    branch: str
    position: int
    what: str = ""


class Breadcrumbs(QObject):
    """Drops one when the playhead was moved and then left alone for ``STAY_MS``.

    Signals:
        changed: one was dropped.
    """

    changed = Signal()

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._crumbs: list[Breadcrumb] = []
        self._arrived: tuple[str, int] | None = None
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(STAY_MS)
        self.timer.timeout.connect(self._drop)
        workspace.branch_changed.connect(self._on_branch_changed)
        workspace.playhead_moved.connect(self._on_playhead_moved)

    def of(self, session: str) -> tuple[Breadcrumb, ...]:
        return tuple(crumb for crumb in self._crumbs if crumb.session == session)

    def close(self) -> None:
        self.timer.stop()

    @Slot()
    def _on_branch_changed(self) -> None:
        """Where a branch opens is nothing that a person chose to look at."""
        self.timer.stop()
        self._arrived = self._place()

    @Slot(int)
    def _on_playhead_moved(self, position: int) -> None:
        self.timer.stop()
        if position and self._place() != self._arrived:
            self._arrived = None
            self.timer.start()

    def _place(self) -> tuple[str, int] | None:
        branch = self._workspace.branch
        return (branch.id, self._workspace.playhead) if branch is not None else None

    @Slot()
    def _drop(self) -> None:
        branch, position = self._workspace.branch, self._workspace.playhead
        if branch is None or not 1 <= position <= self._workspace.head:
            return
        crumb = Breadcrumb(branch.session, branch.id, position, self._what(position))
        self._crumbs = [*(one for one in self._crumbs if one != crumb), crumb][-MOST:]
        self.changed.emit()

    def _what(self, position: int) -> str:
        timeline = self._workspace.timeline
        if timeline is None or position > timeline.head:
            return ""
        name = timeline.type_at(position)
        return (name.partition(".")[2] or name).replace("-", " ")
