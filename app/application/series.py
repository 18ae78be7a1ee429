"""Many trials one after the other: with progress, an estimate, pause, cancel, and failures that stop nothing else."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from app.application.pausing import PauseSwitch
from app.domain.errors import BranchlineError, ModelError, StoreUnusable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from app.application.pacing import Pacing
    from app.application.ports import Clock
    from app.application.rerunning import Rerunning, TrialResult, TrialUpdate
    from app.domain.lab.pace import Pace, Waiting
    from app.domain.lab.trials import Trial

GIVE_UP_AFTER: Final = 5
"""Failures of the model in a row after which the next trial will hardly succeed: the server is gone, most likely."""


@dataclass(frozen=True, slots=True)
class TrialFailure:
    """A trial that came to no end, and why in one sentence; ``by_model``: the server or its model is to blame."""

    trial: Trial
    reason: str
    by_model: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesUpdate:
    """Where a series stands.

    Attributes:
        done, total: trials; those that failed are done too.
        trial: the one that is being played; None between two and while paused.
        current: its turn and answer.
        tokens_per_second: of the latest answers of its model.
        elapsed_s: since the series began; pauses count.
        remaining_s: an estimate, at first from earlier runs of the store; None before anything was measured.
        outcomes: what became of the trials that are done, in their order; of resumed ones what came of them earlier.
    """

    done: int
    total: int
    failed: int
    trial: Trial | None
    current: TrialUpdate | None
    tokens_per_second: float | None
    elapsed_s: float
    remaining_s: float | None
    is_paused: bool = False
    outcomes: tuple[TrialResult | TrialFailure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesResult:
    """What became of the trials, in their order; ``stopped`` says why the rest was not begun, "" when all were."""

    results: tuple[TrialResult | TrialFailure, ...]
    stopped: str = ""


@dataclass(slots=True)
class _Standing:
    """What the series knows of itself while it runs."""

    plan: Sequence[Waiting]
    began: int
    pace: Pace
    done: int = 0
    failed: int = 0
    in_a_row: int = 0
    turn: int = 0
    turns: int | None = None
    outcomes: tuple[TrialResult | TrialFailure, ...] = ()

    def waiting(self) -> list[Waiting]:
        """The trial that runs, with the answers that it still needs, and those behind it."""
        rest = list(self.plan[self.done :])
        if rest and self.turns is not None:
            rest[0] = replace(rest[0], answers=max(self.turns - self.turn + 1, 0))
        return rest


class Series:
    """Plays trials in the order given (a matrix orders them so that models are loaded once), one at a time.

    One server answers one request at a time on most machines, and two models at once do not fit many; so a series is
    the queue of its server. Cancelling its task records what came of the answer that was being given; the same trials
    again go on from there, and those that were completed are read, not played.
    """

    def __init__(self, rerunning: Rerunning, pacing: Pacing, clock: Clock) -> None:
        self._rerunning, self._pacing, self._clock = rerunning, pacing, clock

    async def run(
        self,
        trials: Sequence[Trial],
        on_update: Callable[[SeriesUpdate], None],
        *,
        switch: PauseSwitch | None = None,
        after: Callable[[TrialResult], Awaitable[None]] | None = None,
    ) -> SeriesResult:
        """Play all; ``after`` is awaited with each trial that came to its end, checks for example.

        Raises StoreUnusable, and CancelledError when its task is cancelled; other failures are results.
        """
        switch = switch or PauseSwitch()
        plan = await asyncio.to_thread(self._pacing.waiting, trials)
        standing = _Standing(plan, self._clock.now(), await asyncio.to_thread(self._pacing.pace))
        for trial in trials:
            outcome = await self._one(trial, standing, switch, on_update)
            standing.outcomes = (*standing.outcomes, outcome)
            standing.done += 1
            standing.turn, standing.turns = 0, None
            if isinstance(outcome, TrialFailure):
                standing.failed += 1
                standing.in_a_row += outcome.by_model
                if standing.in_a_row >= GIVE_UP_AFTER and standing.done < len(trials):
                    said = f"{standing.in_a_row} trials failed in a row, the last with: {outcome.reason}"
                    return SeriesResult(results=standing.outcomes, stopped=said)
                continue
            standing.in_a_row = 0
            standing.pace.finished(len(outcome.turns))
            if after is not None:
                await after(outcome)
        on_update(self._update(standing, None, None))
        return SeriesResult(results=standing.outcomes)

    async def _one(
        self, trial: Trial, standing: _Standing, switch: PauseSwitch, on_update: Callable[[SeriesUpdate], None]
    ) -> TrialResult | TrialFailure:
        async def before_turn() -> None:
            if switch.is_paused:
                on_update(self._update(standing, trial, None, is_paused=True))
                await switch.passed()

        def updated(update: TrialUpdate) -> None:
            standing.turn, standing.turns = update.turn, update.turns
            answer = update.answer
            if answer.phase == "done":
                generating = answer.tokens / answer.tokens_per_second if answer.tokens_per_second else None
                standing.pace.answered(standing.plan[standing.done], answer.elapsed_s, answer.tokens, generating)
                standing.turn += 1
            on_update(self._update(standing, trial, update))

        await before_turn()
        on_update(self._update(standing, trial, None))
        try:
            return await self._rerunning.run(trial, updated, before_turn)
        except StoreUnusable:
            raise
        except BranchlineError as error:
            return TrialFailure(trial, str(error), isinstance(error, ModelError))

    def _update(
        self, standing: _Standing, trial: Trial | None, current: TrialUpdate | None, *, is_paused: bool = False
    ) -> SeriesUpdate:
        return SeriesUpdate(
            done=standing.done,
            total=len(standing.plan),
            failed=standing.failed,
            trial=trial,
            current=current,
            tokens_per_second=standing.pace.tokens_per_second(trial.recipe.model) if trial else None,
            elapsed_s=(self._clock.now() - standing.began) / 1e6,
            remaining_s=standing.pace.remaining_s(standing.waiting()),
            is_paused=is_paused,
            outcomes=standing.outcomes,
        )
