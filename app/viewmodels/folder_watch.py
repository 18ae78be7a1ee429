"""Watches a folder: tells which files in it are new or changed, once nobody writes to them any more."""

from __future__ import annotations

import json
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.viewmodels.bridge import Bridge

EVERY_MS: Final = 2_000
"""Files are looked at this often; the desktop's own messages are lost on shared drives."""
MOST_FILES: Final = 5_000

Look = tuple[int, int]
"""Size in bytes, and time of the last change in nanoseconds."""


class FolderWatch(QObject):
    """Lives in the main thread; the folder is read on a worker.

    Signals:
        arrived(object): a tuple of paths that have not changed between two looks.
        failed(str): the folder cannot be read; it is not watched any more.
        changed(): another folder is watched, or none.
    """

    arrived = Signal(object)
    failed = Signal(str)
    changed = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._folder: Path | None = None
        self._known: dict[str, Look] = {}
        self._unsettled: Mapping[str, Look] = {}
        self._is_looking = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)

    @property
    def folder(self) -> Path | None:
        return self._folder

    def watch(self, folder: Path | None) -> None:
        """Watch this folder, and no other; what lies in it counts as new. None: none."""
        self._folder, self._known, self._unsettled = folder, {}, {}
        if folder is None:
            self._timer.stop()
        else:
            self._timer.start()
            self.look()
        self.changed.emit()

    def to_json(self) -> str:
        """The folder and the files that were told of, for the next start."""
        if self._folder is None:
            return ""
        return json.dumps({"folder": str(self._folder), "files": self._known})

    def resume(self, stored: str) -> None:
        """Go on as ``to_json`` left it; text that is none of its own is left alone."""
        try:
            found = json.loads(stored)
            folder = Path(found["folder"])
            known = {str(name): (int(look[0]), int(look[1])) for name, look in found["files"].items()}
        except (ValueError, TypeError, KeyError, IndexError, AttributeError):
            return
        self.watch(folder)
        self._known = known

    @Slot()
    def look(self) -> None:
        """Look once; the outcome is told later."""
        if self._folder is not None and not self._is_looking:
            self._is_looking = True
            folder = self._folder
            self._bridge.run(partial(_files_in, folder), partial(self._on_seen, folder), self._on_failed)

    def close(self) -> None:
        self._timer.stop()

    def _on_seen(self, folder: Path, seen: Mapping[str, Look]) -> None:
        self._is_looking = False
        if folder != self._folder:
            return
        new = {name: look for name, look in seen.items() if self._known.get(name) != look}
        settled = {name: look for name, look in new.items() if self._unsettled.get(name) == look}
        self._unsettled = {name: look for name, look in new.items() if name not in settled}
        self._known = {name: look for name, look in self._known.items() if name in seen} | settled
        if settled:
            self.arrived.emit(tuple(folder / name for name in sorted(settled)))

    def _on_failed(self, error: Exception) -> None:
        self._is_looking = False
        folder = self._folder
        self.watch(None)
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        self.failed.emit(self.tr("{folder} is not watched any more: {reason}").format(folder=folder, reason=reason))


def _files_in(folder: Path) -> dict[str, Look]:
    """Files directly in a folder, hidden and half-downloaded ones left out. Raises OSError."""
    found: dict[str, Look] = {}
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(".") or entry.name.endswith((".part", ".crdownload", ".tmp")):
                continue
            if entry.is_file() and len(found) < MOST_FILES:
                stat = entry.stat()
                found[entry.name] = stat.st_size, stat.st_mtime_ns
    return found
