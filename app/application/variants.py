"""Plans of trials: one re-run, a matrix of variants, or the same re-run over many sessions."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from app.domain.errors import BadInput
from app.domain.lab.carrying import KINDS
from app.domain.lab.trials import Trial
from app.domain.recommender import OFF

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.application.forking import Forking
    from app.application.ports import EventStore
    from app.application.time_machine import TimeMachine
    from app.domain.lab.carrying import Kind
    from app.domain.lab.recipe import Recipe
    from app.domain.lab.trials import Purpose

WINDOW: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What all trials of a plan have in common, see ``Trial``.

    ``name``: of the branch; empty takes what the recipe is called. Several trials are told apart by it all the same.
    """

    purpose: Purpose = "rerun"
    name: str = ""
    say: str | None = None
    turns: int | None = None
    kinds: tuple[Kind, ...] = KINDS
    recorded_seeds: bool = False


RERUN: Final = Wish()


class TrialPlans:
    """Makes trials of recipes and places; nothing is asked and nothing stored. Any thread may call."""

    def __init__(self, store: EventStore, time_machine: TimeMachine, forking: Forking) -> None:
        self._store, self._time_machine, self._forking = store, time_machine, forking

    def plan(self, branch: str, at: int, recipes: Sequence[Recipe], wish: Wish = RERUN) -> tuple[Trial, ...]:
        """A trial for each recipe, in their order, from the place nearest to ``at`` where a branch may leave.

        Raises OutOfRange, and BadInput when there is no recipe.
        """
        if not recipes:
            raise BadInput("there is no recipe to try")
        origin = self._store.branch(branch)
        position = self._forking.allowed_fork(branch, at).position
        anchor = self._store.hash_at(branch, position)
        return tuple(
            Trial(
                session=origin.session,
                origin=branch,
                origin_hash=anchor,
                at=position,
                recipe=recipe,
                name=self._name(wish, recipe, len(recipes)),
                purpose=wish.purpose,
                say=wish.say,
                turns=wish.turns,
                kinds=_kinds(wish, recipe),
                recorded_seeds=wish.recorded_seeds,
            )
            for recipe in recipes
        )

    def before_turn(self, branch: str, number: int) -> int | None:
        """The position just before the customer's ``number``-th message (1 is the first); None when there is none."""
        found = next(islice(self._messages(branch), number - 1, None), None)
        return None if found is None else found - 1

    def _messages(self, branch: str) -> Iterator[int]:
        """Positions of the customer's messages, rising."""
        head = self._store.branch(branch).head
        count = self._time_machine.bounded(branch, head).conversation.entries
        for first in range(1, count + 1, WINDOW):
            for entry in self._time_machine.entries(branch, first, WINDOW, head):
                if entry.kind == "message" and entry.role == "user":
                    yield entry.position

    @staticmethod
    def _name(wish: Wish, recipe: Recipe, count: int) -> str:
        if not wish.name:
            return f"rerun {recipe.label}" if wish.purpose == "rerun" else recipe.label
        return wish.name if count == 1 else f"{wish.name} {recipe.label}"


def _kinds(wish: Wish, recipe: Recipe) -> tuple[Kind, ...]:
    """What is repeated: no recorded calls where the model makes its own, no recorded lists where ours are shown."""
    made_anew = set()
    if recipe.tools is not None:
        made_anew.add("tools")
    if recipe.recommend not in (None, OFF):
        made_anew.add("lists")
    return tuple(kind for kind in wish.kinds if kind not in made_anew)
