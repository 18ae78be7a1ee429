"""What many values have in common; what is not known is left out and counted."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean, median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Summary:
    """Values of one metric over turns.

    Attributes:
        known: how many of the ``of`` values are known; the others say nothing, they are not 0.
        total, mean, median, smallest, largest: of the known ones; None when there are none.
    """

    known: int
    of: int
    total: float | None = None
    mean: float | None = None
    median: float | None = None
    smallest: float | None = None
    largest: float | None = None


def summary(values: Iterable[float | None]) -> Summary:
    everything = list(values)
    known = [value for value in everything if value is not None]
    if not known:
        return Summary(0, len(everything))
    return Summary(
        known=len(known),
        of=len(everything),
        total=sum(known),
        mean=fmean(known),
        median=median(known),
        smallest=min(known),
        largest=max(known),
    )
