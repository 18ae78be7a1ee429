"""What depends on an event that is left out: what it caused, and what speaks of something that only it brought."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from app.domain.fold.facts import Fact

Why = Literal["caused", "refers"]

POSTED: Final = "conversation.message-posted"
CALLED: Final = "conversation.tool-called"
RETURNED: Final = "conversation.tool-returned"
_OF_A_MESSAGE: Final = frozenset(
    {"conversation.message-edited", "conversation.message-retracted", "conversation.feedback-given"}
)
_OF_A_RUN: Final = frozenset({"generation.completed", "generation.failed", "generation.cancelled"})
_IN_NEED: Final = frozenset({"conversation.message-edited", "conversation.message-retracted", RETURNED, *_OF_A_RUN})
"""What cannot be applied without the event that it speaks of."""


@dataclass(frozen=True, slots=True)
class Dependence:
    """Why an event depends on another.

    Attributes:
        why: ``caused``: its producer recorded the other as the cause; ``refers``: it speaks of a message, a call or a
            run that the other brought.
        on: position of the other.
        is_needed: without the other it cannot be applied.
    """

    why: Why
    on: int
    is_needed: bool


class Dependents:
    """Looks at the events after the one that is left out, in order, and tells which depend on it.

    With ``keep`` they stay; else they are left out too, and so is what depends on them.
    """

    def __init__(self, chosen: Fact, *, keep: bool) -> None:
        self._keep = keep
        self._events: dict[str, int] = {}
        self._messages: dict[str, int] = {}
        self._calls: dict[str, int] = {}
        self._unanswered: dict[str, int] = {}
        self._leave(chosen)

    @property
    def ids(self) -> frozenset[str]:
        """Ids of the events that are left out so far."""
        return frozenset(self._events)

    @property
    def unanswered(self) -> tuple[str, ...]:
        """Ids of calls that stay, and whose result is left out."""
        return tuple(self._unanswered)

    def look(self, fact: Fact) -> Dependence | None:
        """Why an event depends on what is left out; None when it does not."""
        found = self._dependence(fact)
        if found is not None and not self._keep:
            self._leave(fact)
        elif found is None:
            self._note_anew(fact)
        return found

    def _dependence(self, fact: Fact) -> Dependence | None:
        needed = fact.type in _IN_NEED
        refers = self._spoken_of(fact)
        cause = self._events.get(fact.causation_id) if fact.causation_id is not None else None
        if cause is not None:
            return Dependence("caused", cause, needed and refers is not None)
        return Dependence("refers", refers, needed) if refers is not None else None

    def _spoken_of(self, fact: Fact) -> int | None:
        if fact.type in _OF_A_MESSAGE:
            return self._messages.get(str(fact.data.get("message_id")))
        if fact.type == RETURNED:
            return self._calls.get(str(fact.data.get("call_id")))
        if fact.type in _OF_A_RUN:
            return self._events.get(str(fact.data.get("request_id") or fact.causation_id))
        if fact.type == POSTED and isinstance(made := fact.data.get("generated_by"), dict):
            return self._events.get(str(made.get("request")))
        return None

    def _leave(self, fact: Fact) -> None:
        self._events[fact.id] = fact.position
        if fact.type == POSTED:
            self._messages[str(fact.data.get("message_id"))] = fact.position
        elif fact.type == CALLED:
            self._calls[str(fact.data.get("call_id"))] = fact.position
        elif fact.type == RETURNED:
            call = str(fact.data.get("call_id"))
            if self._calls.pop(call, None) is None:
                self._unanswered[call] = fact.position

    def _note_anew(self, fact: Fact) -> None:
        """An id may be used again: from here on it means what stays."""
        if fact.type == POSTED and self._messages:
            self._messages.pop(str(fact.data.get("message_id")), None)
        elif fact.type == CALLED and self._calls:
            self._calls.pop(str(fact.data.get("call_id")), None)
        elif fact.type == RETURNED and self._unanswered:
            self._unanswered.pop(str(fact.data.get("call_id")), None)
