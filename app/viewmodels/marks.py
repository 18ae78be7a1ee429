"""What people and detectors noted beside the events, as the timeline shows it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

MarkKind = Literal["marker", "note", "tag", "rating", "breadcrumb", "derived"]
FLAGGED: Final[frozenset[MarkKind]] = frozenset({"marker", "note"})
"""Kinds that raise a flag in the overview; the others would crowd it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something in a side stream that points at an event of the branch.

    Attributes:
        position: of the event it points at; 0 is before the first.
        event: id of the side stream's own event that holds it.
    """

    position: int
    kind: MarkKind
    text: str
    event: str


def neighbour(positions: Sequence[int], position: int, direction: int) -> int | None:
    """The next (``direction`` > 0) or previous of rising positions; None when there is none."""
    if direction > 0:
        index = bisect_right(positions, position)
        return positions[index] if index < len(positions) else None
    index = bisect_left(positions, position) - 1
    return positions[index] if index >= 0 else None
