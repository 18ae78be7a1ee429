"""A session of a native file while its lines are checked: whether each fits to those before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.application.ports import BranchDraft
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from app.adapters.files.native_lines import BranchLine, EventOutline
    from app.domain.sessions import SessionHeader


@dataclass(slots=True)
class Section:
    """What is known of a session; ``first_event`` is where in the file its first event begins."""

    header: SessionHeader
    line: int
    branches: dict[str, BranchLine] = field(default_factory=dict)
    heads: dict[str, int] = field(default_factory=dict)
    first_event: int = 0
    events: int = 0

    def add_branch(self, branch: BranchLine) -> None:
        if branch.id in self.branches:
            raise BadInput(f"branch {branch.name} occurs a second time")
        if branch.parent is not None and branch.parent not in self.branches:
            raise BadInput(f"branch {branch.name} stands before the branch it was made from")
        if not 0 <= branch.fork_position <= branch.head:
            raise BadInput(f"branch {branch.name} ends before it begins")
        branch.created  # noqa: B018 - raises when it is no time
        self.branches[branch.id] = branch
        self.heads[branch.id] = branch.fork_position

    def add_event(self, line: EventOutline, offset: int) -> None:
        if line.session != self.header.id:
            raise BadInput(f"event {line.id} belongs to another session")
        if line.branch_id not in self.branches:
            raise BadInput(f"event {line.id} is on a branch that the session does not have")
        expected = self.heads[line.branch_id] + 1
        if line.position != expected:
            raise BadInput(f"event {line.id} has position {line.position} where {expected} should come")
        line.check()
        self.heads[line.branch_id] = expected
        self.first_event = self.first_event if self.events else offset
        self.events += 1

    @property
    def missing(self) -> int:
        return sum(branch.head - self.heads[branch.id] for branch in self.branches.values())

    @property
    def streams(self) -> dict[str, str]:
        """What a draft calls each branch, by its id."""
        return {branch.id: branch.stream for branch in self.branches.values()}

    def branch_drafts(self) -> tuple[BranchDraft, ...]:
        """Those that are not there from the start."""
        streams = self.streams
        return tuple(
            BranchDraft(
                id=branch.id,
                name=branch.name,
                kind=branch.kind,
                parent=streams[branch.parent],
                fork_position=branch.fork_position,
                created_at=branch.created,
                fork_hash=branch.fork_hash,
            )
            for branch in self.branches.values()
            if branch.parent is not None
        )


class Promises(Mapping[tuple[str, int], str]):
    """The hashes that a file promises, each kept from when its event is handed on until it is asked for, once."""

    def __init__(self) -> None:
        self._waiting: dict[tuple[str, int], str] = {}
        self._made = 0

    def promise(self, stream: str, position: int, own: str) -> None:
        self._waiting[stream, position] = own
        self._made += 1

    def __getitem__(self, place: tuple[str, int]) -> str:
        return self._waiting.pop(place)

    def __len__(self) -> int:
        """How many were made so far."""
        return self._made

    def __iter__(self) -> Iterator[tuple[str, int]]:
        return iter(tuple(self._waiting))
