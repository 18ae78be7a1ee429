"""Make a branch at a past event; the parent is not touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.errors import BadInput
from app.domain.events import ANALYST, DERIVED, NewEvent

if TYPE_CHECKING:
    from app.application.ports import Clock, EventStore, Ids
    from app.domain.branches import Branch

LOCAL_SOURCE = "urn:branchline:local"
"""The ``source`` of events that this program itself brings about."""


class Branching:
    """Forks, and notes in the analyst's stream who made what where."""

    def __init__(self, store: EventStore, clock: Clock, ids: Ids) -> None:
        self._store, self._clock, self._ids = store, clock, ids

    def suggested_name(self, session: str) -> str:
        """``branch 2``, ``branch 3`` … the first that is free."""
        taken = {branch.name for branch in self._store.branches(session)}
        number = 2
        while f"branch {number}" in taken:
            number += 1
        return f"branch {number}"

    def branch(self, parent: str, at: int, name: str) -> Branch:
        """A new branch with the first ``at`` events of ``parent`` (a branch id).

        Raises OutOfRange, and BadInput for a name that is empty or taken.
        """
        origin = self._store.branch(parent)
        if origin.kind in (ANALYST, DERIVED):
            raise BadInput(f"{origin.name} is a side stream; only branches can be branched from")
        cleaned = " ".join(name.split())
        if not cleaned:
            raise BadInput("a branch needs a name")
        made = self._store.fork(parent, at, branch_id=self._ids.new(), name=cleaned)
        self._note(origin, made, at)
        return made

    def _note(self, origin: Branch, made: Branch, at: int) -> None:
        analyst = next(one for one in self._store.branches(origin.session) if one.kind == ANALYST)
        data = {"branch": made.id, "name": made.name, "parent": origin.id, "fork_position": at}
        event = NewEvent(
            id=self._ids.new(),
            source=LOCAL_SOURCE,
            type="analyst.branch-created",
            data=data,
            actor="analyst",
            time=self._clock.now(),
        )
        self._store.append(analyst.id, [event], expected=None)
