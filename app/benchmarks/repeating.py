"""``bench jitter``: how often jitter calls a thing different from itself, and how often it finds a planted change.

The built-in model answers two turns of a recorded session again and again, each time with a seed of its own: under
instructions that stay, and under changed ones. Comparisons of ten against ten are drawn from these pools.
"""

from __future__ import annotations

import random
import shutil
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from app import bootstrap
from app.adapters.io_thread import IoThread
from app.adapters.ollama.client import OllamaClient
from app.application.ports import no_progress
from app.application.rerunning import TrialResult
from app.application.variants import Wish
from app.benchmarks.made_store import folder
from app.domain.errors import ModelError
from app.domain.lab.jitter import TEST, distance_table, verdict_of
from app.domain.lab.levels import ALPHA, FEWEST
from app.domain.lab.recipe import Instructions, Recipe
from app.resources import resource_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from app.application.ports import ModelClient, Progress
    from app.application.series import SeriesUpdate
    from app.core import Core
    from app.domain.lab.jitter import Answers
    from app.domain.lab.permutation import Distances
    from app.domain.lab.trials import Trial

SESSION: Final = "2154"
TURNS: Final = 2
TEMPERATURE: Final = 0.7
OPTIONS: Final = {"num_predict": 48, "num_ctx": 2_048}
UNCHANGED: Final = "You are the assistant of a restaurant's booking service. Answer in one or two short sentences."
CHANGES: Final[Mapping[str, str]] = {
    "letter": "You are the assistant of a restaurant's booking service. Write every answer as a formal letter. "
    "Begin with: Dear Sir or Madam,",
    "closed": "You are the assistant of a restaurant's booking service. We are closed this week. "
    "Answer: Sorry, we are closed this week.",
}
POOLS: Final = 300, 100
"""Repetitions of the unchanged instructions, and of each change: more take longer, fewer are shared more often."""
COMPARISONS: Final = 100
NOMINAL: Final = 0.05
TWICE: Final = 2 * FEWEST
"""A change that ten repetitions do not show for certain is looked for with twice as many."""


def measure(*, fresh: bool = False, progress: Progress = no_progress) -> dict[str, Any]:
    """The figures; what was answered is kept, so a run that was interrupted goes on."""
    unchanged, changed = POOLS
    home = folder() / "jitter"
    if fresh:
        shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True, exist_ok=True)
    sizes = {"unchanged": unchanged, **dict.fromkeys(CHANGES, changed)}
    with _opened(home / "jitter.branchline", progress) as desk:
        pools = {name: desk.pool(name, CHANGES.get(name, UNCHANGED), size, progress) for name, size in sizes.items()}
        figures = desk.figures()
    return {
        **figures,
        "k": FEWEST,
        "turns": TURNS,
        "pools": sizes,
        "comparisons": COMPARISONS,
        "alpha": ALPHA,
        **_compared(pools, progress),
        "test": TEST,
        "sampling": "the members of a comparison are drawn from the pools without putting back; comparisons share some",
    }


# --- answers


