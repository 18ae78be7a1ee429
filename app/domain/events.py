"""The event envelope: immutable facts, shaped like CloudEvents 1.0."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


ACTORS: Final = frozenset({"user", "assistant", "agent", "system", "tool", "analyst"})
CLASSIFICATIONS: Final = ("public", "internal", "personal", "secret")

MAIN: Final = "main"
ANALYST: Final = "analyst"
DERIVED: Final = "derived"
SIDE_STREAMS: Final = (ANALYST, DERIVED)

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """A fact that is handed to the store; the store adds where it stands and its hash.

    Attributes:
        id: unique within ``source``; the pair identifies the event in the whole store.
        source: URI of what generated the event.
        type: stored name, such as ``conversation.message-posted``; unknown names are kept.
        time: when it happened, microseconds since 1970-01-01 UTC; None when nobody knows.
        recorded_at: set only when a stored event is brought back (native import), else the store's clock.
        salt: likewise; 16 bytes.
    """

    id: str
    source: str
    type: str
    data: Mapping[str, Any]
    actor: str
    version: int = 1
    subject: str | None = None
    time: int | None = None
    causation_id: str | None = None
    correlation_id: str | None = None
    classification: str | None = None
    recorded_at: int | None = None
    salt: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A stored fact.

    Attributes:
        branch: id of the branch (or side stream) that owns the event.
        position: 1-based; the same on every branch that inherits the event.
        hash: BLAKE2b-256 in hexadecimal, see ``app/adapters/store/chain.py``.
        data: the payload, already lifted to the current version of its type; the stored bytes stay as they were.
    """

    id: str
    source: str
    type: str
    version: int
    session: str
    branch: str
    position: int
    subject: str | None
    time: int | None
    recorded_at: int
    actor: str
    causation_id: str | None
    correlation_id: str | None
    classification: str
    hash: str
    data: Mapping[str, Any] = field(repr=False)


def to_rfc3339(microseconds: int | None) -> str | None:
    """Microseconds since 1970 UTC as RFC 3339 text in UTC, fractions only where there are any."""
    if microseconds is None:
        return None
    moment = _EPOCH + timedelta(microseconds=microseconds)
    text = moment.strftime("%Y-%m-%dT%H:%M:%S") if moment.year >= 1000 else moment.isoformat()[:19]
    if moment.microsecond:
        text += f".{moment.microsecond:06d}".rstrip("0")
    return text + "Z"


def from_rfc3339(text: str) -> int:
    """RFC 3339 text (or a local time without zone, read as UTC) as microseconds since 1970.

    Raises ValueError when the text is no time.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return (moment - _EPOCH) // timedelta(microseconds=1)


def envelope(event: Event, *, branch_name: str | None = None) -> dict[str, Any]:
    """The JSON form of an event (design contract: keys may be added, never renamed)."""
    return {
        "id": event.id,
        "source": event.source,
        "type": event.type,
        "version": event.version,
        "session": event.session,
        "branch": branch_name if branch_name is not None else event.branch,
        "branch_id": event.branch,
        "position": event.position,
        "subject": event.subject,
        "time": to_rfc3339(event.time),
        "recorded_at": to_rfc3339(event.recorded_at),
        "actor": event.actor,
        "causation_id": event.causation_id,
        "correlation_id": event.correlation_id,
        "classification": event.classification,
        "hash": event.hash,
        "data": event.data,
    }
