"""A permutation test on the energy distance: whether groups differ more than their members do among themselves.

The energy distance of groups A and B with distances d is ``2 mean d(a, b) - mean d(a, a') - mean d(b, b')``, means over
all pairs, a member with itself included (Székely and Rizzo 2013). If nothing but chance sets A and B apart, every
way of dealing the same members into groups of these sizes is as likely as the one that was seen. So the p-value is
the share of deals that give at least as large a distance: all deals where they are few, else random ones, the seen
deal counted among them (Phipson and Smyth 2010), which keeps the promised error rate with any number of deals.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    Distances = Sequence[Sequence[float]]
    """Symmetric, zero on the diagonal: first the members of A, then those of B."""

MOST_EXACT: Final = 20_000
"""Deals up to which all are looked at: 8 against 8 are 12,870, 9 against 9 are 48,620."""
RANDOM_DEALS: Final = 9_999
_ROUNDING: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """The outcome of one test.

    Attributes:
        statistic: the energy distance that was seen.
        p_value: share of deals that give at least as much.
        smallest_p: what could have come out at best with groups of these sizes.
        deals: how many deals were looked at; ``exact`` when those were all.
    """

    statistic: float
    p_value: float
    smallest_p: float
    deals: int
    exact: bool


def energy(distances: Distances, size: int) -> float:
    """The energy distance between the first ``size`` members and the others."""
    return _Dealt(distances, size).statistic(range(size))


def permutation_test(distances: Distances, size: int, *, seed: int = 0) -> Tested:
    """Test the first ``size`` members against the others; neither group may be empty.

    The same input and ``seed`` give the same p-value.
    """
    tested, _ = joint_test([distances], size, seed=seed)
    return tested


def joint_test(turns: Sequence[Distances], size: int, *, seed: int = 0) -> tuple[Tested, tuple[float, ...]]:
    """Test several turns of the same members at once: the whole, and a p-value for each turn.

    A member is dealt as a whole, so turns may depend on each other. The whole is tested on the mean over the turns of
    their distances. The p-values of single turns are Westfall and Young's: the largest scaled energy distance of any
    turn in a deal is held against that turn's, so that all of them together err no more often than one alone.
    """
    mean = _mean(turns)
    whole, parts = _Dealt(mean, size), [_Dealt(one, size) for one in turns]
    seen = whole.statistic(range(size))
    seen_parts = [part.scaled(range(size)) for part in parts]
    deals, exact = _deals(len(mean), size, seed)
    at_least, count, at_least_parts = 0, 0, [0] * len(parts)
    for deal in deals:
        count += 1
        at_least += whole.statistic(deal) >= seen - _ROUNDING
        if len(parts) > 1:
            largest = max(part.scaled(deal) for part in parts)
            for number, one in enumerate(seen_parts):
                at_least_parts[number] += largest >= one - _ROUNDING
    if not exact:  # the deal that was seen is one of them
        at_least, count = at_least + 1, count + 1
        at_least_parts = [one + 1 for one in at_least_parts]
    tested = Tested(
        statistic=seen,
        p_value=at_least / count,
        smallest_p=_smallest_p(len(mean), size, count),
        deals=count,
        exact=exact,
    )
    return tested, tuple(one / count for one in at_least_parts) if len(parts) > 1 else (tested.p_value,)


def _mean(turns: Sequence[Distances]) -> Distances:
    if len(turns) == 1:
        return turns[0]
    return [[sum(cells) / len(turns) for cells in zip(*rows, strict=True)] for rows in zip(*turns, strict=True)]


def _deals(members: int, size: int, seed: int) -> tuple[Iterator[Sequence[int]], bool]:
    """Ways to choose group A, and whether they are all there are."""
    if math.comb(members, size) <= MOST_EXACT:
        return combinations(range(members), size), True
    chance = random.Random(seed)  # noqa: S311 - repeatable on purpose
    return (chance.sample(range(members), size) for _ in range(RANDOM_DEALS)), False


def _smallest_p(members: int, size: int, count: int) -> float:
    """Groups of equal size have a mirror image of every deal, which gives the same distance."""
    twins = 2 if 2 * size == members else 1
    return max(twins / math.comb(members, size), 1 / count)


class _Dealt:
    """Distances prepared so that the statistic of a deal looks only at the pairs inside group A."""

    def __init__(self, distances: Distances, size: int) -> None:
        self._rows = distances
        self._sums = [math.fsum(row) for row in distances]
        self._total = math.fsum(self._sums) / 2
        self._a, self._b = size, len(distances) - size
        if self._a < 1 or self._b < 1:
            raise ValueError("both groups need at least one member")
        pairs = len(distances) * (len(distances) - 1) / 2
        self._scale = self._total / pairs if self._total > 0 else 1.0

    def statistic(self, chosen: Iterable[int]) -> float:
        members = list(chosen)
        within_a = 0.0
        for place, one in enumerate(members):
            row = self._rows[one]
            for other in members[:place]:
                within_a += row[other]
        between = sum([self._sums[one] for one in members]) - 2 * within_a
        within_b = self._total - within_a - between
        a, b = self._a, self._b
        return 2 * between / (a * b) - 2 * within_a / (a * a) - 2 * within_b / (b * b)

    def scaled(self, chosen: Iterable[int]) -> float:
        """In units of the mean distance, so that turns of long and of short answers can be held together."""
        return self.statistic(chosen) / self._scale
