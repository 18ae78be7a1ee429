"""The program as ``branchline`` starts it, ended by the first paint of its window; ``bench start`` times it."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

from app import bootstrap
from app.application.ports import no_progress
from app.ui import application
from app.ui.application import WindowApplication

if TYPE_CHECKING:
    from contextlib import ExitStack

    from app.application.ports import Progress
    from app.viewmodels.services import Services


class _FirstPaint(QObject):
    """Ends the program once its window has been painted."""

    def __init__(self, program: WindowApplication) -> None:
        super().__init__(program)
        self._program = program
        program.window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            print(time.time(), flush=True)  # noqa: T201 - what the benchmark reads
            QTimer.singleShot(0, self._program.window, self._program.window.close)
        return super().eventFilter(watched, event)


class _Timed(WindowApplication):
    """The window that notes when it was first painted."""

    def show(self) -> None:
        _FirstPaint(self)
        super().show()


def _silent(text: str) -> None:
    """Nothing is told while a start is timed."""


def _opening(behind: ExitStack, progress: Progress) -> Services:
    core = behind.enter_context(bootstrap.core(None, create=True, progress=progress))
    return bootstrap.services(core, behind.enter_context(bootstrap.models(_silent, no_progress, fetch=False)))


def main() -> int:
    application.WindowApplication = _Timed  # type: ignore[misc]  # the one place where the program can be watched
    return bootstrap.window_first(_opening)


if __name__ == "__main__":
    sys.exit(main())
