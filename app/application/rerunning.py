"""Play the customer's remaining turns again, turn by turn, onto a branch of their own."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from app.application.trial_player import TrialPlayer
from app.domain.errors import BadInput, BranchlineError, ModelError
from app.domain.lab.script import left_out_counts, turns

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from app.application.continuing import ContinueUpdate, Continuing
    from app.application.ports import Clock, EventStore, Ids, ModelClient
    from app.application.time_machine import TimeMachine
    from app.application.trial_player import TurnResult
    from app.application.trials import Trials
    from app.domain.branches import Branch
    from app.domain.lab.script import Turn
    from app.domain.lab.trials import Trial

WINDOW = 32
"""Entries of the transcript that are read at once, from its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialResult:
    """A trial that was played to its end. ``branch`` is as it is then."""

    trial: Trial
    branch: Branch
    turns: tuple[TurnResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialUpdate:
    """Where a trial stands: the turn that is being answered, of how many, and how its answer stands."""

    turn: int
    turns: int
    answer: ContinueUpdate


class Rerunning:
    """Plays trials. What was done of one is known from its events, so an interrupted one goes on where it stopped."""

    def __init__(
        self,
        store: EventStore,
        time_machine: TimeMachine,
        trials: Trials,
        continuing: Continuing,
        client: ModelClient,
        clock: Clock,
        ids: Ids,
    ) -> None:
        self._store, self._time_machine, self._trials = store, time_machine, trials
        self._continuing, self._client = continuing, client
        self._clock, self._ids = clock, ids

    async def run(
        self,
        trial: Trial,
        on_update: Callable[[TrialUpdate], None],
        before_turn: Callable[[], Awaitable[None]] | None = None,
    ) -> TrialResult:
        """Play a trial; cancelling the task stops at once, and running the same trial again goes on from there.

        ``before_turn`` is awaited before each answer: a place to pause at.

        A failure of the model is recorded as ``generation.failed`` and in ``lab.trial-ended``, and raised. Raises
        ModelError, BadInput, OutOfRange, WrongPosition, StoreUnusable, CancelledError.
        """
        model = await self._model(trial.recipe.model)
        script = await asyncio.to_thread(self.script, trial)
        player = await asyncio.to_thread(TrialPlayer, self._store, self._trials, self._clock, self._ids, trial, model)
        try:
            played = await self._play(player, trial, script, on_update, before_turn)
        except BranchlineError as error:
            await asyncio.to_thread(player.end, "failed", {"reason": str(error)})
            raise
        return TrialResult(trial=trial, branch=player.branch, turns=played)

    def script(self, trial: Trial) -> tuple[Turn, ...]:
        """The turns that a trial plays, as recorded; none where the customer says something new.

        Raises BadInput when there is nothing to answer.
        """
        if trial.say is not None:
            return ()
        later = self._store.iterate(trial.origin, trial.at + 1)
        found = turns(
            later,
            trial.kinds,
            awaits_answer=self._awaits_answer(trial.origin, trial.at),
            keeps_instructions=trial.recipe.instructions is None,
        )
        script = tuple(islice(found, trial.turns))
        if not any(turn.is_answered for turn in script):
            raise BadInput(f"the customer says nothing more after event {trial.at:,}: there is nothing to play again")
        return script

    async def _play(
        self,
        player: TrialPlayer,
        trial: Trial,
        script: Sequence[Turn],
        on_update: Callable[[TrialUpdate], None],
        before_turn: Callable[[], Awaitable[None]] | None,
    ) -> tuple[TurnResult, ...]:
        count = sum(turn.is_answered for turn in script) if trial.say is None else 1

        async def answer(turn: Turn | None, number: int) -> TurnResult:
            def updated(update: ContinueUpdate) -> None:
                on_update(TrialUpdate(turn=number, turns=count, answer=update))

            if (known := player.answered(turn, number)) is not None:
                return known
            if before_turn is not None:
                await before_turn()
            result = await self._continuing.run(await asyncio.to_thread(player.request, turn, number), updated)
            return await asyncio.to_thread(player.answer, turn, number, result)

        played = [await answer(None, 1)] if trial.say is not None else []
        for turn in script:
            await asyncio.to_thread(player.repeat, turn)
            if turn.is_answered:
                played.append(await answer(turn, turn.number))
        await asyncio.to_thread(player.end, "completed", {"left_out": left_out_counts(script)})
        return tuple(played)

    async def _model(self, named: str) -> tuple[str, str]:
        """(digest, server version) of a model. Raises ModelError when it is not there."""
        models = await self._client.models()
        for model in models:
            if named in (model.name, model.name.removesuffix(":latest")):
                return model.digest, await self._client.version()
        names = ", ".join(model.name for model in models[:5]) or "none"
        raise ModelError(f"the server at {self._client.address} has no model {named!r}; it has {names}")

    def _awaits_answer(self, branch: str, at: int) -> bool:
        """Whether the customer has spoken last before a position."""
        last = self._time_machine.bounded(branch, at).conversation.entries
        while last > 0:
            first = max(1, last - WINDOW + 1)
            for entry in reversed(self._time_machine.entries(branch, first, last - first + 1, at)):
                if entry.kind == "message" and not entry.retracted and entry.role in ("user", "assistant", "agent"):
                    return entry.role == "user"
            last = first - 1
        return False
