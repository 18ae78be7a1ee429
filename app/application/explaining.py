"""Why a field is what it is: the event that brought it and what led to that, or the events that weigh in it."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING, Any, Final, Literal

from app.domain.events import to_rfc3339
from app.domain.fold.interests import interests, predicted
from app.domain.fold.weights import interest_weights, score_weights
from app.domain.pointers import ABSENT, at, index_of

if TYPE_CHECKING:
    from app.application.histories import FieldChange
    from app.application.ports import EventStore
    from app.application.time_machine import TimeMachine
    from app.domain.events import Event
    from app.domain.fold.bounded import Bounded
    from app.domain.fold.weights import Weight

LONGEST_CHAIN: Final = 50
"""Causes that are followed back; ids come from outside and may lead round in circles."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """A weight, and the event it comes from."""

    weight: Weight
    event: str
    type: str
    time: int | None

    def to_json(self) -> dict[str, Any]:
        return {
            "position": self.weight.position,
            "event": self.event,
            "type": self.type,
            "time": to_rfc3339(self.time),
            "key": self.weight.key,
            "item": self.weight.item,
            "known_at": self.weight.known_at,
            "brought": self.weight.brought,
            "share": self.weight.share,
            "now": self.weight.now,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a field is what it is at a position.

    Attributes:
        kind: ``recorded``: production said so in an event; ``computed``: Branchline worked it out from events.
        value: the field's JSON value there; ``ABSENT`` when it is not there.
        change: of a recorded value, the last change at or before the position; None: it is as it was at the start.
        event: the event that brought that change.
        causes: what led to it, nearest first, as far as production recorded it.
        lost_cause: an id that was recorded as a cause and that the branch has no event of.
        contributions: of a computed value, the events that weigh in it, in order; those of one item or key sum up
            to its score or weight.
    """

    pointer: str
    position: int
    kind: Literal["recorded", "computed"]
    value: Any
    change: FieldChange | None = None
    event: Event | None = None
    causes: tuple[Event, ...] = ()
    lost_cause: str | None = None
    contributions: tuple[Contribution, ...] = ()

    @property
    def total(self) -> float:
        """The sum of all contributions."""
        return fsum(one.weight.now for one in self.contributions)

    def to_json(self) -> dict[str, Any]:
        return {
            "pointer": self.pointer,
            "position": self.position,
            "kind": self.kind,
            "value": None if self.value is ABSENT else self.value,
            "present": self.value is not ABSENT,
            "change": self.change.to_json() if self.change is not None else None,
            "event": _event_json(self.event) if self.event is not None else None,
            "causes": [_event_json(event) for event in self.causes],
            "lost_cause": self.lost_cause,
            "contributions": [one.to_json() for one in self.contributions],
            "total": self.total if self.contributions else None,
        }


def _event_json(event: Event) -> dict[str, Any]:
    return {
        "position": event.position,
        "event": event.id,
        "type": event.type,
        "actor": event.actor,
        "time": to_rfc3339(event.time),
        "causation_id": event.causation_id,
        "correlation_id": event.correlation_id,
    }


class Explainer:
    """Builds explanations."""

    def __init__(self, store: EventStore, time_machine: TimeMachine) -> None:
        self._store, self._time_machine = store, time_machine

    def recorded(self, branch: str, position: int, pointer: str, value: Any, change: FieldChange | None) -> Explanation:
        """Of a value that production recorded."""
        if change is None:
            return Explanation(pointer=pointer, position=position, kind="recorded", value=value)
        (event,) = self._store.events_at(branch, [change.position])
        causes, lost = self._causes(branch, event)
        return Explanation(
            pointer=pointer,
            position=position,
            kind="recorded",
            value=value,
            change=change,
            event=event,
            causes=causes,
            lost_cause=lost,
        )

    def _causes(self, branch: str, event: Event) -> tuple[tuple[Event, ...], str | None]:
        """What led to an event, nearest first, and the id at which the trace is lost."""
        chain: list[Event] = []
        seen = {event.id}
        named = event.causation_id
        while named is not None and named not in seen and len(chain) < LONGEST_CHAIN:
            cause = self._on_branch(branch, event.session, named)
            if cause is None:
                return tuple(chain), named
            chain.append(cause)
            seen.add(named)
            named = cause.causation_id
        return tuple(chain), None

    def _on_branch(self, branch: str, session: str, event_id: str) -> Event | None:
        parts = self._store.lineage(branch)
        for owner, position in self._store.locate(session, event_id):
            if any(part.owner == owner and part.first <= position <= part.last for part in parts):
                return self._store.events_at(branch, [position])[0]
        return None

    def computed(self, branch: str, position: int, pointer: str, steps: tuple[str, ...]) -> Explanation:
        """Of an interest, a predicted item, or all of either."""
        state = self._time_machine.bounded(branch, position)
        known = state.recommendation
        if steps[1] == "interests":
            whole: Any = interests(known.evidence, position)
            keys = list(whole) if len(steps) == 2 else [key for key in whole if key == steps[2]]
            weights = [one for key in keys for one in interest_weights(known, key, position)]
        else:
            whole = predicted(known.items, known.evidence, position)
            weights = _predicted_weights(state, whole, steps)
        return Explanation(
            pointer=pointer,
            position=position,
            kind="computed",
            value=at(whole, steps[2:]),
            contributions=self._contributions(branch, weights),
        )

    def _contributions(self, branch: str, weights: list[Weight]) -> tuple[Contribution, ...]:
        positions = sorted({one.position for one in weights})
        facts = {fact.position: fact for fact in self._store.facts_at(branch, positions)}
        return tuple(
            Contribution(one, facts[one.position].id, facts[one.position].type, facts[one.position].time)
            for one in weights
        )


def _predicted_weights(state: Bounded, ranked: list[dict[str, Any]], steps: tuple[str, ...]) -> list[Weight]:
    asked = ranked
    if len(steps) > 2:
        rank = index_of(steps[2])
        asked = ranked[rank : rank + 1] if rank is not None else []
    return [one for entry in asked for one in score_weights(state.recommendation, entry["item"], state.position)]
