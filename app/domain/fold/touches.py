"""Which fields of the state an event touched: the words of the index that histories and conditions are looked up in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.domain.fold import extensions, payload, resources
from app.domain.fold.recommendation import WEIGHTS, wishes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from app.domain.fold.bounded import Bounded
    from app.domain.fold.facts import Fact
    from app.domain.fold.lists import ItemChange
    from app.domain.fold.recommendation import Recommendation

Touch = tuple[str, str]
"""(field, member): the field by its name in the state's JSON, the member that it has for a name, "" where it has none.

Members of growing lists have no names; there the second word is ``BORN`` or ``REVISED``.
"""

BORN: Final = "born"
REVISED: Final = "revised"


def touches(event: Fact, changes: Sequence[ItemChange], state: Bounded) -> tuple[Touch, ...]:
    """The fields that ``event`` may have changed; ``changes`` and ``state`` are what folding it gave.

    More than it changed may be named, never less. Not indexed is what changes with nearly every event:
    ``predicted`` and ``names``. An interest is touched when evidence for it comes; decay alone is no touch.
    """
    if any(change.list == "problems" for change in changes):
        return (("problems", BORN),)
    tell = _TOLD.get(event.type)
    if tell is not None:
        return tuple(tell(event, state))
    extension = extensions.extension_of(event.type)
    return (("extensions", extension.name),) if extension is not None else ()


def _always(*touched: Touch) -> Callable[[Fact, Bounded], Sequence[Touch]]:
    def tell(event: Fact, state: Bounded) -> Sequence[Touch]:
        return touched

    return tell


def _slots(event: Fact, state: Bounded) -> Iterator[Touch]:
    yield "slots", payload.identifier(event.data, "service")
    yield from (("interests", key) for key in dict.fromkeys(wishes(event.data)))


def _form(event: Fact, state: Bounded) -> Sequence[Touch]:
    return (("forms", event.data.get("form", "")),)


def _behaved(event: Fact, state: Bounded) -> Iterator[Touch]:
    item = payload.identifier(event.data, "item")
    if event.type in ("behaviour.item-purchased", "behaviour.item-returned"):
        yield "purchased", item
    elif event.type == "behaviour.item-rated":
        yield "rated", item
    known = state.recommendation.items[item]
    if known.seen_at == event.position:
        yield "seen", item
    for key in known.keys:
        if _spoke(state.recommendation, key, event.position):
            yield "interests", key


def _spoke(state: Recommendation, key: str, at: int) -> bool:
    kept = state.evidence.get(key)
    return kept is not None and kept[-1].at == at


def _shown(event: Fact, state: Bounded) -> Iterator[Touch]:
    yield "shown", ""
    if event.data.get("strategy"):
        yield "strategy", ""
    for one in event.data.get("items", ()):
        item = payload.identifier(one, "item")
        if state.recommendation.items[item].seen_at == event.position:
            yield "seen", item


def _resource(event: Fact, state: Bounded) -> Sequence[Touch]:
    return (("resources", payload.identifier(event.data, "id")),)


_REVISION: Final = _always(("messages", REVISED), ("calls", REVISED))
"""A message is revised by its id, and a call may have the same: which of the two it was is looked up when asked."""
_STATUS: Final = _always(("status", ""))

_TOLD: Final[Mapping[str, Callable[[Fact, Bounded], Iterator[Touch] | Sequence[Touch]]]] = {
    "conversation.message-posted": _always(("messages", BORN)),
    "conversation.message-edited": _REVISION,
    "conversation.message-retracted": _REVISION,
    "conversation.slots-changed": _slots,
    "conversation.form-submitted": _form,
    "conversation.question-classified": _always(("classification", "")),
    "conversation.instructions-changed": _always(("instructions", "")),
    "conversation.feedback-given": _always(("feedback", BORN)),
    "conversation.tool-called": _always(("calls", BORN), ("open_calls", "")),
    "conversation.tool-returned": _always(("calls", REVISED), ("open_calls", "")),
    "session.started": _STATUS,
    "session.closed": _STATUS,
    "session.handed-over": _STATUS,
    **dict.fromkeys((*WEIGHTS, "behaviour.item-rated"), _behaved),
    "recommendation.items-shown": _shown,
    "recommendation.strategy-changed": _always(("strategy", "")),
    "generation.requested": _always(("runs", BORN)),
    "generation.completed": _always(("runs", REVISED)),
    "generation.failed": _always(("runs", REVISED)),
    "generation.cancelled": _always(("runs", REVISED)),
    "generation.strategy-changed": _always(("generation.strategy", "")),
    **dict.fromkeys(resources.TYPES, _resource),
}
