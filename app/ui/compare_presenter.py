"""Keeps the Diff tab at the difference between a marked place and the playhead."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication

from app.domain.errors import Cancelled
from app.viewmodels.compared_places import compared_places
from app.viewmodels.diff_rows import difference_rows
from app.viewmodels.progress import ProgressReport

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.application.differences import Difference
    from app.application.moment import Moment
    from app.ui.main_window import MainWindow
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.compared_places import ComparedPlace
    from app.viewmodels.notebook_rows import NotebookRow
    from app.viewmodels.services import Services
    from app.viewmodels.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Place:
    """One of the two places that are compared."""

    session: str
    branch: str
    name: str
    position: int


class ComparePresenter(QObject):
    """Lives as long as the window."""

    def __init__(
        self, window: MainWindow, services: Services, bridge: Bridge, workspace: Workspace, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window, self._differences, self._bridge, self._workspace = window, services.differences, bridge, workspace
        self._page, self._inspector = window.inspector.diff_page, window.inspector
        self._from: Place | None = None
        self._moment: Moment | None = None
        self._patch: list[dict[str, object]] = []
        self._reading: ProgressReport | None = None
        self._noted: Callable[[], Sequence[NotebookRow]] = tuple
        self._page.mark_requested.connect(self.mark)
        self._page.places_wanted.connect(self._on_places_wanted)
        self._page.place_chosen.connect(self._on_place_chosen)
        self._page.unmark_requested.connect(self.unmark)
        self._page.copy_requested.connect(self._on_copy_requested)
        workspace.moment_ready.connect(self._on_moment_ready)
        workspace.session_opened.connect(self.unmark)

    def close(self) -> None:
        if self._reading is not None:
            self._reading.cancel()

    @Slot()
    def mark(self) -> None:
        """Compare with the place at the playhead from now on; asked there again, with the previous event."""
        here = self._here()
        if here is None or here == self._from:
            self.unmark()
            return
        self._begin(here)

    def _begin(self, origin: Place) -> None:
        self._from = origin
        self._inspector.hold_diff(held=True)
        self._inspector.show_diff()
        self._compare()

    def set_noted(self, noted: Callable[[], Sequence[NotebookRow]]) -> None:
        """What the notebook of the session holds, asked for when its places are listed."""
        self._noted = noted

    @Slot()
    def _on_places_wanted(self) -> None:
        workspace = self._workspace
        if workspace.branch is None:
            self._page.offer((), ())
        else:
            self._page.offer(*compared_places(workspace.branch, workspace.branches, self._noted()))

    @Slot(object)
    def _on_place_chosen(self, chosen: ComparedPlace) -> None:
        session = self._workspace.session
        if session is not None:
            self._begin(Place(session.header.id, chosen.branch, chosen.name, chosen.position))

    @Slot()
    def unmark(self) -> None:
        self._from = None
        self.close()
        self._page.set_compared("")
        self._inspector.hold_diff(held=False)

    def _here(self) -> Place | None:
        workspace = self._workspace
        if workspace.session is None or workspace.branch is None:
            return None
        branch = workspace.branch
        return Place(workspace.session.header.id, branch.id, branch.name, workspace.playhead)

    @Slot(object)
    def _on_moment_ready(self, moment: Moment) -> None:
        self._moment = moment
        if self._from is not None:
            self._compare()

    def _compare(self) -> None:
        here, origin = self._here(), self._from
        if here is None or origin is None:
            return
        self.close()
        self._reading = ProgressReport(self._bridge, self._on_progressed)
        work = partial(
            self._differences.difference,
            origin.branch,
            origin.position,
            here.branch,
            here.position,
            progress=self._reading,
        )
        self._bridge.run_latest("difference", work, partial(self._on_compared, origin, here), self._on_failed)

    def _on_progressed(self, done: int, total: int | None, what: str) -> None:
        """Comparing is quick but for far places; what was compared last stays in view meanwhile."""

    def _on_compared(self, origin: Place, here: Place, difference: Difference) -> None:
        if origin != self._from:
            return
        words = self.tr("From event {a:,} of {branch_a} to event {b:,} of {branch_b}")
        self._page.set_compared(
            words.format(a=origin.position, branch_a=origin.name, b=here.position, branch_b=here.name)
        )
        self._patch = difference.patch
        self._page.show_rows(difference_rows(difference.changes), self.tr("The two states are the same."))

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, Cancelled):
            self._window.notice.tell(str(error))

    @Slot()
    def _on_copy_requested(self) -> None:
        patch = self._patch if self._from is not None else self._moment.changes if self._moment is not None else ()
        QGuiApplication.clipboard().setText(json.dumps(list(patch), ensure_ascii=False, indent=2))
