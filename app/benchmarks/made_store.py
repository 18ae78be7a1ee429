"""Stores with a fixed seed, made through the real store code once and kept for every benchmark that only reads."""

from __future__ import annotations

import os
import random
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app import bootstrap
from app.adapters.store.sqlite_schema import SCHEMA_VERSION
from app.application.ports import BranchDraft, SessionDraft, no_progress
from app.benchmarks.made_events import SOURCE, VERSION, MadeEvents
from app.domain.sessions import SessionHeader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.application.ports import Progress
    from app.domain.events import NewEvent

SESSION: Final = "bench"
MAIN: Final = f"{SESSION}/main"
BRANCHES: Final = 300
DEPTH: Final = 100
SEED: Final = 1
_FEWEST, _MOST = 1, 8
"""Events of a branch's own."""


@dataclass(frozen=True, slots=True)
class PlannedBranch:
    """A branch to be: ``own`` events behind ``fork`` of ``parent`` (a branch id, or ``main``)."""

    id: str
    parent: str
    fork: int
    own: int
    depth: int


def plan(events: int, seed: int) -> tuple[PlannedBranch, ...]:
    """A chain of 100 branches, and 200 that fork at random: half of main, the others of its end or of any branch."""
    chance = random.Random(seed)
    heads = {"main": events}
    planned: list[PlannedBranch] = []
    depths = {"main": 0}
    forks = {"main": 0}

    def add(parent: str, fork: int) -> None:
        name, own = f"b{len(planned) + 1:03d}", chance.randint(_FEWEST, _MOST)
        depths[name], heads[name], forks[name] = depths[parent] + 1, fork + own, fork
        planned.append(PlannedBranch(name, parent, fork, own, depths[name]))

    add("main", max(1, events // 2))
    while len(planned) < BRANCHES:
        if len(planned) < DEPTH:
            parent = planned[-1].id
        else:
            parent = chance.choice(("main", "main", chance.choice(planned).id, planned[DEPTH - 1].id))
        inherited = parent == "main" or (len(planned) >= DEPTH and chance.random() < 0.2)
        add(parent, chance.randint(1 if inherited else forks[parent] + 1, heads[parent]))
    return tuple(planned)


def draft(events: int, seed: int) -> SessionDraft:
    """The whole session; its events are made while they are stored."""
    planned = plan(events, seed)
    branches = tuple(
        BranchDraft(
            id=f"{SESSION}/{one.id}",
            name=f"what if {one.id}",
            kind="branch",
            parent="main" if one.parent == "main" else f"{SESSION}/{one.parent}",
            fork_position=one.fork,
        )
        for one in planned
    )
    header = SessionHeader(id=SESSION, title=f"Made session of {events:,} events", source=SOURCE, subject="customer-1")
    return SessionDraft(header=header, events=_events(events, seed, planned), branches=branches)


def _events(events: int, seed: int, planned: Sequence[PlannedBranch]) -> Iterator[tuple[str, NewEvent]]:
    made = MadeEvents(seed)
    for event in made.take(events):
        yield "main", event
    for one in planned:
        made.branch(f"{one.id}-")
        for event in made.take(one.own):
            yield f"{SESSION}/{one.id}", event


def folder() -> Path:
    """Where made stores are kept: ``$BRANCHLINE_DATA/bench``, else the platform's place for caches."""
    if named := os.environ.get("BRANCHLINE_DATA"):
        return Path(named) / "bench"
    from platformdirs import user_cache_path

    return user_cache_path("branchline", appauthor=False) / "bench"


def location(events: int, seed: int = SEED, *, fresh: bool = False, progress: Progress = no_progress) -> Path:
    """The store's file; made, with its index, where it is not there yet or ``fresh`` asks for it."""
    home = folder() / f"v{VERSION}-layout{SCHEMA_VERSION}-seed{seed}-{events}"
    file = home / "made.branchline"
    if fresh:
        shutil.rmtree(home, ignore_errors=True)
    if not file.exists():
        part = home.with_name(f"{home.name}.{os.getpid()}.part")
        part.mkdir(parents=True)
        try:
            with bootstrap.core(str(part / file.name), create=True) as core:
                core.store.store_session(draft(events, seed), progress)
            part.rename(home)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    with bootstrap.core(str(file)) as core:
        for branch in core.store.branches(SESSION):
            core.time_machine.prepare(branch.id, progress)
    return file


@contextmanager
def opened(events: int, *, fresh: bool = False, progress: Progress = no_progress) -> Iterator[bootstrap.Core]:
    """The made store, its derived cache present; nothing may be written into it."""
    with bootstrap.core(str(location(events, fresh=fresh, progress=progress)), read_only=True) as core:
        yield core
