"""The branches of a session as they are drawn, from top to bottom, and the way from one to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.domain.branch_labels import COLOURS, PLAIN, BranchLabel
from app.domain.branch_layout import LaneRow, layout

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from app.domain.branch_merging import Merged, Repeated
    from app.domain.branches import Branch


_TRUNK_COLOUR: Final = "blue"
_BY_TURNS: Final = tuple(colour for colour in COLOURS if colour not in (_TRUNK_COLOUR, "grey"))


@dataclass(frozen=True, slots=True)
class BranchRow:
    """A branch with all that its line in the panel tells.

    Attributes:
        colour: one of ``COLOURS``: the one that was chosen, else by turns.
        made_from: name of the branch it was made from; empty for a trunk.
        repeated: what its first events repeat of the branch named ``repeats``, None where they are new.
        made: how manieth branch of the session it is, from 0.
    """

    branch: Branch
    label: BranchLabel
    place: LaneRow
    colour: str
    made_from: str
    made: int
    is_default: bool = False
    repeated: Repeated | None = None
    repeats: str = ""


class BranchTree:
    """An immutable value: rows by number and by branch id.

    Archived branches are folded away unless they are shown; ``archived`` counts all there are.
    """

    def __init__(self, rows: Sequence[BranchRow] = (), archived: int = 0, *, shows_archived: bool = False) -> None:
        self.rows = tuple(rows)
        self.archived = archived
        self.shows_archived = shows_archived
        self._row_of = {row.branch.id: number for number, row in enumerate(self.rows)}
        self._children: dict[int, list[int]] = {}
        self._nth = []
        for number, row in enumerate(self.rows):
            beside = self._children.setdefault(row.place.parent, [])
            self._nth.append(len(beside))
            beside.append(number)

    @classmethod
    def of(
        cls, branches: Sequence[Branch], labels: Mapping[str, BranchLabel], merged: Merged, *, shows_archived: bool
    ) -> BranchTree:
        """``merged`` holds the branches to be shown."""
        by_id = {branch.id: branch for branch in branches}
        made = {branch.id: number for number, branch in enumerate(branches)}
        starred = next((one for one, label in labels.items() if label.starred and not label.archived), None)
        default = starred if starred in by_id else next(iter(by_id), None)
        rows = []
        for place in layout(merged.twigs):
            branch = by_id[place.twig.id]
            label = labels.get(branch.id, PLAIN)
            repeated = merged.repeated.get(branch.id)
            rows.append(
                BranchRow(
                    branch,
                    label,
                    place,
                    label.colour or _colour(made[branch.id]),
                    by_id[branch.parent].name if branch.parent in by_id else "",
                    made[branch.id],
                    branch.id == default,
                    repeated,
                    by_id[repeated.branch].name if repeated is not None else "",
                )
            )
        return cls(rows, sum(labels.get(one, PLAIN).archived for one in by_id), shows_archived=shows_archived)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[BranchRow]:
        return iter(self.rows)

    def row_of(self, branch: str) -> int:
        """The number of a branch's row; -1 when it is not shown."""
        return self._row_of.get(branch, -1)

    def row(self, branch: str) -> BranchRow | None:
        number = self.row_of(branch)
        return self.rows[number] if number >= 0 else None

    def children(self, number: int) -> Sequence[int]:
        """Rows of the branches that leave the one in a row, from top to bottom; -1: the trunks."""
        return self._children.get(number, ())

    def nth(self, number: int) -> int:
        """How manieth the branch in a row is of those that leave its parent, from 0."""
        return self._nth[number]

    def path(self, branch: str) -> tuple[int, ...]:
        """Rows from the trunk down to a branch; empty when it is not shown."""
        found = []
        number = self.row_of(branch)
        while number >= 0:
            found.append(number)
            number = self.rows[number].place.parent
        return tuple(reversed(found))

    def default(self) -> BranchRow | None:
        return next((row for row in self.rows if row.is_default), None)

    def below(self, branch: str) -> tuple[str, ...]:
        """Ids of the shown branches that were made from a branch, directly or not; parents first."""
        found = {branch}
        below = []
        for row in sorted(self.rows, key=lambda one: one.made):
            if row.branch.parent in found:
                found.add(row.branch.id)
                below.append(row.branch.id)
        return tuple(below)


def hidden(labels: Mapping[str, BranchLabel], *, shows_archived: bool, in_focus: str) -> frozenset[str]:
    """Ids of the archived branches that are folded away; never the one in focus."""
    if shows_archived:
        return frozenset()
    return frozenset(branch for branch, label in labels.items() if label.archived) - {in_focus}


def _colour(made: int) -> str:
    return _TRUNK_COLOUR if made == 0 else _BY_TURNS[(made - 1) % len(_BY_TURNS)]


EMPTY: Final = BranchTree()


def worth_a_mark(branches: Sequence[Branch], labels: Mapping[str, BranchLabel], in_focus: str) -> tuple[Branch, ...]:
    """The branches without the archived ones, but for those that the others come from."""
    by_id = {branch.id: branch for branch in branches}
    kept: set[str] = set()
    for branch in branches:
        if branch.id == in_focus or not labels.get(branch.id, PLAIN).archived:
            above: Branch | None = branch
            while above is not None and above.id not in kept:
                kept.add(above.id)
                above = by_id.get(above.parent or "")
    return tuple(branch for branch in branches if branch.id in kept)
