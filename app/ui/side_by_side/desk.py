"""Connects the comparison of branches to the window: what is compared, the one playhead, and files."""

from __future__ import annotations

import random
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from app.application.redacting import ReviewScope
from app.domain.errors import BadInput
from app.ui.side_by_side.chooser import BranchChooser
from app.ui.widgets.file_dialog import FileDialog
from app.viewmodels.blind_round import BlindRound
from app.viewmodels.comparison_words import comparison_words, progress_words
from app.viewmodels.side_by_side import SideBySide

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.branches import Branch
    from app.domain.sessions import SessionSummary
    from app.ui.main_window import MainWindow
    from app.ui.redaction.dialog import RedactionDialog
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.playback import Playback
    from app.viewmodels.redaction.review_session import ReviewSession
    from app.viewmodels.services import Services
    from app.viewmodels.workspace import Workspace

    LookThrough = Callable[[ReviewScope], tuple[ReviewSession, RedactionDialog] | None]

_ENDINGS: Final = {"html": "html", "markdown": "md", "json": "json"}


class SideBySideDesk(QObject):
    """Lives as long as the window; ``look_through`` opens the review of what is about to leave."""

    def __init__(
        self,
        window: MainWindow,
        services: Services,
        bridge: Bridge,
        workspace: Workspace,
        playback: Playback,
        say: Callable[[str], None],
        look_through: LookThrough,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window, self._services, self._bridge = window, services, bridge
        self._workspace, self._playback, self._say = workspace, playback, say
        self._look_through = look_through
        self._view = window.side_by_side
        self.shown = SideBySide(services.comparing, bridge, self)
        self._connect()

    def _connect(self) -> None:
        view, shown, workspace = self._view, self.shown, self._workspace
        self._window.branches.wishes.compare.connect(self._on_tree_wanted)
        view.different_toggled.connect(self._on_different_toggled)
        view.words_toggled.connect(self._on_words_toggled)
        view.order_chosen.connect(shown.sort_by)
        view.difference_wanted.connect(self.hop)
        view.choose_wanted.connect(self.choose)
        view.blind_wanted.connect(self._on_blind_wanted)
        view.closed.connect(shown.close)
        view.export_wanted.connect(self._on_export_wanted)
        view.headings.asked.connect(self._on_asked)
        view.rows.moment_wanted.connect(self._on_moment_wanted)
        view.metrics.turn_wanted.connect(self._on_turn_wanted)
        shown.begun.connect(self._on_begun)
        shown.ready.connect(self._on_ready)
        shown.rows_changed.connect(self._on_ready)
        shown.states_ready.connect(self._on_states_ready)
        shown.progressed.connect(self._on_progressed)
        shown.states_progressed.connect(self._on_states_progressed)
        shown.failed.connect(self._window.notice.tell)
        shown.closed.connect(self._on_closed)
        workspace.playhead_moved.connect(self._follow)
        workspace.branch_changed.connect(self._on_branch_changed)
        workspace.session_opened.connect(self._on_session_opened)

    def close(self) -> None:
        self.shown.cancel()

    def compare(self) -> None:
        """Compare the branch in focus with the one it was made from; ask where that is not clear."""
        workspace = self._workspace
        branch = workspace.branch
        if branch is None or workspace.session is None:
            return
        if branch.parent is not None:
            self.put((branch.parent, branch.id))
        else:
            others = [one.id for one in workspace.branches if one.parent == branch.id]
            if len(others) == 1:
                self.put((branch.id, others[0]))
            else:
                self.choose()

    @Slot()
    def choose(self) -> None:
        """Ask which branches to compare."""
        workspace = self._workspace
        if workspace.branch is None:
            return
        if len(workspace.branches) < 2:
            self._say(self.tr("There is one branch only. Branch at any event (B), then compare."))
            return
        ticked = self.shown.branches or (workspace.branch.id,)
        dialog = BranchChooser(workspace.branches, ticked, self._window)
        dialog.chosen.connect(self.put)
        dialog.open()

    @Slot(str)
    def _on_tree_wanted(self, other: str) -> None:
        """Hold a branch of the tree against the one in focus."""
        branch = self._workspace.branch
        if branch is not None and branch.id != other:
            self.put((branch.id, other))

    @Slot(object)
    def put(self, branches: tuple[str, ...]) -> None:
        """Compare these branches (ids) of the session in focus; the first is the baseline."""
        if self._workspace.session is not None:
            self._playback.pause()
            self.shown.compare(self._workspace.session.header.id, branches)

    @Slot(int)
    def hop(self, direction: int) -> None:
        """To the next (1) or previous (-1) turn that is not the same everywhere."""
        row = self.shown.difference_from(self._view.rows.current, direction)
        if row is not None:
            self._view.rows.choose(row)
            self._go(row, self._branch_in_focus())

    # --- what is shown

    @Slot()
    def _on_begun(self) -> None:
        self._view.show_waiting(self.tr("Comparing…"))
        self._window.show_side_by_side(shown=True)

    @Slot(int, object, str)
    def _on_progressed(self, done: int, total: int | None, what: str) -> None:
        self._view.show_waiting(progress_words(done, total, what))

    @Slot(int, object, str)
    def _on_states_progressed(self, done: int, total: int | None, what: str) -> None:
        self._view.states.show_waiting(progress_words(done, total, what))

    @Slot()
    def _on_states_ready(self) -> None:
        self._view.states.show_comparison(self.shown.comparison, self.shown.order)

    @Slot()
    def _on_ready(self) -> None:
        shown = self.shown
        if shown.comparison is None:
            return
        self._view.show_comparison(shown.comparison, shown.rows, shown.order, comparison_words(shown.comparison))
        self._follow()

    @Slot()
    def _on_closed(self) -> None:
        self._view.clear()
        self._window.show_side_by_side(shown=False)

    # --- the one playhead

    def _branch_in_focus(self) -> int:
        """Column of the branch in focus; the first where it is not compared."""
        branch, columns = self._workspace.branch, self.shown.columns
        return columns.index(branch.id) if branch is not None and branch.id in columns else 0

    @Slot()
    def _follow(self) -> None:
        workspace, shown = self._workspace, self.shown
        if workspace.branch is None or shown.comparison is None:
            return
        row = shown.row_at(workspace.branch.id, workspace.playhead)
        self._view.rows.set_playhead(row, self._branch_in_focus())
        self._view.metrics.set_turn(None if row is None else shown.rows[row].number)
        if row is not None and row != self._view.rows.current:
            self._view.rows.choose(row)

    @Slot(int, int)
    def _on_moment_wanted(self, row: int, column: int) -> None:
        self._playback.pause()
        self._go(row, column)

    @Slot(int)
    def _on_turn_wanted(self, number: int) -> None:
        row = next((place for place, one in enumerate(self.shown.rows) if one.number == number), None)
        if row is not None:
            self._go(row, self._branch_in_focus())

    def _go(self, row: int, column: int) -> None:
        cell = self.shown.rows[row].cells[column]
        if cell is None:
            return
        branch = self.shown.columns[column]
        workspace = self._workspace
        if workspace.branch is not None and workspace.branch.id == branch:
            workspace.seek(cell.position)
        else:
            workspace.open_session(self.shown.session, branch, cell.position)

    @Slot(object)
    def _on_branch_changed(self, branch: Branch) -> None:
        compared = self.shown.comparison
        grown = compared is not None and any(
            one.branch.id == branch.id and one.branch.head != branch.head for one in compared.branches
        )
        self.shown.refresh() if grown else self._follow()

    @Slot(object)
    def _on_session_opened(self, session: SessionSummary) -> None:
        if self.shown.branches and session.header.id != self.shown.session:
            self.shown.close()

    # --- what is done with it

    @Slot(bool)
    def _on_different_toggled(self, only: bool) -> None:
        self.shown.set_only_different(only=only)

    @Slot(bool)
    def _on_words_toggled(self, words: bool) -> None:
        self.shown.set_words(words=words)

    @Slot(str, str)
    def _on_asked(self, wanted: str, branch: str) -> None:
        if wanted == "baseline":
            self.shown.set_baseline(branch)
        elif wanted == "leave":
            self.shown.leave_out(branch)
        else:
            self.shown.close()
            self._workspace.open_session(self.shown.session or self._session(), branch)
            if wanted == "continue":
                self._window.compose.focus_message()

    def _session(self) -> str:
        return self._workspace.session.header.id if self._workspace.session is not None else ""

    @Slot()
    def _on_blind_wanted(self) -> None:
        if self.shown.comparison is not None:
            chance = random.Random(time.monotonic_ns())  # noqa: S311 -- which side an answer stands on is no secret
            judged = BlindRound(self.shown.comparison, self._services.judging, self._bridge, chance)
            from app.ui.side_by_side.blind_dialog import BlindDialog

            BlindDialog(judged, self._window).open()

    @Slot(str)
    def _on_export_wanted(self, form: str) -> None:
        """Nothing leaves before it was looked through."""
        if self.shown.comparison is None:
            return
        opened = self._look_through(ReviewScope(session=self.shown.session, branches=self.shown.branches))
        if opened is not None:
            review, asking = opened
            asking.file_wanted.connect(partial(self._ask_file, form, review, asking))

    def _ask_file(self, form: str, review: ReviewSession, asking: RedactionDialog) -> None:
        dialog = FileDialog(asking, self.tr("Write the comparison"))
        dialog.setObjectName("sidebyside.file")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(_ENDINGS[form])
        dialog.selectFile(f"{self.tr('comparison')}.{_ENDINGS[form]}")
        dialog.fileSelected.connect(partial(self._write, form, review, asking))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _write(self, form: str, review: ReviewSession, asking: RedactionDialog, name: str) -> None:
        shown, path = self.shown, Path(name)
        try:
            redaction = review.redaction()
        except BadInput as error:
            self._window.notice.tell(str(error))
            return
        write = partial(self._services.write_comparison, path, form, shown.session, shown.branches, redaction)
        work = partial(write, order=shown.order, differing=shown.only_different)
        asking.close()
        self._bridge.run(work, partial(self._on_written, path.name), self._on_write_failed)

    def _on_written(self, name: str, outcome: None) -> None:  # noqa: ARG002 -- the bridge hands over what came
        self._say(self.tr("Written to {file}").format(file=name))

    def _on_write_failed(self, error: Exception) -> None:
        self._window.notice.tell(str(error) or type(error).__name__)
