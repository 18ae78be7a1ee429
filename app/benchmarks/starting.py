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
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import pyqtgraph
class Window(pyqtgraph.PlotWidget):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.time(), flush=True)
        QTimer.singleShot(0, qt_app.quit)
qt_app = QApplication(sys.argv)
window = Window()
window.resize(1280, 800)
window.show()
qt_app.exec()
"""


def measure() -> dict[str, Any]:
    """Medians of runs in turn, milliseconds of wall clock from starting the process to its window's first paint."""
    with tempfile.TemporaryDirectory(prefix="branchline-") as folder:
        environment = {**os.environ, "BRANCHLINE_DATA": folder}
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        # An installed program starts from bytecode; without it most of the time would go into compiling ours.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
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
    """The process prints when it has painted for the first time."""
    start = time.time()
    ended = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return (float(ended.stdout.split()[0]) - start) * 1000
