"""The same re-run over many sessions as the window wishes for it: a plan, its queue with checks, its table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.application.ports import no_progress
from app.application.rerunning import TrialResult
from app.application.trial_desk import AS_IT_IS
from app.application.variants import Wish
from app.domain.errors import BadInput, NotFound
from app.domain.events import MAIN
from app.domain.lab.recipe import Recipe
from app.domain.lab.summary import SummaryRow

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from app.application.lab import Lab
    from app.application.library import Library
    from app.application.pausing import PauseSwitch
    from app.application.ports import Progress
    from app.application.rerun_wish import RerunWish
    from app.application.series import Series, SeriesResult, SeriesUpdate
    from app.application.template_library import TemplateLibrary
    from app.domain.branches import Branch
    from app.domain.lab.checks import Check, CheckOutcome
    from app.domain.lab.trials import Trial
    from app.domain.sessions import SessionSummary

Outcomes = dict[str, "Mapping[int, Sequence[CheckOutcome]]"]
"""Branch id -> turn -> how its checks came out."""


@dataclass(frozen=True, slots=True)
class PlannedRerun:
    """A session and what is to be played of it; ``completed``: it was, at an earlier time."""

    session: SessionSummary
    trial: Trial
    completed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RerunPlan:
    """A row a session, in the order in which they are played; ``passed_over`` have no such turn."""

    wish: RerunWish
    rows: tuple[PlannedRerun, ...]
    passed_over: tuple[SessionSummary, ...] = ()

    @property
    def completed(self) -> int:
        """How many were played to their end already."""
        return sum(row.completed for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class RerunUpdate:
    """Where the queue stands, and how the checks came out that were held so far."""

    series: SeriesUpdate
    outcomes: Outcomes = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RerunResult:
    """What became of the sessions, in the order of the plan."""

    series: SeriesResult
    outcomes: Outcomes = field(default_factory=dict)


class SessionReruns:
    """Plans and plays re-runs over sessions of one store on one server: the window's ``branchline rerun``.

    What was done is known from the events, as on the command line, so the same wish goes on where it stopped, also
    one that a program made which was killed.
    """

    def __init__(
        self,
        lab: Lab,
        series: Series,
        library: Library,
        templates: TemplateLibrary,
        read_checks: Callable[[Path], tuple[Check, ...]],
    ) -> None:
        self._lab, self._series, self._library, self._templates = lab, series, library, templates
        self._read_checks = read_checks

    def plan(self, wish: RerunWish, progress: Progress = no_progress) -> RerunPlan:
        """What a wish comes to; nothing is asked yet. Sessions that are gone are left out, silently.

        Raises BadInput when there is nothing to play or a check is none, NotFound, BadCondition, Cancelled.
        """
        self._lab.checking.refuse_bad(wish.checks)
        recipe = self._recipe(wish)
        known = {one.header.id: one for one in self._library.sessions()}
        chosen = [known[one] for one in dict.fromkeys(wish.sessions) if one in known]
        if not chosen:
            raise BadInput("there is no session to play again")
        rows, passed_over = [], []
        for number, session in enumerate(chosen):
            progress(number, len(chosen), "planning")
            trial = self._trial(session, recipe, wish)
            if trial is None:
                passed_over.append(session)
            else:
                rows.append(PlannedRerun(session, trial, self._is_completed(trial)))
        if not rows:
            raise BadInput(f"the customer has no turn {wish.first_turn} in any of these sessions")
        return RerunPlan(wish=wish, rows=tuple(rows), passed_over=tuple(passed_over))

    async def run(self, plan: RerunPlan, on_update: Callable[[RerunUpdate], None], switch: PauseSwitch) -> RerunResult:
        """Play the plan and check each session's answers; cancelling keeps what was done. Raises StoreUnusable."""
        outcomes: Outcomes = {}

        async def checked(result: TrialResult) -> None:
            outcomes[result.branch.id] = await self._lab.checking.check(result, plan.wish.checks)

        def updated(update: SeriesUpdate) -> None:
            on_update(RerunUpdate(series=update, outcomes=dict(outcomes)))

        trials = [row.trial for row in plan.rows]
        result = await self._series.run(trials, updated, switch=switch, after=checked if plan.wish.checks else None)
        return RerunResult(series=result, outcomes=outcomes)

    def checks_in(self, path: Path) -> tuple[Check, ...]:
        """The checks of a file (TOML, JSON). Raises BadInput, which names it."""
        return self._read_checks(path)

    def _recipe(self, wish: RerunWish) -> Recipe:
        return Recipe(
            model=wish.model,
            instructions=None if wish.instructions == AS_IT_IS else self._lab.instructions.use(wish.instructions),
            template=None if wish.template == AS_IT_IS else self._templates.use(wish.template),
            temperature=wish.temperature,
            seed=wish.seed,
            options={} if wish.longest is None else {"num_predict": wish.longest},
        )

    def _trial(self, session: SessionSummary, recipe: Recipe, wish: RerunWish) -> Trial | None:
        branch = self._main(session)
        at = self._lab.plans.before_turn(branch.id, wish.first_turn) if branch is not None else None
        if branch is None or at is None:
            return None
        (trial,) = self._lab.plans.plan(branch.id, at, [recipe], Wish(turns=wish.turns))
        return trial

    def _main(self, session: SessionSummary) -> Branch | None:
        try:
            return self._library.branch(session.header.id, MAIN)
        except NotFound:
            return None

    def _is_completed(self, trial: Trial) -> bool:
        branch = self._lab.trials.find(trial)
        return branch is not None and self._lab.trials.open(branch).outcome == "completed"


def summary_row(session: SessionSummary, trial: Trial, result: Any, outcomes: Outcomes) -> SummaryRow:
    """A row of the table; ``result`` is a TrialResult, a TrialFailure, or None for a trial that was not begun."""
    title, name = session.header.title, trial.name or trial.recipe.label
    if not isinstance(result, TrialResult):
        outcome, reason = ("not begun", "") if result is None else ("failed", result.reason)
        return SummaryRow(session=session.header.id, title=title, branch=name, outcome=outcome, reason=reason)
    found = [one.passed for turn in outcomes.get(result.branch.id, {}).values() for one in turn]
    return SummaryRow(
        session=session.header.id,
        title=title,
        branch=result.branch.name,
        outcome="completed",
        answers=len(result.turns),
        passed=found.count(True),
        failed=found.count(False),
        skipped=found.count(None),
        changed=sum(turn.is_changed for turn in result.turns),
    )
