"""Trials as the window wishes for them: a plan from what was chosen, played in a queue, told apart from chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from app.application.variants import Wish
from app.domain.errors import BadInput
from app.domain.lab.matrix import Matrix
from app.domain.lab.recipe import Recipe

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from typing import Any

    from app.application.lab import Lab
    from app.application.pausing import PauseSwitch
    from app.application.series import Series, SeriesResult, SeriesUpdate
    from app.domain.instructions import InstructionsVersion
    from app.domain.lab.recipe import Instructions
    from app.domain.lab.trials import Trial

Kind = Literal["variants", "rerun", "repetitions"]
AS_IT_IS = ""
"""Among instructions: those of the branch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialWish:
    """What is to be tried from a place of a branch.

    Attributes:
        kind: other answers to one message (``variants``), the customer's remaining turns (``rerun``), or these
            ``repetitions`` times with nothing changed, to know what chance does.
        say: what the customer says, for variants; empty answers what was said last.
        instructions: versions of the library (``NAME@2``), and ``AS_IT_IS``.
        temperatures, seeds: empty leaves the server's own.
        turns: how many of the remaining turns; None for all.
        longest: tokens of an answer at most (Ollama's ``num_predict``); None for the server's default.
    """

    kind: Kind
    branch: str
    at: int
    say: str = ""
    models: tuple[str, ...] = ()
    instructions: tuple[str, ...] = (AS_IT_IS,)
    temperatures: tuple[float, ...] = ()
    seeds: tuple[int, ...] = ()
    turns: int | None = None
    repetitions: int = 10
    longest: int | None = None


class TrialDesk:
    """Plans and plays trials of one store on one server."""

    def __init__(self, lab: Lab, series: Series) -> None:
        self._lab, self._series = lab, series

    def plan(self, wish: TrialWish) -> tuple[Trial, ...]:
        """The trials of a wish, in the order in which they will be played; nothing is asked yet.

        Raises BadInput when there is nothing to try or far too much, NotFound for unknown instructions, OutOfRange.
        """
        if not wish.models:
            raise BadInput("there is no model to try")
        options = {} if wish.longest is None else {"num_predict": wish.longest}
        recipes = Matrix(
            base=Recipe(model=wish.models[0], options=options),
            models=wish.models,
            instructions=tuple(self._instructions(one) for one in wish.instructions) or (None,),
            temperatures=wish.temperatures or (None,),
            seeds=wish.seeds or (None,),
        ).recipes()
        plans = self._lab.plans
        if wish.kind == "variants":
            asked = Wish(purpose="variant", say=wish.say.strip() or None, turns=1)
            return plans.plan(wish.branch, wish.at, recipes, asked)
        trials = plans.plan(wish.branch, wish.at, recipes, Wish(turns=wish.turns))
        if wish.kind == "rerun":
            return trials
        if len(trials) != 1:
            raise BadInput("repetitions ask for one thing again and again: choose one model, instructions, temperature")
        return self._lab.jitter.repetitions(trials[0], wish.repetitions)

    def run(
        self, trials: Sequence[Trial], on_update: Callable[[SeriesUpdate], None], switch: PauseSwitch
    ) -> Coroutine[Any, Any, SeriesResult]:
        """Play trials one after the other; cancelling keeps what was done, and the same trials go on from there."""
        return self._series.run(trials, on_update, switch=switch)

    def instructions(self) -> tuple[InstructionsVersion, ...]:
        """Every version of every name of the library, by name, the newest first."""
        return tuple(one for versions in self._lab.instructions.all().values() for one in reversed(versions))

    def save_instructions(self, name: str, text: str, note: str) -> InstructionsVersion:
        """Raises BadInput."""
        return self._lab.instructions.save(name, text, note)

    def _instructions(self, reference: str) -> Instructions | None:
        return None if reference == AS_IT_IS else self._lab.instructions.use(reference)
