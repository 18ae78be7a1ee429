"""Connects the panel of branches to what is known of them: the tree, what is changed, what is asked about one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QKeySequence

from app.domain.branch_labels import PLAIN
from app.ui.branches.card import BranchCard
from app.viewmodels.branch_tree import EMPTY, BranchTree, hidden
from app.viewmodels.branch_walk import BranchWalk
from app.viewmodels.fork_groups import fork_groups
from app.viewmodels.labelling import Labelling

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.application.provenance import Provenance
    from app.domain.branches import Branch
    from app.ui.main_window import MainWindow
    from app.viewmodels.branch_walk import Step
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.services import Services
    from app.viewmodels.workspace import Workspace


class BranchDesk(QObject):
    """Lives as long as the window; ``say`` tells something that needs no answer."""

    def __init__(
        self,
        window: MainWindow,
        services: Services,
        bridge: Bridge,
        workspace: Workspace,
        say: Callable[[str], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window, self._bridge, self._workspace, self._say = window, bridge, workspace, say
        self._services = services.branches
        self._shows_archived = False
        self.tree: BranchTree = EMPTY
        self.walk = BranchWalk()
        self.labelling = Labelling(self._services.labels, bridge, workspace, self)
        self.card = BranchCard(window.branches.theme, window)
        window.branches.attach_card(self.card)
        self._connect_wishes()
        workspace.session_opened.connect(self._on_session_opened)
        workspace.branches_changed.connect(self._on_branches_changed)
        workspace.branch_changed.connect(self._on_branch_changed)
        workspace.playhead_moved.connect(window.branches.set_playhead)

    def _connect_wishes(self) -> None:
        panel, labelling = self._window.branches, self.labelling
        panel.branch_requested.connect(self._workspace.switch_branch)
        panel.name_given.connect(self._workspace.branch_here)
        panel.archived_wanted.connect(self._on_archived_wanted)
        panel.wishes.rename.connect(labelling.rename)
        panel.wishes.colour.connect(labelling.colour)
        panel.wishes.star.connect(self._on_star_wanted)
        panel.wishes.archive.connect(self._on_archive_wanted)
        panel.wishes.go_on.connect(self._on_go_on_wanted)
        self.card.described.connect(labelling.describe)
        self.card.details_requested.connect(self._on_details_requested)
        self._window.conversation.way_requested.connect(self._on_way_requested)
        labelling.written.connect(self._on_written)
        labelling.failed.connect(self._window.notice.tell)

    def close(self) -> None:
        self.labelling.close()

    # --- wishes

    def step(self, step: Step) -> None:
        """To the sibling, parent or child of the branch in focus, as they stand in the tree."""
        branch = self._workspace.branch
        target = self.walk.target(self.tree, branch.id, step) if branch is not None else None
        if target is not None:
            self._workspace.switch_branch(target)

    def star(self) -> None:
        """Make the branch in focus the default path; again to take that back."""
        if (branch := self._workspace.branch) is not None:
            self.labelling.star(branch.id, starred=not self._workspace.labels.get(branch.id, PLAIN).starred)

    def rename(self) -> None:
        """Open the field for the name of the branch in focus."""
        if (branch := self._workspace.branch) is not None:
            self._window.show_branches()
            self._window.branches.view.rename(branch.id)

    def archive(self) -> None:
        """Archive the branch in focus, and go on with the one it leaves; one that is archived comes back."""
        if (branch := self._workspace.branch) is not None:
            is_archived = self._workspace.labels.get(branch.id, PLAIN).archived
            self._on_archive_wanted((branch.id,), not is_archived)

    def about(self) -> None:
        """Show where a branch comes from: the one in focus, or the one chosen in the tree while the keys are there."""
        view, branch = self._window.branches.view, self._workspace.branch
        if branch is not None:
            self._window.show_branches()
            self._window.branches.show_details(view.chosen if view.hasFocus() and view.chosen else branch.id)

    def undo(self) -> None:
        self.labelling.undo()

    @Slot(str, bool)
    def _on_star_wanted(self, branch: str, starred: bool) -> None:
        self.labelling.star(branch, starred=starred)

    @Slot(object, bool)
    def _on_archive_wanted(self, branches: tuple[str, ...], archived: bool) -> None:
        self.labelling.archive(branches, archived=archived)
        here = self._workspace.branch
        if archived and here is not None and here.id in branches and here.parent is not None:
            shown = [row for row in self.tree.path(here.id) if self.tree.rows[row].branch.id not in branches]
            if shown:
                self._workspace.switch_branch(self.tree.rows[shown[-1]].branch.id)

    @Slot(str)
    def _on_go_on_wanted(self, branch: str) -> None:
        """To the end of a branch, where the next message is written."""
        session = self._workspace.session
        if session is not None:
            self._workspace.open_session(session.header.id, branch)
            self._window.compose.message.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str, int)
    def _on_way_requested(self, branch: str, position: int) -> None:
        """Go on with another branch after a fork: where one was last on it."""
        self._workspace.switch_branch(self.walk.onwards(self.tree, branch, position))

    @Slot(bool)
    def _on_archived_wanted(self, shows: bool) -> None:
        self._shows_archived = shows
        self._draw()

    @Slot(str)
    def _on_details_requested(self, branch: str) -> None:
        work = partial(self._services.provenances.of, branch)
        self._bridge.run_latest("provenance", work, self._on_details_read, self._on_failed)

    def _on_details_read(self, told: Provenance) -> None:
        self.card.show_details(told)

    # --- facts

    @Slot()
    def _on_session_opened(self) -> None:
        self._shows_archived = False
        self.card.dismiss()

    @Slot()
    def _on_branches_changed(self) -> None:
        self._draw()

    @Slot(object)
    def _on_branch_changed(self, branch: Branch) -> None:
        self._window.branches.set_focus_branch(branch.id)
        self._window.branches.close_naming()
        self._show_focus(branch.id)

    def _draw(self) -> None:
        """Lay the tree out anew, on a worker: branches that say the same are looked for in the record."""
        workspace = self._workspace
        if workspace.branch is None:
            return
        branches, labels, shows = workspace.branches, workspace.labels, self._shows_archived
        folded = hidden(labels, shows_archived=shows, in_focus=workspace.branch.id)

        def work() -> BranchTree:
            merged = self._services.prefixes.merged(branches, folded)
            return BranchTree.of(branches, labels, merged, shows_archived=shows)

        self._bridge.run_latest("branch tree", work, self._on_drawn, self._on_failed)

    def _on_drawn(self, tree: BranchTree) -> None:
        branch = self._workspace.branch
        if branch is None or (tree.rows and tree.rows[0].branch.session != branch.session):
            return
        self.tree = tree
        self._window.branches.set_tree(tree, branch.id)
        self._window.show_branch_count(len(tree))
        self._show_focus(branch.id)

    def _show_focus(self, branch: str) -> None:
        self.walk.visited(self.tree, branch)
        self._window.conversation.set_forks(fork_groups(self.tree, branch))

    @Slot(str)
    def _on_written(self, said: str) -> None:
        keys = self._window.actions_table["undo_note"].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        if not said:
            self._say(self.tr("Undone."))
        else:
            self._say(self.tr("{said} {keys} takes it back.").format(said=said, keys=keys) if keys else said)

    def _on_failed(self, error: Exception) -> None:
        self._window.notice.tell(str(error) or type(error).__name__)
