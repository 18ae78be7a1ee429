"""What is known of items, rebuilt from the events that touched it: seen, rated, purchased."""

# ruff: noqa: ARG002 - parts share one shape

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from app.domain.fold import payload, recommendation
from app.domain.fold.facts import NarrowFact
from app.domain.fold.growing import Growing
from app.domain.fold.live import ByItem
from app.domain.fold.recommendation import Recommendation

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.fold.facts import LateFact


class _ItemPart:
    """One aspect of the items that events speak of, each told by the event's own handler."""

    varies = False
    _needed: tuple[str, ...]

    def __init__(self) -> None:
        self._state = Recommendation()
        self._values: dict[str, Any] = {}

    def apply(self, fact: LateFact) -> None:
        narrow = NarrowFact(fact, self._needed)
        recommendation.HANDLERS[fact.type](self._state, narrow)
        self._note(payload.identifier(narrow.data, "item"))

    def _note(self, item: str) -> None:
        raise NotImplementedError

    def value(self, now: int) -> Mapping[str, Any]:
        return ByItem(self._values)


class PurchasedPart(_ItemPart):
    """Bought minus returned, zeros left out."""

    _needed = ("item", "quantity")

    def _note(self, item: str) -> None:
        if net := self._state.items[item].net:
            self._values[item] = net
        else:
            self._values.pop(item, None)


class RatedPart(_ItemPart):
    """The last rating of each item."""

    _needed = ("item", "rating")

    def _note(self, item: str) -> None:
        self._values[item] = self._state.items[item].rating


class SeenPart:
    """Items in the order in which they were first shown or viewed."""

    varies = False

    def __init__(self) -> None:
        self._order: dict[str, None] = {}
        self._items: list[str] = []

    def apply(self, fact: LateFact) -> None:
        shown = fact.type == "recommendation.items-shown"
        speaking = (fact.member("items") or ()) if shown else (fact.some(("item",)),)
        items = {payload.identifier(one, "item") for one in speaking}
        fresh = sorted(item for item in items if item not in self._order)
        self._order.update(dict.fromkeys(fresh))
        self._items += fresh

    def value(self, now: int) -> Growing:
        return Growing(len(self._items), self._items.__getitem__)


ITEM_PARTS: Final[Mapping[str, Callable[[], PurchasedPart | RatedPart | SeenPart]]] = {
    "purchased": PurchasedPart,
    "rated": RatedPart,
    "seen": SeenPart,
}
