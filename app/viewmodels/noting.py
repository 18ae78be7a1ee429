"""Reads and writes the notebook of the session in focus; slow work goes over the bridge, writes one after another."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from app.viewmodels.breadcrumbs import Breadcrumbs
from app.viewmodels.change_order import next_change
from app.viewmodels.marks import neighbour
from app.viewmodels.notebook_rows import marks_of, rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from app.domain.branches import Segment
    from app.domain.notebook import NotebookEntry
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.marks import Mark
    from app.viewmodels.notebook_rows import NotebookRow
    from app.viewmodels.services import Notebook
    from app.viewmodels.workspace import Workspace


@dataclass(frozen=True, slots=True)
class _Read:
    session: str
    entries: tuple[NotebookEntry, ...]
    lineages: Mapping[str, Sequence[Segment]]


class Noting(QObject):
    """What the window knows of the notebook, and this window's own changes to be undone.

    Signals:
        changed: ``rows`` and ``marks`` are new.
        written(object): the ``NotebookEntry`` that was written.
        failed(str): one sentence.
    """

    changed = Signal()
    written = Signal(object)
    failed = Signal(str)

    def __init__(self, notebook: Notebook, bridge: Bridge, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notebook, self._bridge, self._workspace = notebook, bridge, workspace
        self.breadcrumbs = Breadcrumbs(workspace, self)
        self.rows: tuple[NotebookRow, ...] = ()
        self._read: _Read | None = None
        self._queue: deque[tuple[Callable[[], NotebookEntry | None], bool]] = deque()
        self._is_writing = False
        self._undoable: list[tuple[str, str, int]] = []
        self.breadcrumbs.changed.connect(self._show)
        workspace.branch_changed.connect(self.refresh)

    def close(self) -> None:
        self._queue.clear()
        self.breadcrumbs.close()

    @property
    def can_undo(self) -> bool:
        return self.newest_change > 0

    @property
    def newest_change(self) -> int:
        """Number of the change that would be undone next, see ``next_change``; 0 when there is none."""
        return max((number for session, _, number in self._undoable if session == self._session), default=0)

    @property
    def tags(self) -> tuple[str, ...]:
        """Every tag of the session once."""
        return tuple(sorted({row.text for row in self.rows if row.kind == "tag"}, key=str.casefold))

    def here(self, kind: str) -> NotebookRow | None:
        """The first entry of a kind at the playhead."""
        playhead = self._workspace.playhead
        return next((row for row in self.rows if (row.kind, row.position, row.elsewhere) == (kind, playhead, "")), None)

    def neighbour(self, direction: int) -> int | None:
        """Where the next or previous entry that a person wrote stands on this branch."""
        places = sorted({row.position for row in self.rows if row.is_own and not row.elsewhere})
        return neighbour(places, self._workspace.playhead, direction)

    # --- reading

    @Slot()
    def refresh(self) -> None:
        """Read the notebook anew: another window or program may have written too."""
        if (session := self._session) is None:
            return
        if self._read is None or self._read.session != session:
            self._read, self.rows = None, ()
            self.changed.emit()
        self._bridge.run_latest("notebook", partial(self._read_session, session), self._on_read, self._on_failed)

    def _read_session(self, session: str) -> _Read:
        return _Read(session, self._notebook.entries(session), self._notebook.lineages(session))

    def _on_read(self, read: _Read) -> None:
        if read.session == self._session:
            self._read = read
            self._show()

    @Slot()
    def _show(self) -> None:
        session, branch, read = self._session, self._workspace.branch, self._read
        if session is None or branch is None or read is None:
            return
        crumbs = self.breadcrumbs.of(session)
        self.rows = rows_of(read.entries, crumbs, read.lineages, branch.id, self._workspace.branches)
        self.changed.emit()

    @property
    def marks(self) -> tuple[Mark, ...]:
        """For the lanes of the timeline."""
        return marks_of(self.rows)

    # --- writing; ``branch`` and ``position`` default to the playhead

    def set_marker(self, label: str | None = None, position: int | None = None) -> None:
        self._at(position, lambda branch, at: self._notebook.set_marker(branch, at, label))

    def write_note(self, text: str, position: int | None = None) -> None:
        self._at(position, lambda branch, at: self._notebook.write_note(branch, at, text))

    def add_tag(self, tag: str, position: int | None = None) -> None:
        self._at(position, lambda branch, at: self._notebook.add_tag(branch, at, tag))

    def rate(self, rating: int, why: str = "", position: int | None = None) -> None:
        self._at(position, lambda branch, at: self._notebook.rate(branch, at, rating, why))

    def edit(self, entry: str, text: str) -> None:
        if (session := self._session) is not None:
            self._write(lambda: self._notebook.edit(session, entry, text))

    def rate_again(self, row: NotebookRow, rating: int, why: str) -> None:
        self._write(lambda: self._notebook.rate(row.branch, row.position, rating, why))

    def remove(self, entry: str) -> None:
        if (session := self._session) is not None:
            self._write(lambda: self._notebook.remove(session, entry))

    def undo(self) -> None:
        """Undo this window's last change to the notebook; what others wrote stays."""
        session = self._session
        change = next((one for one in reversed(self._undoable) if one[0] == session), None)
        if session is not None and change is not None:
            self._undoable.remove(change)
            self._write(lambda: self._notebook.undo(session, change[1]), is_undo=True)

    def _at(self, position: int | None, write: Callable[[str, int], NotebookEntry]) -> None:
        branch = self._workspace.branch
        if branch is not None:
            at = self._workspace.playhead if position is None else position
            self._write(partial(write, branch.id, at))

    def _write(self, work: Callable[[], NotebookEntry | None], *, is_undo: bool = False) -> None:
        self._queue.append((work, is_undo))
        self._write_next()

    def _write_next(self) -> None:
        if self._queue and not self._is_writing:
            self._is_writing = True
            work, is_undo = self._queue.popleft()
            done = partial(self._on_written, self._session or "", is_undo)
            self._bridge.run(work, done, self._on_write_failed)

    def _on_written(self, session: str, is_undo: bool, entry: NotebookEntry | None) -> None:
        self._is_writing = False
        if entry is not None and not is_undo:
            known = {one.changed_by for one in self._read.entries} if self._read is not None else set()
            if entry.changed_by not in known:  # else it was there already and nothing was written
                self._undoable.append((session, entry.changed_by, next_change()))
            self.written.emit(entry)
        self.refresh()
        self._write_next()

    def _on_write_failed(self, error: Exception) -> None:
        self._is_writing = False
        self._on_failed(error)
        self._write_next()

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(str(error) or type(error).__name__)

    @property
    def _session(self) -> str | None:
        return self._workspace.session.header.id if self._workspace.session is not None else None
