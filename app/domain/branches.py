"""Branches by reference: a branch is a parent and a fork position; nothing is copied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A named line of events, or one of the two side streams of a session.

    Attributes:
        parent: id of the branch it was made from; None for ``main`` and the side streams.
        fork_position: last position seen of the parent (0 = before its first event); 0 without parent.
        fork_hash: hash of the parent's event there (of the session's header at 0), hexadecimal.
        head: position of the last event, inherited ones counted.
        kind: ``branch``, ``analyst`` or ``derived``.
        created_at: microseconds since 1970 UTC.
    """

    id: str
    session: str
    name: str
    kind: str
    parent: str | None
    fork_position: int
    fork_hash: str
    head: int
    created_at: int

    @property
    def own_events(self) -> int:
        return self.head - self.fork_position


@dataclass(frozen=True, slots=True)
class Segment:
    """Positions ``first`` to ``last`` (inclusive) of a branch's line, owned by ``owner``."""

    owner: str
    first: int
    last: int


def lineage(branch: Branch, branches: Mapping[str, Branch]) -> tuple[Segment, ...]:
    """The physical owners of positions 1 to ``branch.head``, oldest first; empty ranges are left out.

    A branch may fork at an inherited position: its grandparent then owns that part, and the parent nothing.
    """
    segments: list[Segment] = []
    upto = branch.head
    current: Branch | None = branch
    while current is not None and upto > 0:
        first = current.fork_position + 1
        if upto >= first:
            segments.append(Segment(current.id, first, upto))
            upto = current.fork_position
        else:
            upto = min(upto, current.fork_position)
        current = branches[current.parent] if current.parent else None
    return tuple(reversed(segments))


def clip(segments: tuple[Segment, ...], first: int, last: int) -> tuple[Segment, ...]:
    """The parts of ``segments`` that hold positions ``first`` to ``last``."""
    return tuple(
        Segment(part.owner, max(part.first, first), min(part.last, last))
        for part in segments
        if part.first <= last and part.last >= first
    )


def shared_length(one: tuple[Segment, ...], other: tuple[Segment, ...]) -> int:
    """How many events two lines have in common, from the first on."""
    shared = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine.owner != theirs.owner:
            break
        shared = min(mine.last, theirs.last)
        if mine.last != theirs.last:
            break
    return shared


def branch_json(branch: Branch, names: Mapping[str, str]) -> dict[str, Any]:
    """The JSON form of a branch; ``names`` maps branch ids to names."""
    return {
        "id": branch.id,
        "name": branch.name,
        "session": branch.session,
        "parent": names[branch.parent] if branch.parent else None,
        "parent_id": branch.parent,
        "fork_position": branch.fork_position if branch.parent else None,
        "events": branch.head,
        "own_events": branch.own_events,
    }
