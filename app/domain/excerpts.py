"""What of a session is handed on: which branches, which positions of them, which side streams."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from app.domain.errors import BadInput
from app.domain.events import SIDE_STREAMS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.domain.branches import Branch
    from app.domain.events import Event

_PLACES: Final = ("marker-set", "note-written", "tag-added", "rating-given", "entry-removed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A part of a session.

    Attributes:
        branches: ids of the branches chosen; None means all.
        first, last: inclusive positions; of earlier events only what the state rests on is handed on.
        streams: the side streams that go along.
    """

    branches: tuple[str, ...] | None = None
    first: int = 1
    last: int | None = None
    streams: tuple[str, ...] = SIDE_STREAMS

    @property
    def is_whole(self) -> bool:
        return self.branches is None and self.first <= 1 and self.last is None

    def holds(self, position: int) -> bool:
        return self.first <= position and (self.last is None or position <= self.last)


def excerpted(branches: Sequence[Branch], excerpt: Excerpt) -> tuple[Branch, ...]:
    """The branches and side streams to be handed on, each with the last position that is.

    A branch brings along its ancestors up to where it leaves them, and nothing beyond; side streams that were not
    chosen are there without events. One that leaves an ancestor of
    its parent is hung there when its parent was not chosen. Raises BadInput where nothing would be left.
    """
    lines = {one.id: one for one in branches if one.kind not in SIDE_STREAMS}
    last = max(one.head for one in lines.values()) if excerpt.last is None else excerpt.last
    if excerpt.first > last:
        raise BadInput(f"the range begins at {excerpt.first} and ends at {last}: it holds no event")
    chosen = [lines[one] for one in (lines if excerpt.branches is None else excerpt.branches)]
    kept = {one.id: replace(one, head=min(one.head, last)) for one in chosen if one.fork_position <= last}
    if not any(one.head >= excerpt.first for one in kept.values()) and not excerpt.is_whole:
        raise BadInput(f"no chosen branch has an event {excerpt.first}")
    for one in list(kept.values()):
        _bring_ancestors(one, lines, kept)
    main = next(one for one in lines.values() if one.parent is None)
    kept.setdefault(main.id, replace(main, head=0))
    sides = [one for one in branches if one.kind in SIDE_STREAMS]
    streams = [one if one.kind in excerpt.streams else replace(one, head=0) for one in sides]
    return (*(kept[one] for one in lines if one in kept), *streams)


def _bring_ancestors(branch: Branch, lines: Mapping[str, Branch], kept: dict[str, Branch]) -> None:
    while branch.parent is not None:
        parent = lines[branch.parent]
        if parent.id not in kept and parent.parent is not None and branch.fork_position <= parent.fork_position:
            branch = kept[branch.id] = replace(branch, parent=parent.parent)
            continue
        known = kept.get(parent.id)
        if known is None or known.head < branch.fork_position:
            kept[parent.id] = replace(known or parent, head=branch.fork_position)
        branch = kept[parent.id]


def concerns(event: Event, heads: Mapping[str, int], known: frozenset[str], excerpt: Excerpt) -> bool:
    """Whether an event of a side stream speaks of what is handed on, and of nothing else.

    ``heads``: last position of each branch that is; ``known``: ids of all branches of the session.
    """
    if excerpt.is_whole:
        return True
    named = {one for one in _texts(event.data) if one in known}
    if not named or not named <= heads.keys():
        return False
    position = event.data.get("position")
    if isinstance(position, int) and not position <= heads.get(str(event.data.get("branch")), 0):
        return False
    if isinstance(position, int) and event.type.partition(".")[2] in _PLACES and position > 0:
        return excerpt.holds(position)
    return True


def _texts(value: Any) -> set[str]:
    """All texts and keys in a payload."""
    found: set[str] = set()
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            found.add(one)
        elif isinstance(one, dict):
            found.update(map(str, one))
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return found