@dataclass(slots=True)
class _Desk:
    """The store of the benchmark, the built-in model, and what answering took."""

    core: Core
    io: IoThread
    client: ModelClient
    model: str
    answers: int = 0
    tokens: int = 0
    generating_s: float = 0.0
    server_s: float = 0.0
    wall_s: float = 0.0
    own_cpu_s: float = 0.0

    def pool(self, name: str, instructions: str, size: int, progress: Progress) -> list[Answers]:
        """Repetitions under these instructions, by turn; those that are there already are read."""
        trials = self._trials(instructions, size)
        series = self.core.lab.series(self.core.continuing(self.client), self.client)
        started, cpu = time.monotonic(), time.process_time()

        def told(update: SeriesUpdate) -> None:
            progress(update.done, update.total, f"answering, {name}")

        done = self.io.submit(series.run(trials, told)).result()
        self.wall_s += time.monotonic() - started
        self.own_cpu_s += time.process_time() - cpu
        results = [one for one in done.results if isinstance(one, TrialResult)]
        if len(results) < size:
            raise ModelError(f"{size - len(results)} of {size} repetitions failed; run it again to go on")
        for result in results:
            for turn in result.turns:
                if turn.result is not None:
                    self.answers += 1
                    self.tokens += turn.result.tokens or 0
                    self.generating_s += turn.result.durations.get("eval_duration", 0) / 1e9
                    self.server_s += turn.result.durations.get("total_duration", 0) / 1e9
        return [tuple(turn.rerun for turn in result.turns) for result in results]

    def _trials(self, instructions: str, size: int) -> Sequence[Trial]:
        main = self.core.library.branch(self.core.library.session(SESSION).header.id)
        at = self.core.lab.plans.before_turn(main.id, 1)
        recipe = Recipe(
            model=self.model, instructions=Instructions(text=instructions), temperature=TEMPERATURE, options=OPTIONS
        )
        (trial,) = self.core.lab.plans.plan(main.id, at or 0, [recipe], Wish(turns=TURNS, kinds=()))
        return self.core.lab.jitter.repetitions(trial, size)

    def figures(self) -> dict[str, Any]:
        """What answering took in this run; None where all answers were there already."""
        per_answer = 1_000 / self.answers if self.answers else None
        return {
            "model": self.model,
            "answers": self.answers,
            "tokens_per_second": round(self.tokens / self.generating_s, 1) if self.generating_s else None,
            "model_s": round(self.server_s),
            "wall_s": round(self.wall_s),
            "own_cpu_ms_per_answer": round(self.own_cpu_s * per_answer, 1) if per_answer else None,
        }


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201 - beside the figures


@contextmanager
def _opened(store: Path, progress: Progress) -> Iterator[_Desk]:
    gguf = bootstrap.builtin_model(_say, progress)
    with bootstrap.core(str(store), create=True) as core, IoThread() as io:
        core.importing.run([resource_path("demo") / "star"])
        engine = bootstrap.start_engine(gguf)
        client = OllamaClient(engine.address)
        try:
            (model,) = io.submit(client.models()).result()
            yield _Desk(core, io, client, model.name)
        finally:
            io.submit(client.close()).result()
            engine.close()


# --- comparisons


def _compared(pools: Mapping[str, Sequence[Answers]], progress: Progress) -> dict[str, Any]:
    everyone = [answers for pool in pools.values() for answers in pool]
    tables = [distance_table(everyone, turn) for turn in range(TURNS)]
    first, places = 0, {}
    for name, pool in pools.items():
        places[name] = range(first, first + len(pool))
        first += len(pool)
    unchanged = places["unchanged"]
    same = _p_values(tables, (unchanged, unchanged), FEWEST, progress, "unchanged")
    changed = {}
    for name in CHANGES:
        sides = unchanged, places[name]
        few, many = (_p_values(tables, sides, size, progress, name) for size in (FEWEST, TWICE))
        changed[name] = {"found": _at_most(few, ALPHA), **_told(few), f"found_with_{TWICE}": _at_most(many, ALPHA)}
    return {"same": {"called_different": _at_most(same, ALPHA), **_told(same)}, "changed": changed}


def _p_values(
    tables: Sequence[Distances],
    sides: tuple[Sequence[int], Sequence[int]],
    size: int,
    progress: Progress,
    name: str,
) -> list[float]:
    """p-values of comparisons of ``size`` against as many; of a pool with itself they share no member."""
    chance = random.Random(f"{name} {size}")
    one, other = sides
    found = []
    for number in range(COMPARISONS):
        progress(number, COMPARISONS, f"comparing {size} and {size}, {name}")
        if other is one:
            members = chance.sample(one, 2 * size)
        else:
            members = [*chance.sample(one, size), *chance.sample(other, size)]
        drawn = [[[table[row][column] for column in members] for row in members] for table in tables]
        found.append(verdict_of(drawn, size, seed=number).test.p_value)
    return found


def _at_most(p_values: Sequence[float], level: float) -> int:
    return sum(one <= level for one in p_values)


def _told(p_values: Sequence[float]) -> dict[str, Any]:
    return {f"at_{NOMINAL}": _at_most(p_values, NOMINAL), "median_p": round(median(p_values), 4)}
