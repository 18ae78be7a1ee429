"""Make a branch at a past event; the parent is not touched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.application.branch_labels import LOCAL_SOURCE, BranchLabels
from app.application.side_streams import side_stream
from app.domain.branch_labels import CREATED, suggested_name
from app.domain.errors import BadInput
from app.domain.events import ANALYST, DERIVED, NewEvent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.application.forking import Forking
    from app.application.ports import Clock, EventStore, Ids
    from app.domain.branches import Branch

__all__ = ["LOCAL_SOURCE", "Branching"]


class Branching:
    """Forks, and notes in the analyst's stream who made what where, and why."""

    def __init__(
        self,
        store: EventStore,
        clock: Clock,
        ids: Ids,
        forking: Forking,
        labels: BranchLabels | None = None,
        author: str = "",
    ) -> None:
        """``author``: who works at this machine, where they said so."""
        self._store, self._clock, self._ids, self._forking = store, clock, ids, forking
        self._labels = labels or BranchLabels(store, clock, ids)
        self._author = author

    def suggested_name(self, session: str) -> str:
        """``branch 2``, ``branch 3`` … the first that is free."""
        return suggested_name(self._labels.taken_names(session))

    def is_free(self, session: str, name: str) -> bool:
        """Whether a branch can be made with this name: no other of the session has it, or was made with it."""
        return name not in self._labels.taken_names(session)

    def branch(
        self,
        parent: str,
        at: int,
        name: str,
        hypothesis: str = "",
        expected: str = "",
        *,
        what_if: Mapping[str, Any] | None = None,
    ) -> Branch:
        """A new branch with the first ``at`` events of ``parent`` (a branch id).

        Inside an open tool call it leaves at the nearest allowed place instead; ``Forking.allowed_fork`` says where.
        ``hypothesis`` and ``expected`` say why, and may be empty; ``what_if`` tells what is changed on it. Raises
        OutOfRange, and BadInput for a name that is empty or taken.
        """
        origin = self._store.branch(parent)
        if origin.kind in (ANALYST, DERIVED):
            raise BadInput(f"{origin.name} is a side stream; only branches can be branched from")
        cleaned = self._labels.require_free(origin.session, name)
        at = self._forking.allowed_fork(parent, at).position
        made = self._store.fork(parent, at, branch_id=self._ids.new(), name=cleaned)
        self._note(origin, made, {"hypothesis": hypothesis.strip(), "expected": expected.strip()}, what_if)
        return made

    def _note(self, origin: Branch, made: Branch, why: dict[str, str], what_if: Mapping[str, Any] | None) -> None:
        said = {**why, "author": self._author}
        data = {
            "branch": made.id, "name": made.name, "parent": origin.id, "fork_position": made.fork_position,
            **{key: text for key, text in said.items() if text}, **({"what_if": dict(what_if)} if what_if else {}),
        }  # fmt: skip
        event = NewEvent(
            id=self._ids.new(), source=LOCAL_SOURCE, type=CREATED, data=data, actor="analyst", time=self._clock.now()
        )
        analyst = side_stream(self._store, origin.session, ANALYST)
        self._store.append(analyst.id, [event], expected=None)
