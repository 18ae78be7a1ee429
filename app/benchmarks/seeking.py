"""``bench seek``: how long a state takes, anywhere in a long session; and a hash of the states that were reached."""

from __future__ import annotations

import hashlib
import random
import resource
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from app import bootstrap
from app.application.ports import SessionDraft
from app.application.time_machine import TimeMachine
from app.benchmarks.made_events import MadeEvents
from app.domain.fold.state_json import bounded_json
from app.domain.sessions import SessionHeader

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SEEKS: Final = 400
WINDOW: Final = 50
DEPTH: Final = 100


def measure(events: int) -> dict[str, Any]:
    """Make a store of ``events`` mixed events with a chain of 100 branches, and seek in it.

    A seek gives the bounded state and a window of 50 transcript entries. Figures in milliseconds.
    """
    with tempfile.TemporaryDirectory(prefix="branchline-") as folder:
        location = str(Path(folder) / "bench.branchline")
        with bootstrap.core(location, create=True) as core:
            made = (("main", event) for event in MadeEvents().take(events))
            header = SessionHeader(id="bench", title="bench", source="urn:branchline:bench")
            core.store.store_session(SessionDraft(header=header, events=made))
            main = core.store.branches("bench")[0].id
            deep = _chain(core, main, events)
            core.time_machine.prepare(main)
            core.time_machine.prepare(deep)
            return _measured(core, {0: main, DEPTH: deep}, events)


def _chain(core: bootstrap.Core, main: str, events: int) -> str:
    """A branch of a branch of a branch …, each with a few events of its own; the id of the deepest."""
    parent, at = main, events // 2
    for depth in range(1, DEPTH + 1):
        branch = core.store.fork(parent, at, branch_id=f"deep{depth}", name=f"deep {depth}")
        grown = tuple(MadeEvents(seed=depth, prefix=f"d{depth}-").take(20))
        at = core.store.append(branch.id, grown, expected=None).head
        parent = branch.id
    return parent


def _measured(core: bootstrap.Core, branches: dict[int, str], events: int) -> dict[str, Any]:
    digest = hashlib.blake2b(digest_size=16)
    cases: list[dict[str, Any]] = []
    for depth, branch in branches.items():
        head = core.store.branch(branch).head
        for order, positions in _orders(head).items():
            # A machine of its own for each case: nothing is remembered from the one before.
            times = _times(TimeMachine(core.store, core.cache), branch, positions, digest.update)
            cases.append({"warm": True, "order": order, "depth": depth, **_summary(times)})
    chosen = [one for one in cases if one["order"] == "random"]
    return {
        "events": events,
        "p50_ms": max(one["p50_ms"] for one in chosen),
        "p99_ms": max(one["p99_ms"] for one in chosen),
        "max_ms": max(one["max_ms"] for one in chosen),
        "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "states": digest.hexdigest(),
        "cases": cases,
    }


def _orders(head: int) -> dict[str, Sequence[int]]:
    chance = random.Random(7)
    start = chance.randint(1, max(1, head - SEEKS))
    run = range(start, min(head, start + SEEKS))
    return {"random": [chance.randint(1, head) for _ in range(SEEKS)], "forwards": run, "backwards": run[::-1]}


def _times(machine: TimeMachine, branch: str, positions: Sequence[int], told: Callable[[bytes], None]) -> list[float]:
    times = []
    for position in positions:
        start = time.perf_counter()
        state = machine.bounded(branch, position)
        last = state.conversation.entries
        machine.entries(branch, max(1, last - WINDOW + 1), WINDOW, position)
        times.append((time.perf_counter() - start) * 1000)
        told(repr(bounded_json(state)).encode())
    return times


def _summary(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {
        "p50_ms": round(median(ordered), 3),
        "p99_ms": round(ordered[int(0.99 * (len(ordered) - 1))], 3),
        "max_ms": round(ordered[-1], 3),
    }
