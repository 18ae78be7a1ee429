"""``bench import``: a large chat export brought in by the command line, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app.application.ports import no_progress
from app.benchmarks import made_chats

if TYPE_CHECKING:
    from app.application.ports import Progress

_TO_MEGABYTES: Final = 1_024 / 1_000_000  # Linux tells kibibytes


def measure(megabytes: float, *, progress: Progress = no_progress) -> dict[str, Any]:
    """Seconds by the clock and of the processor, and the most memory that the importing process ever held."""
    with tempfile.TemporaryDirectory(prefix="branchline-") as folder:
        file, store = Path(folder, "conversations.json"), Path(folder, "store.branchline")
        progress(0, None, "making the export")
        conversations, messages = made_chats.write(file, megabytes)
        progress(0, None, "importing it")
        report, figures = _imported(file, store)
        one = report["reports"][0]
        return {
            "megabytes": round(file.stat().st_size / 1_000_000, 1),
            "conversations": conversations,
            "messages": messages,
            "read": one["read"],
            "sessions": one["sessions"],
            "branches": one["branches"],
            "events": one["events"],
            **figures,
            "store_mb": round(store.stat().st_size / 1_000_000, 1),
        }


def _imported(file: Path, store: Path) -> tuple[dict[str, Any], dict[str, float]]:
    command = [sys.executable, "-m", "app", "import", str(file), "--store", str(store), "--json"]
    output = file.with_name("report.json")
    began = time.perf_counter()
    with output.open("wb") as told:
        process = subprocess.Popen(command, stdout=told, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - began
    figures = {
        "seconds": round(seconds, 1),
        "cpu_s": round(usage.ru_utime + usage.ru_stime, 1),
        "peak_mb": round(usage.ru_maxrss * _TO_MEGABYTES),
    }
    return json.loads(output.read_bytes()), figures
