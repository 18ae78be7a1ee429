"""``bench start``: from the start of the process to the first painted window, beside an empty window."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from statistics import median
from typing import Any, Final

RUNS: Final = 7
EMPTY: Final = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import pyqtgraph
class Window(pyqtgraph.PlotWidget):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, qt_app.quit)
qt_app = QApplication(sys.argv)
window = Window()
window.resize(1280, 800)
window.show()
qt_app.exec()
"""


def measure() -> dict[str, Any]:
    """Medians of runs in turn, milliseconds of wall clock of whole processes.

    Each process ends at once after its first paint, so its end stands for the paint on both sides.
    """
    with tempfile.TemporaryDirectory(prefix="branchline-") as folder:
        environment = {**os.environ, "BRANCHLINE_DATA": folder}
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        ours, empty = [], []
        for run in range(RUNS + 1):
            taken = (
                _run([sys.executable, "-m", "app.benchmarks.first_paint"], environment),
                _run([sys.executable, "-c", EMPTY], environment),
            )
            if run:  # the first pair warms the file cache
                ours.append(taken[0])
                empty.append(taken[1])
    window_ms, empty_ms = median(ours), median(empty)
    return {"window_ms": round(window_ms), "empty_ms": round(empty_ms), "ratio": round(window_ms / empty_ms, 2)}


def _run(command: list[str], environment: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return (time.perf_counter() - start) * 1000
