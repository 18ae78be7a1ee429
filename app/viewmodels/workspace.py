"""The one focus (session, branch, position) that drives every pane of the window."""

from __future__ import annotations

from array import array
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.branch_labels import suggested_name
from app.domain.errors import Cancelled, NotFound
from app.viewmodels.branches_model import BRANCH
from app.viewmodels.marks import neighbour
from app.viewmodels.opening import Opened, read_session
from app.viewmodels.progress import ProgressReport
from app.viewmodels.relay import Relay

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.application.moment import Moment
    from app.domain.branch_labels import BranchLabel
    from app.domain.branches import Branch
    from app.domain.sessions import SessionSummary
    from app.domain.transcript import Entry
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.services import Services
    from app.viewmodels.timeline_data import TimelineData

_Read: TypeAlias = "tuple[tuple[Branch, ...], Mapping[str, BranchLabel], frozenset[str]]"


class Workspace(QObject):
    """What the window looks at. Lives in the main thread; everything slow goes over the bridge.

    Signals:
        sessions_changed(object): the tuple of ``SessionSummary``.
        session_opened(object): another session's summary.
        branches_changed(object): the tuple of the session's branches, side streams left out; ``labels`` is new too.
        branch_changed(object): the ``Branch`` in focus is another one, or has grown; ``timeline`` is new too.
        playhead_moved(int): where it is now; the panes follow with ``moment_ready``.
        moment_ready(object): the ``Moment``; the newest one asked for comes last.
        births_ready(object): position of each transcript entry of the branch in focus.
        entries_ready(int, object): first ord and the tuple of ``Entry`` asked for.
        problems_changed(object): positions of events that could not be applied, and of runs that failed.
        failed(str): one sentence.
        busy_changed(str): what is going on; empty when nothing is.
    """

    sessions_changed = Signal(object)
    session_opened = Signal(object)
    branches_changed = Signal(object)
    branch_changed = Signal(object)
    playhead_moved = Signal(int)
    moment_ready = Signal(object)
    births_ready = Signal(object)
    entries_ready = Signal(int, object)
    problems_changed = Signal(object)
    failed = Signal(str)
    busy_changed = Signal(str)

    def __init__(self, services: Services, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services, self._bridge = services, bridge
        self._relay = Relay(bridge, self)
        self.sessions: tuple[SessionSummary, ...] = ()
        self.session: SessionSummary | None = None
        self.branches: tuple[Branch, ...] = ()
        self.labels: Mapping[str, BranchLabel] = {}
        self._taken_names: frozenset[str] = frozenset()
        self.branch: Branch | None = None
        self.timeline: TimelineData | None = None
        self.births: array[int] = array("q")
        self.problems: array[int] = array("q")
        self.playhead = 0
        self._focus = 0
        self._awaited: str | None = None
        self._is_prepared = False
        self._preparing: ProgressReport | None = None

    @property
    def head(self) -> int:
        return self.branch.head if self.branch is not None else 0

    @property
    def is_at_head(self) -> bool:
        return self.playhead == self.head

    @property
    def awaited_branch(self) -> str | None:
        """The branch (as it was asked for) that is being read to come into focus; None when none is."""
        return self._awaited

    # --- what is opened

    @Slot()
    def refresh(self) -> None:
        """Read the list of sessions anew, and the branch in focus."""
        self.reread_sessions()
        if self.session is not None and self.branch is not None:
            self.reload()

    def reread_sessions(self) -> None:
        """Read the list of sessions anew, and nothing else."""
        self._bridge.run_latest("sessions", self._services.library.sessions, self._on_sessions_read, self._on_failed)

    def open_session(self, session: str, branch: str | None = None, at: int | None = None) -> None:
        """Put a session in focus: its branch by id or name (else its default path), at a position (else the last)."""
        self.busy_changed.emit(self.tr("Opening…"))
        self._open(session, branch, at)

    def resume_session(self, session: str, branch: str, at: int) -> None:
        """As ``open_session``, for a place that was saved: where it is no longer there, nothing is said."""
        self._open(session, branch, at, self._on_nothing_to_resume)

    def reopen_session(self, session: str, branch: str, at: int) -> None:
        """Open a session at a place that was saved; where that is no longer there, at its end."""
        self.busy_changed.emit(self.tr("Opening…"))
        self._open(session, branch, at, partial(self._on_place_gone, session))

    def switch_branch(self, branch: str) -> None:
        """Put another branch of the session in focus, at the same position where it has one."""
        if self.session is not None and (self.branch is None or branch != self.branch.id):
            self._open(self.session.header.id, branch, self.playhead)

    def reload(self, *, branch: str | None = None, follow: bool = False) -> None:
        """Read the branch in focus (or another one) anew; ``follow`` goes to its end."""
        if self.session is not None and self.branch is not None:
            wanted = branch or self.branch.id
            self._open(self.session.header.id, wanted, None if follow else self.playhead)

    def forget(self) -> tuple[str, str, int] | None:
        """Drop what is in focus, as if no session had been opened; returns where it was: session, branch, position."""
        place = None
        if self.session is not None and self.branch is not None:
            place = (self.session.header.id, self.branch.id, self.playhead)
        self.close()
        self.session, self.branch, self.timeline = None, None, None
        self.branches, self.labels, self.sessions = (), {}, ()
        self.births, self.problems = array("q"), array("q")
        self._is_prepared = False
        return place

    def close(self) -> None:
        """Stop long work; nothing is reported any more."""
        self._focus += 1
        if self._preparing is not None:
            self._preparing.cancel()

    def _open(
        self, session: str, branch: str | None, at: int | None, failed: Callable[[Exception], None] | None = None
    ) -> None:
        self._focus += 1
        self._awaited = branch or ""
        work = partial(read_session, self._services, self.sessions, session, branch)
        done = partial(self._on_opened, self._focus, at)
        told = partial(self._on_open_failed, failed or self._on_failed)
        self._bridge.run_latest("open", work, done, told)

    def _on_open_failed(self, tell: Callable[[Exception], None], error: Exception) -> None:
        self._awaited = None
        tell(error)

    def _on_nothing_to_resume(self, error: Exception) -> None:
        if not isinstance(error, NotFound):
            self._on_failed(error)

    def _on_place_gone(self, session: str, error: Exception) -> None:
        if isinstance(error, NotFound):
            self.open_session(session)
        else:
            self._on_failed(error)

    def _on_sessions_read(self, sessions: tuple[SessionSummary, ...]) -> None:
        self.sessions = sessions
        self.sessions_changed.emit(sessions)

    def _on_opened(self, focus: int, at: int | None, opened: Opened) -> None:
        if focus != self._focus:
            return
        self._awaited = None
        is_other_session = self.session is None or self.session.header.id != opened.session.header.id
        is_other_branch = self.branch is None or self.branch.id != opened.branch.id
        if is_other_branch:
            self.births, self.problems = array("q"), array("q")
        self.session, self.branch, self.timeline = opened.session, opened.branch, opened.timeline
        self.branches, self.labels = tuple(one for one in opened.branches if one.kind == BRANCH), opened.labels
        self._taken_names = opened.taken_names
        self.playhead = self.head if at is None else min(max(at, 0), self.head)
        if is_other_session:
            self.session_opened.emit(self.session)
        self.branches_changed.emit(self.branches)
        self.branch_changed.emit(self.branch)
        self.playhead_moved.emit(self.playhead)
        self._prepare(focus, opened.branch.id)

    def _prepare(self, focus: int, branch: str) -> None:
        self._is_prepared = False
        if self._preparing is not None:
            self._preparing.cancel()
        self._preparing = ProgressReport(self._bridge, self._on_prepare_progressed)
        work = partial(self._learn, branch, self._preparing)
        done, failed = partial(self._on_prepared, focus), partial(self._on_prepare_failed, focus)
        self._bridge.run_latest("prepare", work, done, failed)

    def _learn(self, branch: str, progress: ProgressReport) -> tuple[array[int], array[int]]:
        machine = self._services.time_machine
        machine.prepare(branch, progress)
        return machine.births(branch), machine.problems(branch)

    def _on_prepare_progressed(self, done: int, total: int | None, what: str) -> None:
        if self._preparing is None or self._preparing.is_cancelled or self._is_prepared:
            return
        share = f" {done * 100 // total} %" if total else ""
        self.busy_changed.emit(f"{what or self.tr('Preparing')}{share}")

    def _on_prepared(self, focus: int, learnt: tuple[array[int], array[int]]) -> None:
        if focus != self._focus:
            return
        self._is_prepared = True
        failed = self.timeline.failed_runs if self.timeline is not None else []
        self.births, self.problems = learnt[0], array("q", sorted({*learnt[1], *failed}))
        self.busy_changed.emit("")
        self.births_ready.emit(self.births)
        self.problems_changed.emit(self.problems)
        self._ask_moment()

    def _on_prepare_failed(self, focus: int, error: Exception) -> None:
        if focus == self._focus and not isinstance(error, Cancelled):
            self._on_failed(error)

    # --- where in it

    @Slot(int)
    def seek(self, position: int) -> None:
        """Move the playhead; positions outside are cut to what there is."""
        position = min(max(position, 0), self.head)
        if self.branch is None or position == self.playhead:
            return
        self.playhead = position
        self.playhead_moved.emit(position)
        self._ask_moment()

    @Slot(int)
    def step(self, by: int) -> None:
        self.seek(self.playhead + by)

    def step_turn(self, direction: int) -> None:
        """To the next or previous message."""
        if self.timeline is not None:
            self.seek(self.timeline.neighbour_turn(self.playhead, direction))

    def step_same_kind(self, direction: int) -> None:
        """To the next or previous event of the lane of the event at the playhead."""
        if self.timeline is not None:
            self.seek(self.timeline.neighbour_of_kind(self.playhead, direction))

    def step_problem(self, direction: int) -> None:
        """To the next or previous problem; stays when there is none."""
        found = neighbour(self.problems, self.playhead, direction)
        if found is not None:
            self.seek(found)

    @Slot(int, int)
    def request_entries(self, first: int, count: int) -> None:
        """Ask for transcript entries as they are at the playhead; ``entries_ready`` answers."""
        if self.branch is None or not self._is_prepared:
            return
        work = partial(self._services.time_machine.entries, self.branch.id, first, count, self.playhead)
        done = partial(self._on_entries_read, self._focus, first)
        self._relay.run_latest("entries", work, done, self._on_failed)

    def _ask_moment(self) -> None:
        if self.branch is None or not self._is_prepared:
            return
        work = partial(self._services.time_machine.moment, self.branch.id, self.playhead)
        self._relay.run_latest("moment", work, partial(self._on_moment, self._focus), self._on_failed)

    def _on_moment(self, focus: int, moment: Moment) -> None:
        if focus == self._focus:
            self.moment_ready.emit(moment)

    def _on_entries_read(self, focus: int, first: int, entries: tuple[Entry, ...]) -> None:
        if focus == self._focus:
            self.entries_ready.emit(first, entries)

    # --- branches

    def suggested_branch_name(self) -> str:
        """``branch 2``, ``branch 3`` … the first that is free."""
        return suggested_name(self._taken_names)

    def branch_here(self, name: str, hypothesis: str = "", expected: str = "") -> None:
        """Make a branch at the playhead and put it in focus; the two texts say why."""
        if self.branch is not None:
            make = self._services.branching.branch
            work = partial(make, self.branch.id, self.playhead, name, hypothesis, expected)
            self._bridge.run(work, partial(self._on_branched, self._focus), self._on_failed)

    def reread_branches(self) -> None:
        """Names, stars … are others now; what the branch in focus holds is not read again."""
        if self.session is not None:
            work = partial(self._read_branches, self.session.header.id)
            self._bridge.run_latest("branches", work, partial(self._on_branches_read, self._focus), self._on_failed)

    def _read_branches(self, session: str) -> _Read:
        book = self._services.branches.labels
        return book.branches(session), book.labels(session), book.taken_names(session)

    def _on_branches_read(self, focus: int, read: _Read) -> None:
        if focus != self._focus or self.branch is None:
            return
        known = {branch.id: branch.head for branch in self.branches}
        self.branches = tuple(replace(one, head=known.get(one.id, one.head)) for one in read[0] if one.kind == BRANCH)
        _, self.labels, self._taken_names = read
        here = self.branch.id
        self.branch = next((one for one in self.branches if one.id == here), self.branch)
        self.branches_changed.emit(self.branches)

    def _on_branched(self, focus: int, branch: Branch) -> None:
        """To its end: inside an open tool call it has left elsewhere than at the playhead."""
        if focus == self._focus:
            self.reload(branch=branch.id, follow=True)

    def _on_failed(self, error: Any) -> None:
        self.busy_changed.emit("")
        self.failed.emit(str(error) or type(error).__name__)
