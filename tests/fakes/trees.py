"""Trees of branches as windows show them, from a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakes.window_services import make_branch

from app.application.shared_prefixes import twigs_of
from app.domain.branch_layout import twigs_on_owners
from app.domain.branch_merging import Merged
from app.viewmodels.branch_tree import BranchTree, hidden

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.branch_labels import BranchLabel
    from app.domain.branches import Branch


def branches(*made: tuple[str, str, int, int], events: int = 100) -> tuple[Branch, ...]:
    """(name, parent's name, fork, own events), behind a main of so many events; ids are ``s/NAME``."""
    told = [make_branch("s", "main", head=events)]
    told += [
        make_branch("s", name, parent=f"s/{parent}", fork_position=fork, head=fork + own)
        for name, parent, fork, own in made
    ]
    return tuple(told)


def tree(
    made: tuple[Branch, ...],
    labels: Mapping[str, BranchLabel] | None = None,
    *,
    shows_archived: bool = False,
    in_focus: str = "s/main",
) -> BranchTree:
    """The tree where no branch repeats another."""
    known = labels or {}
    folded = hidden(known, shows_archived=shows_archived, in_focus=in_focus)
    return BranchTree.of(
        made, known, Merged(twigs_on_owners(twigs_of(made), folded), {}), shows_archived=shows_archived
    )


def family() -> tuple[Branch, ...]:
    """Main with two branches at 40 and one at 80, of which the first two have one of their own."""
    return branches(
        ("kinder", "main", 40, 20), ("harsher", "main", 40, 10), ("late", "main", 80, 5),
        ("inner", "kinder", 50, 3), ("deep", "harsher", 45, 2),
    )  # fmt: skip
