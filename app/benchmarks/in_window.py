"""The real window, used by a script and timed from inside, for ``bench open``, ``drag``, ``step`` and ``stream``."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Qt, QTimer, Slot

from app import bootstrap
from app.application.ports import no_progress
from app.benchmarks.made_store import MAIN, SESSION
from app.benchmarks.window_acts import ACTS
from app.collector import collect_seldom
from app.ui.application import WindowApplication, make_application

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.benchmarks.window_acts import Act

RATE_HZ: Final = {"step": 60, "stream": 200}
"""Presses a second of a held arrow, words a second of an answer; all else goes as fast as the event loop turns."""
SETTLE_MS: Final = 300


class InWindow(QObject):
    """Opens the made session, then acts turn by turn; ``figures`` are ready when the loop ends."""

    def __init__(self, program: WindowApplication, what: str) -> None:
        super().__init__(program)
        self._program, self._what = program, what
        self._workspace = program.presenter.workspace
        self._acts = iter(ACTS[what])
        self._act: Act | None = None
        self.figures: dict[str, Any] = {"cases": []}
        self._asked = self._last = self._begun = 0.0
        self._intervals: list[float] = []
        self._turn = self._shown = self._states = 0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_turn)
        self._workspace.moment_ready.connect(self._on_moment_ready)

    @Slot()
    def begin(self) -> None:
        self._asked = time.perf_counter()
        self._workspace.open_session(SESSION, MAIN)

    @Slot(object)
    def _on_moment_ready(self, moment: Any) -> None:
        self._shown = moment.position
        self._states += 1
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
        self.figures |= {"events": self._workspace.head, "first_paint_ms": round(taken, 1)}
        if self._what == "step":
            self._workspace.seek(self._workspace.head // 2)
        self._next_act()

    def _next_act(self) -> None:
        made = next(self._acts, None)
        if made is None:
            self._end()
            return
        self._act = made(self._program)
        QTimer.singleShot(SETTLE_MS, self, self._start)

    @Slot()
    def _start(self) -> None:
        self._turn, self._states, self._intervals = 0, 0, []
        self._last = self._begun = time.perf_counter()
        self._timer.start(0)

    @Slot()
    def _on_turn(self) -> None:
        now = time.perf_counter()
        self._intervals.append((now - self._last) * 1000)
        self._last = now
        self._turn += 1
        if self._act is None:
            return
        self._act.turn(self._turn)
        if self._turn < self._act.turns:
            rate_hz = RATE_HZ.get(self._what)
            due = self._begun + self._turn / rate_hz if rate_hz else 0.0
            self._timer.start(max(0, round((due - time.perf_counter()) * 1000)))
            return
        self._note(type(self._act).__name__.lower())
        self._next_act()

    def _note(self, name: str) -> None:
        ordered = sorted(self._intervals[1:])
        case = {
            "what": name,
            "frames": self._turn,
            "states_shown": self._states,
            "frame_p95_ms": round(ordered[int(0.95 * (len(ordered) - 1))], 2),
            "stall_max_ms": round(ordered[-1], 2),
        }
        if self._what == "stream":
            case["tokens_s"] = round(self._turn / (time.perf_counter() - self._begun), 1)
        if self._what == "step":
            late = int((time.perf_counter() - self._begun) * RATE_HZ["step"]) - self._turn
            case["behind"] = max(late, self._workspace.playhead - self._shown - 1, 0)
        self.figures["cases"].append(case)

    def _end(self) -> None:
        self.figures["playhead"] = self._workspace.playhead
        self.figures["rss_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
        self._program.window.close()


def _silent(text: str) -> None:
    """Nothing is told while the window is timed."""


def main() -> int:
    what, location = sys.argv[1:]
    collect_seldom()
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
