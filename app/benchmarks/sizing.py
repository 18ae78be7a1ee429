"""``bench size``: bytes on disk for an event."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import bootstrap
from app.application.ports import no_progress
from app.benchmarks import made_store

if TYPE_CHECKING:
    from app.application.ports import Progress


def measure(events: int, *, fresh: bool = False, progress: Progress = no_progress) -> dict[str, Any]:
    """Sizes of the made store's files over all its events, those of its branches included.

    ``log``: the store with indexes, hashes, salts, ids and 300 branches, as it lies there after it was made and
    closed; nothing is vacuumed. ``cache``: checkpoints and index of growing lists. ``json``: the mean payload as
    canonical JSON in UTF-8, without its envelope. The search index is not in it.
    """
    file = made_store.location(events, fresh=fresh, progress=progress)
    with tempfile.TemporaryDirectory(prefix="branchline-") as folder:
        copy = Path(folder) / file.name
        for one in file.parent.glob(f"{file.name}*"):
            shutil.copy(one, folder)
        with bootstrap.core(str(copy)):
            pass  # the last to close a store brings its write-ahead log into it
        log, cache = copy.stat().st_size, copy.with_name(f"{copy.name}.cache").stat().st_size
    with made_store.opened(events) as core:
        own = {one.id: one.own_events for one in core.store.branches(made_store.SESSION)}
        payload = sum(_payload_bytes(core, branch, count) for branch, count in own.items() if count)
    stored = sum(own.values())
    return {
        "events": events,
        "log_bytes_per_event": round(log / stored, 1),
        "cache_bytes_per_event": round(cache / stored, 1),
        "json_bytes_per_event": round(payload / stored, 1),
    }


def _payload_bytes(core: bootstrap.Core, branch: str, count: int) -> int:
    from app.adapters.store.canonical import canonical

    head = core.store.branch(branch).head
    return sum(len(canonical(event.data)) for event in core.store.iterate(branch, head - count + 1))
