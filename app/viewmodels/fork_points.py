"""Where other branches leave the line of the branch in focus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.branches import Branch


@dataclass(frozen=True, slots=True)
class ForkPoint:
    """After the event at ``position`` the branch of this name goes its own way."""

    position: int
    branch: str
    name: str


def fork_points(branches: Sequence[Branch], current: str) -> tuple[ForkPoint, ...]:
    """Fork points on the line of ``current`` by position: of its descendants, and where it left its ancestors."""
    by_id = {branch.id: branch for branch in branches}
    seen_of: dict[str, int] = {}
    found: list[ForkPoint] = []
    branch, upto = by_id.get(current), by_id[current].head if current in by_id else 0
    while branch is not None:
        seen_of[branch.id] = upto
        upto = min(upto, branch.fork_position)
        above = by_id.get(branch.parent or "")
        if above is not None:
            found.append(ForkPoint(upto, above.id, above.name))
        branch = above
    found.extend(
        ForkPoint(other.fork_position, other.id, other.name)
        for other in branches
        if other.id not in seen_of and other.parent in seen_of and other.fork_position <= seen_of[other.parent]
    )
    return tuple(sorted(found, key=lambda point: (point.position, point.name)))
