"""Find what a person names: a session, a branch, a position."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.domain.errors import BadInput, NotFound, OutOfRange
from app.domain.events import ANALYST, DERIVED, MAIN
from app.domain.instructions import LIBRARIES

if TYPE_CHECKING:
    from app.application.branch_labels import BranchLabels
    from app.application.ports import EventStore
    from app.application.time_machine import TimeMachine
    from app.domain.branches import Branch
    from app.domain.sessions import SessionSummary


class Library:
    """The sessions of a store, by the names people use for them."""

    def __init__(self, store: EventStore, time_machine: TimeMachine, labels: BranchLabels) -> None:
        self._store, self._time_machine, self._labels = store, time_machine, labels

    def sessions(self, subject: str | None = None) -> tuple[SessionSummary, ...]:
        """All but those that hold libraries of texts, which are nobody's conversation."""
        found = tuple(one for one in self._store.sessions() if not one.header.source.startswith(LIBRARIES))
        return found if subject is None else tuple(one for one in found if one.header.subject == subject)

    def session(self, named: str) -> SessionSummary:
        """By id, unique prefix of an id, ``external_id`` or exact title. Raises NotFound, BadInput."""
        everything = self._store.sessions()
        for matching in (
            [one for one in everything if one.header.id == named],
            [one for one in everything if one.header.external_id == named],
            [one for one in everything if one.header.title == named],
            [one for one in everything if named and one.header.id.startswith(named)],
        ):
            if len(matching) == 1:
                return matching[0]
            if matching:
                ids = ", ".join(one.header.id for one in matching[:3])
                raise BadInput(f"{named!r} names {len(matching)} sessions ({ids} …); give the id")
        raise NotFound(f"there is no session {named!r} in {self._store.location}")

    def branch(self, session: str, named: str = MAIN) -> Branch:
        """By id, by the name it has now, or by the one it was made with; side streams by theirs. Raises NotFound.

        ``session`` is an id.
        """
        everything = self._labels.branches(session)
        made_with = {one.id: one.name for one in self._store.branches(session)}
        for matching in (
            [one for one in everything if one.id == named],
            [one for one in everything if one.name == named],
            [one for one in everything if made_with[one.id] == named],
        ):
            if matching:
                return matching[0]
        names = ", ".join(branch.name for branch in everything if branch.kind not in (ANALYST, DERIVED))
        raise NotFound(f"the session has no branch {named!r}; it has {names}")

    def position(self, branch: Branch, named: str | None) -> int:
        """A position or an event id on a branch; None is the last. Raises OutOfRange, NotFound."""
        if named is None:
            return branch.head
        if named.isascii() and named.removeprefix("-").isdecimal():
            position = int(named)
            if 0 <= position <= branch.head:
                return position
            raise OutOfRange(
                f"there is no position {position}: {branch.name} has {branch.head} events, positions 0 to {branch.head}"
            )
        parts = self._store.lineage(branch.id)
        for owner, position in self._store.locate(branch.session, named):
            if any(part.owner == owner and part.first <= position <= part.last for part in parts):
                return position
        raise NotFound(f"{branch.name} has no event {named!r}")

    def state(self, session: str, branch: Branch, position: int) -> dict[str, Any]:
        """The state of design section 3, whole. Raises OutOfRange."""
        state = self._time_machine.state(branch.id, position)
        return {
            "session": session,
            "branch": branch.name,
            "branch_id": branch.id,
            "position": position,
            "events": branch.head,
            "hash": self._store.hash_at(branch.id, position),
            **state,
        }
