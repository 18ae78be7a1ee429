"""Fills the palette: every action of the table, and the sessions, branches and notes there are now."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.ui.actions import ACTIONS, translated
from app.viewmodels.notebook_rows import kind_title
from app.viewmodels.palette_model import PaletteItem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.ui.main_window import MainWindow
    from app.ui.notebook.desk import NotebookDesk
    from app.viewmodels.workspace import Workspace


class PaletteDesk(QObject):
    """Lives as long as the window; ``open_session`` opens one by its id."""

    def __init__(
        self,
        window: MainWindow,
        workspace: Workspace,
        notebook: NotebookDesk,
        open_session: Callable[[str], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window, self._workspace, self._notebook = window, workspace, notebook
        self._open_session = open_session

    def show(self) -> None:
        """Open the palette on what there is at this moment."""
        self._window.palette_view.open_with((*self._actions(), *self._branches(), *self._notes(), *self._sessions()))

    def _actions(self) -> Iterator[PaletteItem]:
        for spec in ACTIONS:
            table = self._window.actions_table
            action, why_not = table[spec.id], table.why_refused(spec.id)
            if spec.id != "show_palette":
                yield PaletteItem(
                    f"action.{spec.id}",
                    translated(spec.text),
                    self.tr("Read-only") if why_not else translated(spec.group),
                    action.trigger,
                    table.keys_text(spec.id),
                    action.isEnabled(),
                )

    def _branches(self) -> Iterator[PaletteItem]:
        for branch in self._workspace.branches:
            run = partial(self._workspace.switch_branch, branch.id)
            yield PaletteItem(f"branch.{branch.id}", branch.name, self.tr("Branch"), run)

    def _notes(self) -> Iterator[PaletteItem]:
        for row in self._notebook.noting.rows:
            if row.kind != "breadcrumb":
                place = self.tr("{kind}, event {position}").format(
                    kind=kind_title(row.kind), position=f"{row.position:,}"
                )
                yield PaletteItem(f"note.{row.entry}", row.line, place, partial(self._notebook.go_to, row))

    def _sessions(self) -> Iterator[PaletteItem]:
        for summary in self._workspace.sessions:
            run = partial(self._open_session, summary.header.id)
            yield PaletteItem(f"session.{summary.header.id}", summary.header.title, self.tr("Session"), run)
