"""``S' = f(S, E)``: one pure, total function over all parts, and the plain full fold that tests hold others to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.domain.fold import conversation, extensions, generation, recommendation, resources
from app.domain.fold.bounded import Bounded
from app.domain.fold.generation import ENDED_EARLY
from app.domain.fold.lists import Find, ItemChange, find_nothing
from app.domain.fold.payload import Inapplicable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.events import Event
    from app.domain.fold.facts import Fact
    from app.domain.fold.lists import ListName

FOLD_VERSION: Final = 2
"""Goes up whenever any fold gives another state for the same events; derived data of other versions is rebuilt."""


def apply(state: Bounded, event: Event, find: Find) -> tuple[Bounded, tuple[ItemChange, ...]]:
    """The state after one more event, and what it did to the growing lists; ``state`` stays as it was."""
    draft = state.copy()
    return draft, advance(draft, event, find)


def advance(draft: Bounded, event: Fact, find: Find = find_nothing) -> tuple[ItemChange, ...]:
    """``apply`` into a state that the caller owns. An event that cannot be applied changes only the position."""
    draft.position = event.position
    try:
        changes = _dispatch(draft, event, find)
    except Inapplicable as why:
        changes = (ItemChange("problems", event.position, event.position, str(why)),)
    if event.position % recommendation.PRUNE_EVERY == 0:
        recommendation.prune(draft.recommendation, event.position)
    return changes


def _dispatch(draft: Bounded, event: Fact, find: Find) -> tuple[ItemChange, ...]:
    kind = event.type
    if (spoken := conversation.HANDLERS.get(kind)) is not None:
        changes = spoken(draft.conversation, event, find)
        if kind == "conversation.slots-changed":
            recommendation.wish(draft.recommendation, event)
        return changes
    if (behaved := recommendation.HANDLERS.get(kind)) is not None:
        behaved(draft.recommendation, event)
        return conversation.shown(draft.conversation, event) if kind == "recommendation.items-shown" else ()
    if (generated := generation.HANDLERS.get(kind)) is not None:
        ended = generated(draft.generation, event)
        return (*ended, *conversation.left(draft.conversation, event, ended[0].key)) if kind in ENDED_EARLY else ended
    if kind in resources.TYPES:
        resources.apply(draft.resources, event)
    elif extensions.extension_of(kind) is not None:
        extensions.apply(draft.extensions, event)
    return ()


@dataclass(slots=True)
class FullState:
    """The oracle: bounded state plus, per list, ord -> (key, the events that touched the item)."""

    bounded: Bounded = field(default_factory=Bounded)
    lists: dict[ListName, dict[int, tuple[str, tuple[Event, ...]]]] = field(default_factory=dict)

    def find(self, list_name: ListName, key: str) -> int | None:
        matching = [number for number, (known, _) in self.lists.get(list_name, {}).items() if known == key]
        return max(matching, default=None)


def fold_all(events: Iterable[Event]) -> FullState:
    """Fold events one by one, in order, into a full state. Gaps in positions are allowed (an event left out)."""
    state = FullState()
    for event in events:
        for change in advance(state.bounded, event, state.find):
            items = state.lists.setdefault(change.list, {})
            _, touched = items.get(change.ord, (change.key, ()))
            items[change.ord] = (change.key, (*touched, event))
    return state
