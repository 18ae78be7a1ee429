"""What the actions about the notebook do; a method a row of the table, by the same name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.ui.branches.desk import BranchDesk
    from app.ui.notebook.desk import NotebookDesk


class NotebookCommands:
    """Mixed into the window's commands, which bring the desks."""

    notebook: NotebookDesk
    branches: BranchDesk

    def set_marker(self) -> None:
        self.notebook.mark()

    def edit_marker(self) -> None:
        self.notebook.write("marker")

    def write_note(self) -> None:
        self.notebook.write("note")

    def add_tag(self) -> None:
        self.notebook.write("tag")

    def rate(self) -> None:
        self.notebook.write("rating")

    def next_mark(self) -> None:
        self.notebook.step(1)

    def previous_mark(self) -> None:
        self.notebook.step(-1)

    def undo_note(self) -> None:
        """Undo what was changed last, in the notebook or of a branch."""
        if self.branches.labelling.newest_change > self.notebook.noting.newest_change:
            self.branches.undo()
        else:
            self.notebook.undo()

    def copy_notebook(self) -> None:
        self.notebook.copy()
