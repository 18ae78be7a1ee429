"""Variants as a matrix: models × instructions × temperatures × seeds, in the order that spares the machine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import prod
from typing import TYPE_CHECKING, Final, TypeVar

from app.domain.errors import BadInput

if TYPE_CHECKING:
    from app.domain.lab.recipe import Instructions, Recipe

T = TypeVar("T")

MOST_CELLS: Final = 300
"""More branches than anybody can compare, and hours on a laptop: surely a slip of the keyboard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The values to combine; None among instructions, temperatures or seeds leaves things as they are.

    ``base``: all that is the same in every cell.
    """

    base: Recipe
    models: tuple[str, ...]
    instructions: tuple[Instructions | None, ...] = (None,)
    temperatures: tuple[float | None, ...] = (None,)
    seeds: tuple[int | None, ...] = (None,)

    def recipes(self) -> tuple[Recipe, ...]:
        """Every combination once: all of one model before the next, and seeds change first.

        A server that holds one model at a time so loads each model once, and what it remembers of a prompt serves
        all seeds and temperatures. Raises BadInput when there is nothing to do, or far too much.
        """
        models, instructions = _unique(self.models), _unique(self.instructions)
        temperatures, seeds = _unique(self.temperatures), _unique(self.seeds)
        sizes = [len(axis) for axis in (models, instructions, temperatures, seeds)]
        if (count := prod(sizes)) == 0:
            raise BadInput("a matrix of variants needs at least one model, and something of every other kind")
        if count > MOST_CELLS:
            told = " × ".join(map(str, sizes))
            raise BadInput(f"{told} are {count:,} variants; at most {MOST_CELLS} are made in one go")
        return tuple(
            replace(self.base, model=model, instructions=prompt, temperature=temperature, seed=seed)
            for model in models
            for prompt in instructions
            for temperature in temperatures
            for seed in seeds
        )


def _unique(values: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))
