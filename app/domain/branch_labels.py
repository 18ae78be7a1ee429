"""What people made of branches (name, star, colour, archive, reason), folded from a session's analyst stream."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from app.domain.events import to_rfc3339

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from app.domain.branches import Branch
    from app.domain.events import Event

CREATED: Final = "analyst.branch-created"
RENAMED: Final = "analyst.branch-renamed"
STARRED: Final = "analyst.branch-starred"
COLOURED: Final = "analyst.branch-coloured"
ARCHIVED: Final = "analyst.branch-archived"
DESCRIBED: Final = "analyst.branch-described"
CHANGES: Final = (RENAMED, STARRED, COLOURED, ARCHIVED, DESCRIBED)
"""What can be undone; a branch that was made stays."""

COLOURS: Final = ("blue", "green", "amber", "violet", "rose", "teal", "red", "grey")
"""Names as they are stored; what they look like is the theme's affair."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchLabel:
    """What is known of a branch beside its events; the default is a branch of which nobody said anything.

    Attributes:
        name: the one given last; None for the one it was made with.
        starred: the session's default path; at most one branch of a session is.
        colour: one of ``COLOURS``; None leaves it to the window.
        hypothesis, expected: why it was made, and what was expected of it.
        author: who made it, where that was recorded.
        made_at: microseconds since 1970 UTC; None where no event tells of its making.
    """

    name: str | None = None
    starred: bool = False
    archived: bool = False
    colour: str | None = None
    hypothesis: str = ""
    expected: str = ""
    author: str = ""
    made_at: int | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "starred": self.starred,
            "archived": self.archived,
            "colour": self.colour,
            "hypothesis": self.hypothesis,
            "expected": self.expected,
            "author": self.author,
            "made_at": to_rfc3339(self.made_at),
        }


PLAIN: Final = BranchLabel()
Labels = dict[str, BranchLabel]


def labels_after(events: Iterable[Event], before: Mapping[str, BranchLabel] | None = None) -> Labels:
    """The labels by branch id after these events; what is not understood changes nothing."""
    labels = dict(before or {})
    for event in events:
        branch = event.data.get("branch")
        change = _CHANGE_OF_TYPE.get(event.type)
        if change is None or not isinstance(branch, str):
            continue
        if event.type == STARRED and event.data.get("starred") is True:
            _take_star(labels)
        labels[branch] = change(labels.get(branch, PLAIN), event)
    return labels


def _take_star(labels: Labels) -> None:
    """There is one default path: the star leaves the branch that had it."""
    labels.update({branch: replace(label, starred=False) for branch, label in labels.items() if label.starred})


def _created(label: BranchLabel, event: Event) -> BranchLabel:
    made_at = event.time if event.time is not None else event.recorded_at
    return replace(_described(label, event), made_at=made_at, author=_text(event, "author") or event.actor)


def _renamed(label: BranchLabel, event: Event) -> BranchLabel:
    return replace(label, name=_text(event, "name") or label.name)


def _starred(label: BranchLabel, event: Event) -> BranchLabel:
    starred = event.data.get("starred")
    return replace(label, starred=starred) if isinstance(starred, bool) else label


def _coloured(label: BranchLabel, event: Event) -> BranchLabel:
    colour = event.data.get("colour")
    return replace(label, colour=colour) if colour is None or colour in COLOURS else label


def _archived(label: BranchLabel, event: Event) -> BranchLabel:
    archived = event.data.get("archived")
    return replace(label, archived=archived) if isinstance(archived, bool) else label


def _described(label: BranchLabel, event: Event) -> BranchLabel:
    return replace(label, hypothesis=_text(event, "hypothesis"), expected=_text(event, "expected"))


def _text(event: Event, key: str) -> str:
    found = event.data.get(key)
    return found if isinstance(found, str) else ""


_CHANGE_OF_TYPE: Final[Mapping[str, Callable[[BranchLabel, Event], BranchLabel]]] = {
    CREATED: _created,
    RENAMED: _renamed,
    STARRED: _starred,
    COLOURED: _coloured,
    ARCHIVED: _archived,
    DESCRIBED: _described,
}


def named(branch: Branch, labels: Mapping[str, BranchLabel]) -> Branch:
    """The branch under the name it has now."""
    name = labels.get(branch.id, PLAIN).name
    return branch if name in (None, branch.name) else replace(branch, name=name)


def holder_of(name: str, made: Iterable[Branch], labels: Mapping[str, BranchLabel]) -> str | None:
    """The id of the branch that a name belongs to: it has it now, or was made with it.

    The name a branch was made with stays its own, so that scripts which use it go on meaning the same branch.
    """
    made = tuple(made)
    now = next((one.id for one in made if labels.get(one.id, PLAIN).name == name), None)
    return now or next((one.id for one in made if one.name == name), None)


def suggested_name(taken: Collection[str]) -> str:
    """``branch 2``, ``branch 3`` … the first that is free."""
    number = 2
    while f"branch {number}" in taken:
        number += 1
    return f"branch {number}"


def default_branch(branches: Sequence[Branch], labels: Mapping[str, BranchLabel]) -> Branch:
    """Where a session opens: the starred branch unless it is archived, else the first (main)."""
    for branch in branches:
        label = labels.get(branch.id, PLAIN)
        if label.starred and not label.archived:
            return branch
    return branches[0]


def last_undoable(events: Sequence[Event]) -> str | None:
    """The newest change (a correlation id) that neither undoes another nor was undone."""
    undone = {event.data.get("undoes") for event in events}
    for event in reversed(events):
        change = event.correlation_id or event.id
        if event.type in CHANGES and change not in undone and "undoes" not in event.data:
            return change
    return None
