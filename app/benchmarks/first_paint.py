"""The program as ``branchline`` starts it, ended by the first paint of its window; ``bench start`` times it."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer

from app import bootstrap
from app.application.ports import no_progress
from app.ui.application import WindowApplication, make_application


class _FirstPaint(QObject):
    """Ends the loop once the window has been painted."""

    def __init__(self, program: WindowApplication) -> None:
        super().__init__(program)
        self._program = program
        program.window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            print(time.time(), flush=True)  # noqa: T201 - what the benchmark reads
            QTimer.singleShot(0, self._program.window, self._program.window.close)
        return super().eventFilter(watched, event)


def _silent(text: str) -> None:
    """Nothing is told while a start is timed."""


def main() -> int:
    app = make_application()
    with (
        bootstrap.core(None, create=True) as core,
        bootstrap.models(_silent, no_progress, fetch=False) as models,
    ):
        program = WindowApplication(bootstrap.services(core, models), bootstrap.data_folder() / "window.ini")
        _FirstPaint(program)
        program.show()
        return app.exec()


if __name__ == "__main__":
    sys.exit(main())
