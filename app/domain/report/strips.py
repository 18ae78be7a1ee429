"""The timeline of a range, counted for a picture of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.domain.report.parts import Strip
from app.domain.vocabulary import Lane

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_BINS: Final = 160
"""Parts of a strip: each is six points wide on paper, so that a shape fits."""


def strip(
    lanes: Sequence[int], first: int, last: int, stops: Sequence[tuple[int, int]], own_from: int | None
) -> Strip | None:
    """``lanes`` holds the lane of each event of the branch, index 0 = position 1. None for an empty range."""
    total = last - first + 1
    if total < 1:
        return None
    each = -(-total // MOST_BINS)
    bins = -(-total // each)
    counts: dict[Lane, dict[int, int]] = {}
    for place, lane in enumerate(lanes[first - 1 : last]):
        counted = counts.setdefault(Lane(lane), {})
        part = place // each
        counted[part] = counted.get(part, 0) + 1
    return Strip(
        first=first,
        last=last,
        bins=bins,
        counts=tuple((lane, tuple(sorted(counts[lane].items()))) for lane in sorted(counts)),
        stops=tuple(stops),
        own_from=own_from,
    )
