"""Make a message of what a run had written before it failed or was stopped, because a person says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.application.branch_labels import LOCAL_SOURCE
from app.domain.errors import BadInput, NotFound
from app.domain.events import NewEvent
from app.domain.fold.generation import ENDED_EARLY, partial_text
from app.domain.vocabulary import MESSAGE_POSTED

if TYPE_CHECKING:
    from app.application.branching import Branching
    from app.application.forking import Forking
    from app.application.ports import Clock, EventStore, Ids
    from app.application.time_machine import TimeMachine
    from app.domain.branches import Branch
    from app.domain.events import Event

_LOOKED_AT: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The message that was made: on which branch (as it is then), where, and of which event."""

    branch: Branch
    position: int
    text: str
    request: str
    made_of: int

    def to_json(self, branch_name: str) -> dict[str, Any]:
        return {
            "branch": branch_name,
            "position": self.position,
            "text": self.text,
            "request": self.request,
            "made_of": self.made_of,
        }


class Keeping:
    """Appends the message where the run ended; the run's own events stay as they are. Any thread may call."""

    def __init__(
        self,
        store: EventStore,
        time_machine: TimeMachine,
        clock: Clock,
        ids: Ids,
        forking: Forking,
        branching: Branching,
    ) -> None:
        self._store, self._time_machine, self._clock, self._ids = store, time_machine, clock, ids
        self._forking, self._branching = forking, branching

    def keep(self, branch: str, at: int | None = None, name: str = "") -> Kept:
        """Make a message of the partial text at a position, by default of the branch's last that is none yet.

        At the end of the branch it is appended there; where the branch has gone on, it starts a branch of its own,
        called ``name`` (or the first free one). Raises NotFound, OutOfRange, BadInput.
        """
        origin = self._store.branch(branch)
        ended = self._last(origin) if at is None else self._at(origin, at)
        made = self._message(origin, ended)
        if ended.position < origin.head:
            origin = self._branched(origin, ended.position, name)
        head = self._store.append(origin.id, [made], expected=ended.position).head
        return Kept(
            branch=self._store.branch(origin.id),
            position=head,
            text=partial_text(ended),
            request=str(ended.data.get("request_id")),
            made_of=ended.position,
        )

    def _branched(self, origin: Branch, at: int, name: str) -> Branch:
        fork = self._forking.allowed_fork(origin.id, at)
        if fork.is_moved:
            raise BadInput(f"event {at:,} stands inside a call of {fork.call}, so no branch can begin there")
        return self._branching.branch(origin.id, at, name or self._branching.suggested_name(origin.session))

    def _last(self, origin: Branch) -> Event:
        for events in reversed(self._time_machine.runs(origin.id, _LOOKED_AT, origin.head)):
            if partial_text(events[-1]) and self._kept_as(origin, events[-1]) is None:
                return events[-1]
        raise NotFound(f"no run on {origin.name} was stopped or failed with words that are no message yet")

    def _at(self, origin: Branch, at: int) -> Event:
        self._time_machine.bounded(origin.id, at)  # says how many events there are
        event = next(iter(self._store.read(origin.id, at, at)), None)
        if event is None or event.type not in ENDED_EARLY:
            raise BadInput(f"event {at:,} is no run that failed or was stopped")
        if not partial_text(event):
            raise BadInput(f"the run that ended at event {at:,} had written nothing")
        kept = self._kept_as(origin, event)
        if kept is not None:
            raise BadInput(f"what the run had written at event {at:,} is a message already: event {kept:,}")
        return event

    def _kept_as(self, origin: Branch, ended: Event) -> int | None:
        """Position of the message on this branch that was made of it already."""
        place = self._time_machine.bounded(origin.id, ended.position).conversation.entries
        entry = next(iter(self._time_machine.entries(origin.id, place, 1, origin.head)), None)
        if entry is None or entry.position != ended.position:
            raise BadInput(f"event {ended.position:,} ends no run that was open, so nothing can be made of it")
        return entry.accepted

    def _message(self, origin: Branch, ended: Event) -> NewEvent:
        request = str(ended.data.get("request_id"))
        data: dict[str, Any] = {
            "message_id": self._ids.new(),
            "role": "assistant",
            "text": partial_text(ended),
            "partial": True,
            "generated_by": {"model": self._model(origin, ended, request), "request": request},
        }
        if ended.data.get("thinking"):
            data["thinking"] = ended.data["thinking"]
        return NewEvent(
            id=self._ids.new(),
            source=LOCAL_SOURCE,
            type=MESSAGE_POSTED,
            data=data,
            actor="assistant",
            subject=self._store.header(origin.session).subject,
            time=self._clock.now(),
            causation_id=ended.id,
            correlation_id=ended.correlation_id,
        )

    def _model(self, origin: Branch, ended: Event, request: str) -> str:
        """Older stores name the model in the request alone."""
        if named := ended.data.get("model"):
            return str(named)
        for owner, position in dict(self._store.locate(origin.session, request)).items():
            return str(self._store.read(owner, position, position)[0].data.get("model", ""))
        return ""
