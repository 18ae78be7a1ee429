"""The tree of branches as text, a line a branch, with the lanes that the window draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.domain.branch_layout import layout

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.domain.branch_layout import LaneRow, Twig

_COMFORTABLE: Final = 10


@dataclass(frozen=True, slots=True)
class Signs:
    """What lanes are made of: going on, leaving to the right, the last that leaves to the right or left."""

    through: str
    leaving: str
    last: str
    last_left: str
    along: str
    branch: str


LINES: Final = Signs("│", "├", "╰", "╯", "─", "●")
PLAIN: Final = Signs("|", "+", "`", "'", "-", "*")
"""For outputs that cannot hold the lines."""


def graph(twigs: Sequence[Twig], signs: Signs = LINES) -> Iterator[tuple[str, str]]:
    """(branch id, lanes before its name), from top to bottom. ``twigs`` stand on the owners of their events."""
    rows = layout(twigs, _COMFORTABLE)
    for row in rows:
        yield row.twig.id, _line(row, rows, signs)


def _line(row: LaneRow, rows: Sequence[LaneRow], signs: Signs) -> str:
    """Two characters a lane: the lane itself, and the room to the next."""
    lanes = {rows[other].lane: signs.through for other in row.through}
    lanes[row.lane] = signs.branch
    low, high = row.lane, row.lane
    if row.parent >= 0:
        parent = rows[row.parent].lane
        low, high = min(row.lane, parent), max(row.lane, parent)
        ends = signs.last if parent < row.lane else signs.last_left
        lanes[parent] = signs.leaving if row.parent in row.through else ends
    text = ""
    for lane in range(max(lanes) + 1):
        inside = low <= lane < high
        text += lanes.get(lane, signs.along if inside else " ") + (signs.along if inside else " ")
    return text
