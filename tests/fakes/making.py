"""Make stored events and drafts in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.domain.events import Event, NewEvent
from app.domain.vocabulary import default_classification

if TYPE_CHECKING:
    from collections.abc import Iterable

SECOND = 1_000_000


def event(
    position: int, event_type: str, data: dict[str, Any] | None = None, *, actor: str = "user", **more: Any
) -> Event:
    """An event as a store would give it back."""
    return Event(
        **{
            "id": f"e{position}",
            "source": "urn:test",
            "type": event_type,
            "version": 1,
            "session": "s",
            "branch": "s/main",
            "position": position,
            "subject": None,
            "time": position * SECOND,
            "recorded_at": position * SECOND,
            "actor": actor,
            "causation_id": None,
            "correlation_id": None,
            "classification": default_classification(event_type),
            "hash": f"{position:064x}",
            "data": data or {},
            **more,
        }
    )


def events(*kinds: tuple[str, dict[str, Any]]) -> list[Event]:
    """Events at positions 1, 2, 3 …"""
    return [event(position, kind, data) for position, (kind, data) in enumerate(kinds, start=1)]


def new_event(number: int, event_type: str, data: dict[str, Any] | None = None, **more: Any) -> NewEvent:
    """An event to be appended; ``number`` makes its id."""
    return NewEvent(
        **{
            "id": f"n{number}",
            "source": "urn:test",
            "type": event_type,
            "data": data or {},
            "actor": "user",
            "time": number * SECOND,
            **more,
        }
    )


def message(number: int, text: str, role: str = "user") -> NewEvent:
    data = {"message_id": f"m{number}", "role": role, "text": text}
    return new_event(number, "conversation.message-posted", data, actor=role)


def said(texts: Iterable[str]) -> list[NewEvent]:
    """A conversation: customer and assistant by turns."""
    return [message(i, text, "user" if i % 2 else "assistant") for i, text in enumerate(texts, start=1)]
