"""Where other branches leave the line of the branch in focus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.application.shared_prefixes import twigs_of
from app.domain.branch_layout import twigs_on_owners

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
    """Fork points on the line of ``current`` by position: of those that leave it, and where it left its ancestors.

    A branch that was made at an inherited position leaves the ancestor that owns the event there.
    """
    names = {branch.id: branch.name for branch in branches}
    twigs = {twig.id: twig for twig in twigs_on_owners(twigs_of(branches))}
    seen_of: dict[str, int] = {}
    found: list[ForkPoint] = []
    twig, upto = twigs.get(current), twigs[current].head if current in twigs else 0
    while twig is not None:
        seen_of[twig.id] = upto
        upto = twig.fork
        above = twigs.get(twig.parent or "")
        if above is not None:
            found.append(ForkPoint(upto, above.id, names[above.id]))
        twig = above
    found.extend(
        ForkPoint(other.fork, other.id, names[other.id])
        for other in twigs.values()
        if other.id not in seen_of and other.parent in seen_of and other.fork <= seen_of[other.parent]
    )
    return tuple(sorted(found, key=lambda point: (point.position, point.name)))
