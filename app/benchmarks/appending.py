"""``bench append``: events a second, beside the same driver writing the same columns and indexes and nothing else.

And how long a fork takes, of a branch that was made from main and of one a hundred forks deep.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from app import bootstrap
from app.adapters.store.raw_baseline import raw_append_rate, store_append_rate
from app.application.ports import SessionDraft
from app.benchmarks.made_events import SOURCE, MadeEvents
from app.domain.sessions import SessionHeader

if TYPE_CHECKING:
    from app.application.ports import EventStore
    from app.domain.events import NewEvent

PER_COMMIT: Final = (1, 10, 1_000)
ROUNDS: Final = 5
"""In turn, store and raw, so that a machine that drifts moves both."""
COMMITS: Final = 400
"""At most so many commits in a round: what is measured is their cost, not patience."""


FORKS: Final = 100
DEPTHS: Final = (1, 100)


def measure(events: int) -> dict[str, Any]:
    """Medians of rounds, at ``synchronous=FULL``; ``ratio`` is the median of the rounds' own ratios to ``raw``.

    ``raw`` is the driver as anybody uses it. ``raw_tuned`` is the driver given bytearrays and stand-ins for None, which
    it binds several times faster; the store gives it these.
    """
    figures: dict[str, dict[str, float]] = {"per_commit": {}, "raw": {}, "raw_tuned": {}, "ratio": {}}
    for size in PER_COMMIT:
        made = tuple(MadeEvents().take(max(size, min(events, COMMITS * size) // size * size)))
        rounds = [_round(made, size) for _ in range(ROUNDS)]
        figures["per_commit"][str(size)] = round(median(store for store, _, _ in rounds))
        figures["raw"][str(size)] = round(median(raw for _, raw, _ in rounds))
        figures["raw_tuned"][str(size)] = round(median(tuned for _, _, tuned in rounds))
        figures["ratio"][str(size)] = round(median(store / raw for store, raw, _ in rounds), 2)
    return {"events": events, **figures, "fork_ms": _fork_times()}


def _round(made: tuple[NewEvent, ...], per_commit: int) -> tuple[float, float, float]:
    with tempfile.TemporaryDirectory(prefix="branchline-") as folder:
        raw = raw_append_rate(Path(folder) / "raw.db", made, per_commit)
        store = store_append_rate(Path(folder) / "store.branchline", made, per_commit)
        tuned = raw_append_rate(Path(folder) / "tuned.db", made, per_commit, as_store_binds=True)
    return store, raw, tuned


def _fork_times() -> dict[str, float]:
    """Depth of the new branch -> median, with the commit; each of the deep chain's branches has an event of its own."""
    made = MadeEvents().take(DEPTHS[-1])
    header = SessionHeader(id="bench", title="bench", source=SOURCE)
    times: dict[str, float] = {}
    with (
        tempfile.TemporaryDirectory(prefix="branchline-") as folder,
        bootstrap.core(str(Path(folder) / "forks.branchline"), create=True) as core,
    ):
        store = core.store
        store.store_session(SessionDraft(header=header, events=(("main", next(made)),)))
        parent = f"{header.id}/main"
        for depth in range(1, DEPTHS[-1] + 1):
            if depth in DEPTHS:
                taken = [_fork_time(store, parent, depth, f"{depth}-{number}") for number in range(FORKS)]
                times[str(depth)] = round(median(taken) * 1_000, 3)
            if depth < DEPTHS[-1]:
                parent = store.fork(parent, depth, branch_id=f"d{depth}", name=f"d{depth}").id
                store.append(parent, [next(made)], expected=depth)
    return times


def _fork_time(store: EventStore, parent: str, at: int, name: str) -> float:
    start = time.perf_counter()
    store.fork(parent, at, branch_id=name, name=name)
    return time.perf_counter() - start
