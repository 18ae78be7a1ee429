"""The real window, used by a script and timed from inside: what ``bench open``, ``drag`` and ``step`` start."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from app import bootstrap
from app.application.ports import no_progress
from app.benchmarks.made_store import MAIN, SESSION
from app.ui.application import WindowApplication, make_application

if TYPE_CHECKING:
    from collections.abc import Callable

TURN_MS: Final = 16
DRAG_TURNS: Final = 600
STEPS: Final = 300
"""Presses of a held arrow, at 60 a second."""
SETTLE_MS: Final = 300


class InWindow(QObject):
    """Opens the made session, then does one thing turn by turn; ``figures`` are ready when the loop ends."""

    def __init__(self, program: WindowApplication, what: str) -> None:
        super().__init__(program)
        self._program, self._what = program, what
        self._workspace = program.presenter.workspace
        self.figures: dict[str, Any] = {}
        self._asked = self._last = 0.0
        self._intervals: list[float] = []
        self._turn = 0
        self._shown = 0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._workspace.moment_ready.connect(self._on_moment_ready)

    @Slot()
    def begin(self) -> None:
        self._asked = time.perf_counter()
        self._workspace.open_session(SESSION, MAIN)

    @Slot(object)
    def _on_moment_ready(self, moment: Any) -> None:
        self._shown = moment.position
        if self._asked:
            # The panes have been told; they are painted before a timer of no time runs out.
            QTimer.singleShot(0, self, self._on_first_paint)

    @Slot()
    def _on_first_paint(self) -> None:
        if not self._asked:
            return
        self._program.window.repaint()
        taken = (time.perf_counter() - self._asked) * 1000
        self._asked = 0.0
        self.figures = {"events": self._workspace.head, "first_paint_ms": round(taken, 1)}
        act = {"drag": self._drag, "step": self._step}.get(self._what)
        if act is None:
            self._end()
            return
        if self._what == "step":
            self._workspace.seek(self._workspace.head // 2)
        self._timer.timeout.connect(act)
        self._timer.setInterval(0 if self._what == "drag" else round(1000 / 60))
        QTimer.singleShot(SETTLE_MS, self, self._start)

    @Slot()
    def _start(self) -> None:
        self._last = self._begun = time.perf_counter()
        self._timer.start()

    def _note_turn(self) -> None:
        now = time.perf_counter()
        self._intervals.append((now - self._last) * 1000)
        self._last = now
        self._turn += 1

    @Slot()
    def _drag(self) -> None:
        """One move of the pressed mouse a turn, from the left end of the lanes to the right."""
        self._note_turn()
        lanes = self._program.window.timeline.lanes
        area = lanes.viewport() if hasattr(lanes, "viewport") and callable(lanes.viewport) else lanes
        x = area.width() * (0.15 + 0.84 * self._turn / DRAG_TURNS)
        kind = QEvent.Type.MouseButtonPress if self._turn == 1 else QEvent.Type.MouseMove
        if self._turn >= DRAG_TURNS:
            kind = QEvent.Type.MouseButtonRelease
        at = QPointF(x, area.height() / 2)
        left = Qt.MouseButton.LeftButton
        event = QMouseEvent(kind, at, area.mapToGlobal(at), left, left, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(area, event)
        if kind == QEvent.Type.MouseButtonRelease:
            self.figures |= self._frames()
            self._end()

    @Slot()
    def _step(self) -> None:
        """One repeated press of the right arrow a sixtieth of a second."""
        self._note_turn()
        lanes = self._program.window.timeline.lanes
        press = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, "", autorep=self._turn > 1
        )
        QApplication.sendEvent(lanes, press)
        if self._turn >= STEPS:
            due = int((time.perf_counter() - self._begun) * 60)
            behind = max(due - self._turn, self._workspace.playhead - self._shown - 1, 0)
            self.figures |= {"frames": self._turn, "behind": behind, **self._frames()}
            self._end()

    def _frames(self) -> dict[str, float]:
        ordered = sorted(self._intervals[1:])
        return {
            "frame_p95_ms": round(ordered[int(0.95 * (len(ordered) - 1))], 2),
            "stall_max_ms": round(ordered[-1], 2),
        }

    def _end(self) -> None:
        self._timer.stop()
        self.figures["playhead"] = self._workspace.playhead
        self.figures["rss_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
        self._program.window.close()


def _silent(text: str) -> None:
    """Nothing is told while the window is timed."""


def main() -> int:
    what, location = sys.argv[1:]
    app = make_application()
    with (
        tempfile.TemporaryDirectory(prefix="branchline-") as folder,
        bootstrap.core(location) as core,
        bootstrap.models(_silent, no_progress, fetch=False) as models,
    ):
        program = WindowApplication(bootstrap.services(core, models), Path(folder) / "window.ini")
        run = InWindow(program, what)
        begin: Callable[[], None] = run.begin
        program.show()
        QTimer.singleShot(SETTLE_MS, run, begin)
        app.exec()
    print(json.dumps(run.figures))  # noqa: T201 - what the benchmark reads
    return 0


if __name__ == "__main__":
    sys.exit(main())
