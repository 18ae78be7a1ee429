"""Looks into single events beside the main thread, and remembers what it saw."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot

from app.viewmodels.event_summary import event_summary

if TYPE_CHECKING:
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.services import BranchReader
    from app.viewmodels.workspace import Workspace

_REMEMBERED: Final = 2_000


class EventPeek(QObject):
    """Tells in a line what an event of the branch in focus is about.

    Signals:
        summary_ready(int, str): position and summary; of wishes that overtook each other only the newest is sure.
    """

    summary_ready = Signal(int, str)

    def __init__(
        self, store: BranchReader, bridge: Bridge, workspace: Workspace, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._store, self._bridge, self._workspace = store, bridge, workspace
        self._known: OrderedDict[tuple[str, int], str] = OrderedDict()

    @Slot(int)
    def ask(self, position: int) -> None:
        branch = self._workspace.branch
        if branch is None:
            return
        key = (branch.id, position)
        if key in self._known:
            self.summary_ready.emit(position, self._known[key])
            return
        self._bridge.run_latest("peek", partial(self._read, key), partial(self._on_read, key), self._on_failed)

    def _read(self, key: tuple[str, int]) -> str:
        branch, position = key
        events = self._store.read(branch, position, position)
        return event_summary(events[0]) if events else ""

    def _on_read(self, key: tuple[str, int], summary: str) -> None:
        self._known[key] = summary
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        if self._workspace.branch is not None and self._workspace.branch.id == key[0]:
            self.summary_ready.emit(key[1], summary)

    def _on_failed(self, error: Exception) -> None:
        """A card without its summary still tells kind, place and time; the event itself says what is wrong with it."""
