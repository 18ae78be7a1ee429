"""The heaviest way to pair the members of two sequences without crossings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Pair = tuple[int, int, int]
"""(index in the one sequence, index in the other, weight above zero)."""


def heaviest_chain(pairs: Iterable[Pair]) -> list[tuple[int, int]]:
    """Pairs whose indexes rise in both sequences, with the greatest sum of weights; of equal ones always the same.

    That is the best global alignment (Needleman and Wunsch 1970) with free gaps where only the given pairs may be
    matched; found in C log C steps for C pairs, by a tree of best sums over the other sequence (Fenwick 1994).
    """
    ordered = sorted(pairs, key=lambda pair: (pair[0], -pair[1]))  # of one row the last first: they cannot follow
    size = max((other for _, other, _ in ordered), default=-1) + 2
    best = [(0, -1)] * size
    before: list[int] = []
    top = (0, -1)
    for number, (_, other, weight) in enumerate(ordered):
        total, previous = _best_up_to(best, other)
        before.append(previous)
        reached = (total + weight, number)
        _raise(best, other + 1, reached)
        if reached[0] > top[0]:
            top = reached
    chain = []
    number = top[1]
    while number >= 0:
        chain.append(ordered[number][:2])
        number = before[number]
    return chain[::-1]


def _best_up_to(best: list[tuple[int, int]], end: int) -> tuple[int, int]:
    found = (0, -1)
    while end > 0:
        if best[end][0] > found[0]:
            found = best[end]
        end -= end & -end
    return found


def _raise(best: list[tuple[int, int]], place: int, reached: tuple[int, int]) -> None:
    while place < len(best):
        if reached[0] > best[place][0]:
            best[place] = reached
        place += place & -place
