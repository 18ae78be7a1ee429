"""``bench seek``: how long a state takes, anywhere in a long session; and a hash of the states that were reached."""

from __future__ import annotations

import math
import random
import resource
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from app.application.ports import no_progress
from app.application.time_machine import TimeMachine
from app.benchmarks import cold_seek, made_store
from app.benchmarks.states import StatesHash, seek

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app import bootstrap
    from app.application.ports import Progress

SEEKS: Final = 400
COLD: Final = 20
DEEP: Final = (0, 1, 50, made_store.DEPTH)


def measure(events: int, *, fresh: bool = False, progress: Progress = no_progress, cold: int = COLD) -> dict[str, Any]:
    """Seek in the made store, warm in this process and cold in new ones; milliseconds of wall clock.

    A seek is the bounded state and a window of 50 entries (see ``states.seek``). Warm: the store is open and this
    process has sought in it before, but each case begins with a machine that remembers nothing. Cold: see
    ``cold_seek``; the start of Python and the opening of the store are not in it. ``rss_mb`` is this process's
    peak, without a window; ``bench open`` gives it with one.
    """
    with made_store.opened(events, fresh=fresh, progress=progress) as core:
        chosen = branches(events)
        reached = StatesHash()
        cases = _warm(core, chosen, reached)
        cases += cold_seek.cases(core, chosen, cold)
    return {"events": events, **_outer(cases), "rss_mb": _peak_mb(), "states": reached.hexdigest(), "cases": cases}


def branches(events: int) -> dict[int, str]:
    """Depth -> a branch that deep."""
    found = {0: made_store.MAIN}
    for one in made_store.plan(events, made_store.SEED):
        found.setdefault(one.depth, f"{made_store.SESSION}/{one.id}")
    return {depth: found[depth] for depth in DEEP}


def _warm(core: bootstrap.Core, branches: Mapping[int, str], reached: StatesHash) -> list[dict[str, Any]]:
    cases = []
    for depth, branch in branches.items():
        for order, positions in orders(core.store.branch(branch).head).items():
            machine = TimeMachine(core.store, core.cache)
            machine.prepare(branch)
            times = []
            for position in positions:
                taken, state, window = seek(machine, branch, position)
                reached.add(state, window)
                times.append(taken)
            cases.append({"warm": True, "order": order, "depth": depth, **summary(times)})
    return cases


def orders(head: int) -> dict[str, Sequence[int]]:
    """Positions to seek, the same for the same head."""
    chance = random.Random(7)
    start = chance.randint(1, max(1, head - SEEKS))
    run = range(start, min(head, start + SEEKS) + 1)
    return {"random": [chance.randint(1, head) for _ in range(SEEKS)], "forwards": run, "backwards": run[::-1]}


def summary(times: Sequence[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {
        "p50_ms": round(median(ordered), 3),
        "p99_ms": round(percentile(ordered, 0.99), 3),
        "max_ms": round(ordered[-1], 3),
    }


def percentile(ordered: Sequence[float], share: float) -> float:
    """Of rising values, the smallest that at least ``share`` of them do not exceed."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def _outer(cases: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """The worst of the random cases over all depths."""
    warm = [one for one in cases if one["warm"] and one["order"] == "random"]
    cold = [one for one in cases if not one["warm"] and one["order"] == "random"]
    figures = {name: max(one[name] for one in warm) for name in ("p50_ms", "p99_ms", "max_ms")}
    return {**figures, **({"cold_p99_ms": max(one["p99_ms"] for one in cold)} if cold else {})}


def _peak_mb() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
