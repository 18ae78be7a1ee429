"""Which recorded events a re-run applies again between the customer's messages, and which it leaves out.

The customer's side is repeated, and what the rest of the world did; the assistant's side is left to the model. So
messages of the customer are always said again, and the recorded answers never are. What lies between is chosen by kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, get_args

from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.events import Event

Kind = Literal["behaviour", "slots", "tools", "lists", "catalogue"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

_ASSISTANTS: Final = frozenset({"assistant", "agent"})
_KIND_OF_TYPE: Final[dict[str, Kind]] = {
    "conversation.slots-changed": "slots",
    "conversation.form-submitted": "slots",
    "conversation.question-classified": "slots",
    "conversation.tool-called": "tools",
    "conversation.tool-returned": "tools",
}
_KIND_OF_AREA: Final[dict[str, Kind]] = {
    "behaviour": "behaviour",
    "recommendation": "lists",
    "catalogue": "catalogue",
    "resource": "catalogue",
}


def kind_of(event: Event) -> Kind | None:
    """The kind by which an event between messages is chosen; None for what no re-run repeats.

    Those are feedback (it judges the recorded answers), how the session went on or ended, runs of models, what an
    assistant clicked, and types that nobody here knows.
    """
    area = event.type.partition(".")[0]
    if area == "behaviour" and event.actor in _ASSISTANTS:
        return None
    return _KIND_OF_TYPE.get(event.type) or _KIND_OF_AREA.get(area)


def is_said_by_customer(event: Event) -> bool:
    return event.type == "conversation.message-posted" and event.data.get("role") == "user"


def is_answer(event: Event) -> bool:
    return event.type == "conversation.message-posted" and event.data.get("role") in _ASSISTANTS


def kinds_without(left_out: Iterable[str]) -> tuple[Kind, ...]:
    """Every kind but those named. Raises BadInput for a name that is no kind."""
    unwanted = set(left_out)
    if unknown := unwanted - set(KINDS):
        raise BadInput(f"{min(unknown)!r} cannot be left out; what can: {', '.join(KINDS)}")
    return tuple(kind for kind in KINDS if kind not in unwanted)
