"""What the actions about branches do; a method a row of the table, by the same name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from app.ui.branches.desk import BranchDesk
    from app.ui.main_window import MainWindow
    from app.viewmodels.playback import Playback
    from app.viewmodels.workspace import Workspace


class BranchCommands:
    """Mixed into the window's commands, which bring the desk."""

    branches: BranchDesk
    _window: MainWindow
    _workspace: Workspace
    _playback: Playback

    def branch_here(self) -> None:
        """Ask for the name where the branches are; the tree makes the branch."""
        branch = self._workspace.branch
        if branch is not None:
            self._playback.pause()
            name = self._workspace.suggested_branch_name()
            self._window.show_branches()
            self._window.branches.ask_name(name, branch.name, self._workspace.playhead)

    def show_branch_tree(self) -> None:
        self._window.show_branches()
        self._window.branches.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def branch_previous(self) -> None:
        self.branches.step("previous")

    def branch_next(self) -> None:
        self.branches.step("next")

    def branch_parent(self) -> None:
        self.branches.step("parent")

    def branch_child(self) -> None:
        self.branches.step("child")

    def star_branch(self) -> None:
        self.branches.star()

    def rename_branch(self) -> None:
        self.branches.rename()

    def archive_branch(self) -> None:
        self.branches.archive()

    def about_branch(self) -> None:
        self.branches.about()
