"""Where a branch comes from: what it leaves and where, who made it and why, and which model under which settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.domain.branch_labels import PLAIN, BranchLabel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.application.branch_labels import BranchLabels
    from app.application.ports import EventStore
    from app.domain.branches import Branch
    from app.domain.events import Event

LOOKED_THROUGH: Final = 20_000
"""First own events of a branch in which runs of a model are looked for."""
_REQUESTED: Final = "generation.requested"


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstRun:
    """The first time a model was asked on a branch; ``options`` are those that were sent, by Ollama's names."""

    position: int
    model: str
    digest: str
    server_version: str
    options: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What there is to know of a branch.

    Attributes:
        branch, parent: under the names they have now; ``parent`` is the one it was made from, None for a trunk.
        event: id of the event it leaves after; None at position 0.
        event_hash: hash of the state there (of the session's header at 0), hexadecimal; it covers all that led to it.
        source: what the session came from, a URI.
        runs: how often a model was asked, in the first ``LOOKED_THROUGH`` events of its own.
    """

    branch: Branch
    parent: Branch | None
    event: str | None
    event_hash: str
    source: str
    label: BranchLabel
    runs: int = 0
    first_run: FirstRun | None = None


class Provenances:
    """May be called from any thread."""

    def __init__(self, store: EventStore, labels: BranchLabels) -> None:
        self._store, self._labels = store, labels

    def of(self, branch: str) -> Provenance:
        """Raises NotFound."""
        found = self._store.branch(branch)
        fork = found.fork_position
        asked = self._asked(found)
        event = self._store.events_at(branch, [fork])[0] if fork else None
        return Provenance(
            branch=self._labels.named(found),
            parent=self._labels.named(self._store.branch(found.parent)) if found.parent else None,
            event=event.id if event is not None else None,
            event_hash=self._store.hash_at(branch, fork),
            source=self._store.header(found.session).source,
            label=self._labels.labels(found.session).get(branch, PLAIN),
            runs=len(asked),
            first_run=_run(self._store.events_at(branch, asked[:1])[0]) if asked else None,
        )

    def _asked(self, branch: Branch) -> list[int]:
        """Own positions at which a model was asked, rising."""
        first = branch.fork_position + 1
        columns = self._store.columns(branch.id, first, min(branch.head, first + LOOKED_THROUGH - 1))
        if _REQUESTED not in columns.type_names:
            return []
        number = columns.type_names.index(_REQUESTED)
        return [position for position, kind in enumerate(columns.types, start=first) if kind == number]


def _run(event: Event) -> FirstRun:
    request = event.data.get("request")
    options = request.get("options") if isinstance(request, dict) else None
    told = {name: str(event.data.get(name) or "") for name in ("model", "digest", "server_version")}
    return FirstRun(position=event.position, options=options if isinstance(options, dict) else {}, **told)
