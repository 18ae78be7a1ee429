"""``bench open``, ``drag``, ``step`` and ``stream``: the real window on a made store, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from app.benchmarks import made_store

if TYPE_CHECKING:
    from app.application.ports import Progress


def measure(what: str, events: int, *, fresh: bool, progress: Progress) -> dict[str, Any]:
    """Wall clock from inside the window; offscreen where there is no screen.

    ``first_paint_ms`` runs from asking for the session to the head's conversation and state being painted, with the
    derived cache present. ``drag`` moves the playhead over the whole session, zooms, pans and scrolls the
    conversation; ``cases`` has each, the outer figures are the worst of them. A frame is one such move with all that
    the event loop did about it; of ``step`` it is the time between two presses, 17 ms when nothing is late,
    and of ``stream`` between two words of an answer that comes at 200 a second, 5 ms when nothing is.
    ``states_shown`` says how many of the moves the panes had the time to follow, ``behind`` counts presses that came
    late or whose state was not shown in the end; ``playhead`` is where it then stood.
    """
    location = made_store.location(events, fresh=fresh, progress=progress)
    environment = dict(os.environ)
    if not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    command = [sys.executable, "-m", "app.benchmarks.in_window", what, str(location)]
    found = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    return _told(what, json.loads(found.splitlines()[-1]))


def _told(what: str, found: dict[str, Any]) -> dict[str, Any]:
    cases = found["cases"]
    if what == "open":
        return {key: found[key] for key in ("events", "first_paint_ms", "rss_mb")}
    worst = {key: max(case[key] for case in cases) for key in ("frame_p95_ms", "stall_max_ms")}
    steps = {key: cases[0][key] for key in ("frames", "behind")} if what == "step" else {}
    if what == "stream":
        steps = {"frames": cases[0]["frames"], "tokens_s": cases[0]["tokens_s"]}
    rest = {key: found[key] for key in ("playhead", "rss_mb")}
    return {"events": found["events"], **steps, **worst, **rest, **({"cases": cases} if what == "drag" else {})}
