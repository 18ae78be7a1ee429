"""``bench open``, ``drag`` and ``step``: the real window on a made store, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from app.benchmarks import made_store

if TYPE_CHECKING:
    from app.application.ports import Progress

KEYS = {
    "open": ("events", "first_paint_ms", "rss_mb"),
    "drag": ("events", "frame_p95_ms", "stall_max_ms", "playhead", "rss_mb"),
    "step": ("events", "frames", "behind", "frame_p95_ms", "stall_max_ms", "playhead", "rss_mb"),
}


def measure(what: str, events: int, *, fresh: bool, progress: Progress) -> dict[str, Any]:
    """Wall clock from inside the window; offscreen where there is no screen.

    ``first_paint_ms`` runs from asking for the session to the head's conversation and state being painted, with the
    derived cache present. A frame of ``drag`` is one move of the mouse with all that the event loop did about it; of
    ``step`` it is the time between two presses, 17 ms when nothing is late. ``behind`` counts presses that came late
    or whose state was not shown in the end; ``playhead`` is where it then stood.
    """
    location = made_store.location(events, fresh=fresh, progress=progress)
    environment = dict(os.environ)
    if not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    command = [sys.executable, "-m", "app.benchmarks.in_window", what, str(location)]
    found = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    figures = json.loads(found.splitlines()[-1])
    return {key: figures[key] for key in KEYS[what]}
