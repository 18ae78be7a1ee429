"""``bench append``: events a second, beside the same driver writing the same columns and indexes and nothing else."""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from app.adapters.store.raw_baseline import raw_append_rate, store_append_rate
from app.benchmarks.made_events import MadeEvents

if TYPE_CHECKING:
    from app.domain.events import NewEvent

PER_COMMIT: Final = (1, 10, 1_000)
ROUNDS: Final = 5
"""In turn, store and raw, so that a machine that drifts moves both."""
COMMITS: Final = 400
"""At most so many commits in a round: what is measured is their cost, not patience."""


def measure(events: int) -> dict[str, Any]:
    """Medians of rounds, at ``synchronous=FULL``; ``ratio`` is the median of the rounds' own ratios."""
    figures: dict[str, dict[str, float]] = {"per_commit": {}, "raw": {}, "ratio": {}}
    for size in PER_COMMIT:
        made = tuple(MadeEvents().take(max(size, min(events, COMMITS * size) // size * size)))
        rounds = [_round(made, size) for _ in range(ROUNDS)]
        figures["per_commit"][str(size)] = round(median(store for store, _ in rounds))
        figures["raw"][str(size)] = round(median(raw for _, raw in rounds))
        figures["ratio"][str(size)] = round(median(store / raw for store, raw in rounds), 2)
    return {"events": events, **figures}


def _round(made: tuple[NewEvent, ...], per_commit: int) -> tuple[float, float]:
    with tempfile.TemporaryDirectory(prefix="branchline-") as folder:
        raw = raw_append_rate(Path(folder) / "raw.db", made, per_commit)
        store = store_append_rate(Path(folder) / "store.branchline", made, per_commit)
    return store, raw
