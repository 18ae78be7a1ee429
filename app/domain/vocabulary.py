"""The registry of stored event names: what each is called, which lane it is drawn in, how private it is.

Beside what an event says, its data may hold marks: which event it stands in place of (``replaces``), repeats
(``reapplies``) or answers anew (``rerun_of``); see ``marks``. They are no part of the state.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from app.domain.errors import BadInput
from app.domain.events import CLASSIFICATIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


class Lane(IntEnum):
    """Where an event is drawn; the numbers are stored in caches, so they never change meaning."""

    CUSTOMER = 0
    ASSISTANT = 1
    TOOL = 2
    BEHAVIOUR = 3
    RECOMMENDATION = 4
    SYSTEM = 5
    UNKNOWN = 6


@dataclass(frozen=True, slots=True)
class EventType:
    """A known event type. ``lane`` None: the lane follows from the actor (messages)."""

    name: str
    classification: str
    lane: Lane | None
    version: int = 1


def _types(area: str, classification: str, lane: Lane | None, *names: str) -> tuple[EventType, ...]:
    return tuple(EventType(f"{area}.{name}", classification, lane) for name in names)


_ALL: Final = (
    *_types("session", "internal", Lane.SYSTEM, "started", "closed", "handed-over"),
    *_types("conversation", "personal", None, "message-posted", "message-edited", "message-retracted"),
    *_types("conversation", "personal", Lane.CUSTOMER, "slots-changed", "form-submitted", "feedback-given"),
    *_types("conversation", "internal", Lane.SYSTEM, "question-classified", "instructions-changed"),
    *_types("conversation", "personal", Lane.TOOL, "tool-called", "tool-returned"),
    *_types(
        "behaviour", "personal", Lane.BEHAVIOUR,
        "item-viewed", "item-clicked", "item-carted", "item-purchased", "item-returned", "item-rated", "searched",
        "post-published", "commented", "liked", "shared",
    ),
    *_types("catalogue", "public", Lane.RECOMMENDATION, "item-added", "item-changed", "item-withdrawn"),
    *_types("recommendation", "internal", Lane.RECOMMENDATION, "items-shown", "strategy-changed"),
    *_types("derived", "internal", Lane.SYSTEM, "interest-shifted", "trend-rising", "rate-anomaly"),
    *_types("derived", "personal", Lane.SYSTEM, "turn-checked", "session-imported", "session-described"),
    *_types("import", "internal", Lane.SYSTEM, "file-read"),
    *_types(
        "generation", "personal", Lane.ASSISTANT, "requested", "completed", "failed", "cancelled", "strategy-changed"
    ),
    *_types("trace", "personal", Lane.SYSTEM, "step-taken", "step-failed", "log-written"),
    *_types("lab", "personal", Lane.SYSTEM, "trial-started", "trial-ended"),
    *_types("instructions", "internal", Lane.SYSTEM, "version-saved"),
    *_types("template", "internal", Lane.SYSTEM, "version-saved"),
    *_types("resource", "internal", Lane.SYSTEM, "created", "updated", "deleted"),
    *_types(
        "analyst", "internal", Lane.SYSTEM,
        "marker-set", "note-written", "tag-added", "rating-given", "entry-removed",
        "branch-created", "branch-renamed", "branch-starred", "branch-archived", "branch-coloured", "branch-described",
        "answers-judged",
    ),
)  # fmt: skip

_known: Final[dict[str, EventType]] = {event_type.name: event_type for event_type in _ALL}
EVENT_TYPES: Final[Mapping[str, EventType]] = _known
_AREAS: Final = frozenset(name.partition(".")[0] for name in _known)
_STORED_NAME: Final = re.compile(r"[a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)+\Z")


def add_event_types(event_types: Iterable[EventType]) -> None:
    """Know event types of others too. Raises BadInput, and knows none of them, where one could be taken for ours."""
    added = list(event_types)
    for one in added:
        if not _STORED_NAME.match(one.name):
            raise BadInput(f"{one.name!r} is no name of an event type, such as acme.order-packed")
        if one.name.partition(".")[0] in _AREAS or one.name in _known:
            raise BadInput(f"{one.name} stands in an area that is taken; names of others begin with a word of theirs")
        if one.classification not in CLASSIFICATIONS:
            raise BadInput(f"{one.name}: {one.classification!r} is no classification")
    _known.update({one.name: one for one in added})


_LANE_OF_ACTOR: Final = {
    "user": Lane.CUSTOMER,
    "assistant": Lane.ASSISTANT,
    "agent": Lane.ASSISTANT,
    "tool": Lane.TOOL,
}

MESSAGE_POSTED: Final = "conversation.message-posted"


def lane_of(event_type: str, actor: str) -> Lane:
    """The lane of an event; unknown types go to ``Lane.UNKNOWN``."""
    known = EVENT_TYPES.get(event_type)
    if known is None:
        return Lane.UNKNOWN
    if known.lane is not None:
        return known.lane
    return _LANE_OF_ACTOR.get(actor, Lane.SYSTEM)


def default_classification(event_type: str) -> str:
    """How private an event is when its producer does not say; unknown types are taken for personal."""
    known = EVENT_TYPES.get(event_type)
    return known.classification if known else "personal"


class Upcasters:
    """Pure functions that lift an old payload by one version, keyed by (type, version) as stored."""

    def __init__(self, steps: Mapping[tuple[str, int], Callable[[Mapping[str, Any]], Mapping[str, Any]]]) -> None:
        self._steps = dict(steps)

    def lift(self, event_type: str, version: int, data: Mapping[str, Any]) -> tuple[int, Mapping[str, Any]]:
        """The newest (version, payload) that can be reached; unknown types and versions come back as they are."""
        while (step := self._steps.get((event_type, version))) is not None:
            data, version = step(data), version + 1
        return version, data

    def __bool__(self) -> bool:
        return bool(self._steps)


UPCASTERS: Final = Upcasters({})
"""No shipped type has a second version yet."""
