"""What events are about, a line each: read beside the main thread, page by page, where somebody looks."""

from __future__ import annotations

from collections import OrderedDict, deque
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot

from app.viewmodels.event_summary import event_summary

if TYPE_CHECKING:
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.services import BranchReader
    from app.viewmodels.workspace import Workspace

PAGE: Final = 32
_REMEMBERED: Final = 400
_MOST_WANTED: Final = 6
"""Pages that wait to be read; of more the one asked for first is out of sight by now."""


class EventSummaries(QObject):
    """Lines of the branch in focus.

    Signals:
        summaries_ready(int, int): the lines of these events, first and last, are known now.
    """

    summaries_ready = Signal(int, int)

    def __init__(
        self, store: BranchReader, bridge: Bridge, workspace: Workspace, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._store, self._bridge = store, bridge
        self._branch, self._head = "", 0
        self._pages: OrderedDict[int, tuple[str, ...]] = OrderedDict()
        self._wanted: deque[int] = deque(maxlen=_MOST_WANTED)
        self._reading: int | None = None
        self._workspace = workspace
        workspace.branch_changed.connect(self._on_branch_changed)

    def text(self, position: int) -> str:
        """The line of an event; empty as long as it is unknown, and then it is read."""
        page = (position - 1) // PAGE
        if page in self._pages:
            return self._pages[page][(position - 1) % PAGE]
        if self._branch and page != self._reading and page not in self._wanted:
            self._wanted.append(page)
            self._read_next()
        return ""

    @Slot(object)
    def _on_branch_changed(self) -> None:
        branch = self._workspace.branch
        self._branch, self._head = (branch.id, branch.head) if branch is not None else ("", 0)
        self._pages.clear()
        self._wanted.clear()

    def _read_next(self) -> None:
        if self._reading is not None or not self._wanted:
            return
        page = self._reading = self._wanted.pop()
        done = partial(self._on_read, self._branch, page)
        self._bridge.run(partial(self._read, self._branch, self._head, page), done, self._on_failed)

    def _read(self, branch: str, head: int, page: int) -> tuple[str, ...]:
        first = page * PAGE + 1
        lines = [event_summary(event) for event in self._store.read(branch, first, min(first + PAGE - 1, head))]
        return (*lines, *("" for _ in range(PAGE - len(lines))))

    def _on_read(self, branch: str, page: int, lines: tuple[str, ...]) -> None:
        self._reading = None
        if branch == self._branch:
            self._pages[page] = lines
            if len(self._pages) > _REMEMBERED:
                self._pages.popitem(last=False)
            self.summaries_ready.emit(page * PAGE + 1, min((page + 1) * PAGE, self._head))
        self._read_next()

    def _on_failed(self, error: Exception) -> None:  # noqa: ARG002 -- see below
        """A row without its line still tells kind and time; the event itself says what is wrong with it."""
        self._reading = None
        self._read_next()
