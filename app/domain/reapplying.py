"""Recorded events applied again on another branch, each saying which event it repeats.

Two marks tell what stands on a branch apart. ``reapplies`` in an event's data: its content was recorded elsewhere and
is repeated here. ``rerun_of`` in a message's data: a model wrote it here, where that recorded answer stood. Both hold
``{"branch", "position", "event"}`` of the event that they speak of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.domain.events import NewEvent

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from app.domain.events import Event

REAPPLIES: Final = "reapplies"
RERUN_OF: Final = "rerun_of"


def place_of(event: Event) -> dict[str, Any]:
    """Where a recorded event stands, as both marks hold it."""
    return {"branch": event.branch, "position": event.position, "event": event.id}


def position_in(mark: object) -> int | None:
    """The position that a mark names; None where there is no mark, or one of another shape."""
    position = mark.get("position") if isinstance(mark, dict) else None
    return position if isinstance(position, int) and not isinstance(position, bool) else None


def reapplied_position(data: Mapping[str, Any]) -> int | None:
    """Position of the recorded event that an event with this data repeats; None when it repeats none."""
    return position_in(data.get(REAPPLIES))


def rerun_position(data: Mapping[str, Any]) -> int | None:
    """Position of the recorded answer in whose place a model wrote this message; None for every other message."""
    return position_in(data.get(RERUN_OF))


class Reapplying:
    """Makes the events that repeat recorded ones; what was caused by a repeated event is caused by its repetition.

    Args:
        new_id: gives the repetitions their ids.
        source: their ``source``.
        known: id of a recorded event -> id of its repetition, where a branch has some of them already.
    """

    def __init__(self, new_id: Callable[[], str], source: str, known: Mapping[str, str] | None = None) -> None:
        self._new_id, self._source = new_id, source
        self._repeated = dict(known or {})

    def repeat(
        self, events: Iterable[Event], *, time: int | None, left_out: Collection[str] = ()
    ) -> tuple[NewEvent, ...]:
        """Repetitions of ``events``, in order, happening at ``time`` (microseconds since 1970 UTC; None: as recorded).

        ``left_out``: ids of events that the branch does not hold. Who was caused by one of them has no cause here;
        the mark still leads to the recorded event and so to its cause.
        """
        return tuple(self._again(event, time, left_out) for event in events)

    def stands_for(self, recorded: str, here: str) -> None:
        """Have what was caused by the event of id ``recorded`` be caused by the one of id ``here``."""
        self._repeated[recorded] = here

    def _again(self, event: Event, time: int | None, left_out: Collection[str]) -> NewEvent:
        again = self._new_id()
        cause = event.causation_id
        if cause is not None:
            cause = self._repeated.get(cause, None if cause in left_out else cause)
        self._repeated[event.id] = again
        return NewEvent(
            id=again,
            source=self._source,
            type=event.type,
            version=event.version,
            data={**self._referring(event.data), REAPPLIES: place_of(event)},
            actor=event.actor,
            subject=event.subject,
            time=event.time if time is None else time,
            causation_id=cause,
            correlation_id=event.correlation_id,
            classification=event.classification,
        )

    def _referring(self, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """The data with the ids of repeated requests to a model in place of the recorded ones."""
        changed = dict(data)
        if (request := self._again_of(data.get("request_id"))) is not None:
            changed["request_id"] = request
        made = data.get("generated_by")
        if isinstance(made, dict) and (request := self._again_of(made.get("request"))) is not None:
            changed["generated_by"] = {**made, "request": request}
        return changed

    def _again_of(self, named: object) -> str | None:
        return self._repeated.get(named) if isinstance(named, str) else None
