"""Where branches begin to say different things."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.compare.turns import Turn


def divergence(branches: Sequence[Sequence[Turn]]) -> tuple[int | None, ...]:
    """For each branch the position of its first content that not all share; None where it has no more, or all agree.

    Contents are compared in order, not by position: how an answer was made is no content, but takes up positions.
    """
    lines = [
        [(key, place) for turn in turns for key, place in zip(turn.content, turn.places, strict=True)]
        for turns in branches
    ]
    shared = 0
    shortest = min(map(len, lines), default=0)
    while shared < shortest and len({line[shared][0] for line in lines}) == 1:
        shared += 1
    if all(len(line) == shared for line in lines):
        return (None,) * len(lines)
    return tuple(line[shared][1] if shared < len(line) else None for line in lines)
