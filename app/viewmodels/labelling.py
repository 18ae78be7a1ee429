"""Changes names, stars, colours, archive and reasons of branches; writes go over the bridge, one after another."""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.viewmodels.change_order import next_change

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.viewmodels.branch_services import BranchLabels
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.workspace import Workspace


class Labelling(QObject):
    """Knows this window's own changes, to undo them.

    Signals:
        written(str): a change was written; what it was, in a sentence, empty for an undo.
        failed(str): one sentence.
    """

    written = Signal(str)
    failed = Signal(str)

    def __init__(
        self, labels: BranchLabels, bridge: Bridge, workspace: Workspace, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._labels, self._bridge, self._workspace = labels, bridge, workspace
        self._queue: deque[tuple[Callable[[], str | None], str]] = deque()
        self._is_writing = False
        self._undoable: list[tuple[str, str, int]] = []

    def close(self) -> None:
        self._queue.clear()

    @property
    def newest_change(self) -> int:
        """Number of the change that would be undone next, see ``next_change``; 0 when there is none."""
        return max((number for session, _, number in self._undoable if session == self._session), default=0)

    def rename(self, branch: str, name: str) -> None:
        said = self.tr("Renamed to {name}.").format(name=" ".join(name.split()))
        self._write(partial(self._labels.rename, branch, name), said)

    def star(self, branch: str, *, starred: bool) -> None:
        name = self._name(branch)
        words = (
            self.tr("{name} is the default path.") if starred else self.tr("{name} is not the default path any more.")
        )
        self._write(partial(self._labels.star, branch, starred=starred), words.format(name=name))

    def colour(self, branch: str, colour: str | None) -> None:
        self._write(partial(self._labels.colour, branch, colour), self.tr("Coloured."))

    def archive(self, branches: Sequence[str], *, archived: bool) -> None:
        if len(branches) == 1:
            words = self.tr("{name} is archived.") if archived else self.tr("{name} is back.")
        else:
            words = self.tr("{count} branches are archived.") if archived else self.tr("{count} branches are back.")
        said = words.format(name=self._name(branches[0]), count=f"{len(branches):,}")
        self._write(partial(self._labels.archive, tuple(branches), archived=archived), said)

    def describe(self, branch: str, hypothesis: str, expected: str) -> None:
        self._write(partial(self._labels.describe, branch, hypothesis, expected), self.tr("The reason is kept."))

    def undo(self) -> None:
        """Undo this window's last change of a branch; what others wrote stays."""
        session = self._session
        change = next((one for one in reversed(self._undoable) if one[0] == session), None)
        if change is not None:
            self._undoable.remove(change)
            self._write(partial(self._labels.undo, session, change[1]), "")

    def _name(self, branch: str) -> str:
        return next((one.name for one in self._workspace.branches if one.id == branch), branch)

    @property
    def _session(self) -> str:
        return self._workspace.session.header.id if self._workspace.session is not None else ""

    def _write(self, work: Callable[[], str | None], said: str) -> None:
        self._queue.append((work, said))
        self._write_next()

    def _write_next(self) -> None:
        if self._queue and not self._is_writing:
            self._is_writing = True
            work, said = self._queue.popleft()
            self._bridge.run(work, partial(self._on_written, self._session, said), self._on_failed)

    def _on_written(self, session: str, said: str, change: str | None) -> None:
        self._is_writing = False
        if change is not None and said:
            self._undoable.append((session, change, next_change()))
        if change is not None:
            self.written.emit(said)
        self._workspace.reread_branches()
        self._write_next()

    def _on_failed(self, error: Exception) -> None:
        self._is_writing = False
        self.failed.emit(str(error) or type(error).__name__)
        self._write_next()
