"""At each fork on the line of the branch in focus: the branches one can go on with, and which one this is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.viewmodels.branch_tree import BranchRow, BranchTree


@dataclass(frozen=True, slots=True)
class ForkGroup:
    """After the event at ``position`` the line goes on as ``alternatives[current]``.

    The first alternative is the branch that the others leave, which may end there; the others come as they were made.
    """

    position: int
    alternatives: tuple[BranchRow, ...]
    current: int

    @property
    def words(self) -> str:
        return f"{self.current + 1}/{len(self.alternatives)}"

    def beside(self, by: int) -> BranchRow | None:
        """The alternative so many further on; None beyond the ends."""
        number = self.current + by
        return self.alternatives[number] if 0 <= number < len(self.alternatives) else None


def fork_groups(tree: BranchTree, branch: str) -> tuple[ForkGroup, ...]:
    """By position; branches that are folded away do not count."""
    path = tree.path(branch)
    groups: list[ForkGroup] = []
    for number, onwards in pairwise((*path, -1)):
        groups += _on(tree, number, onwards)
    return tuple(groups)


def _on(tree: BranchTree, number: int, onwards: int) -> Iterator[ForkGroup]:
    """The forks on one branch's part of the line, which goes on with the branch in row ``onwards`` (-1: ends)."""
    owner = tree.rows[number]
    end = tree.rows[onwards].place.twig.fork if onwards >= 0 else owner.branch.head
    leaving: dict[int, list[BranchRow]] = defaultdict(list)
    for child in tree.children(number):
        row = tree.rows[child]
        if row.place.twig.fork <= end:
            leaving[row.place.twig.fork].append(row)
    for position in sorted(leaving):
        beside = sorted(leaving[position], key=lambda row: row.made)
        here = tree.rows[onwards] if onwards >= 0 and position == end else owner
        alternatives = (owner, *beside)
        yield ForkGroup(position, alternatives, alternatives.index(here))
