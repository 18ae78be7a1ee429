"""The use cases of the branch lab, put together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from app.application.checking import Checking
from app.application.instructions import InstructionsLibrary
from app.application.jitter import Jitter
from app.application.pacing import Pacing
from app.application.rerunning import Rerunning
from app.application.series import Series
from app.application.trials import Trials
from app.application.variants import TrialPlans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.application.branching import Branching
    from app.application.continuing import Continuing
    from app.application.forking import Forking
    from app.application.ports import AnswerChecker, Clock, EventStore, Ids, ModelClient, PatternMatcher
    from app.application.time_machine import TimeMachine
    from app.domain.lab.trials import Trial


@dataclass(frozen=True, slots=True, kw_only=True)
class Lab:
    """Everything for asking again: plans, trials that were played, checks, repetitions, instructions."""

    store: EventStore
    time_machine: TimeMachine
    clock: Clock
    ids: Ids
    trials: Trials
    plans: TrialPlans
    jitter: Jitter
    checking: Checking
    instructions: InstructionsLibrary

    @classmethod
    def over(
        cls,
        store: EventStore,
        time_machine: TimeMachine,
        forking: Forking,
        branching: Branching,
        clock: Clock,
        ids: Ids,
        patterns: PatternMatcher,
        forms: AnswerChecker,
    ) -> Self:
        trials = Trials(store, branching)
        return cls(
            store=store,
            time_machine=time_machine,
            clock=clock,
            ids=ids,
            trials=trials,
            plans=TrialPlans(store, time_machine, forking),
            jitter=Jitter(store, trials),
            checking=Checking(store, time_machine, patterns, forms),
            instructions=InstructionsLibrary(store, clock, ids),
        )

    def estimated_s(self, trials: Sequence[Trial]) -> float | None:
        """Seconds that trials will take, from how fast models were lately; None where no model has answered yet."""
        pacing = Pacing(self.store, self.time_machine)
        return pacing.pace().remaining_s(pacing.waiting(trials))

    def rerunning(self, continuing: Continuing, client: ModelClient) -> Rerunning:
        return Rerunning(self.store, self.time_machine, self.trials, continuing, client, self.clock, self.ids)

    def series(self, continuing: Continuing, client: ModelClient) -> Series:
        """The queue of one server."""
        return Series(self.rerunning(continuing, client), Pacing(self.store, self.time_machine), self.clock)
