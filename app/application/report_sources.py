"""What a report is read from: the store, or what of it may leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.application.branch_labels import BranchLabels
from app.application.notebook import Notebook
from app.application.outgoing.view import OutgoingView
from app.application.time_machine import TimeMachine

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.application.ports import Clock, DerivedCache, EventStore, Ids
    from app.domain.redaction.redaction import Redaction


@dataclass(frozen=True, slots=True)
class ReportSources:
    """Readers of one session.

    Attributes:
        session: the id that it has here; ``branches``: branch ids of the store by the ids that they have here.
    """

    store: EventStore
    time_machine: TimeMachine
    notebook: Notebook
    labels: BranchLabels
    session: str
    branches: dict[str, str]


class Redacted:
    """Makes sources in which everything is redacted already; what is derived of them is kept in memory."""

    def __init__(self, store: EventStore, clock: Clock, ids: Ids, cache: Callable[[], DerivedCache]) -> None:
        self._store, self._clock, self._ids, self._cache = store, clock, ids, cache

    def sources(self, session: str, branches: tuple[str, ...], redaction: Redaction) -> ReportSources:
        """Raises NotFound, and BadInput where a redaction cannot be made."""
        view = OutgoingView(self._store, session, redaction=redaction)
        return ReportSources(
            store=view,
            time_machine=TimeMachine(view, self._cache()),
            notebook=Notebook(view, self._clock, self._ids),
            labels=BranchLabels(view, self._clock, self._ids),
            session=view.session,
            branches={view.outgoing_branch(one): one for one in branches},
        )
