"""Fold of behaviour, catalogue and recommendation events."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from app.domain.fold import payload
from app.domain.fold.interests import (
    HORIZON,
    Evidence,
    Item,
    interests,
    item_key,
    predicted,
    tag_key,
    weights_at,
    with_evidence,
)
from app.domain.marks import content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.domain.fold.facts import Fact

SHOWN_WEIGHT: Final = 0.05
WEIGHTS: Final[Mapping[str, float]] = {
    "behaviour.item-viewed": 0.2,
    "behaviour.item-clicked": 0.6,
    "behaviour.item-carted": 0.8,
    "behaviour.item-purchased": 1.0,
    "behaviour.item-returned": -0.5,
}
SLOT_WEIGHT: Final = 0.5
"""A wish that was put into words ("Mexican food") counts as much as half a purchase."""
NEUTRAL_RATING: Final = 3.0
PRUNE_EVERY: Final = 256


@dataclass(slots=True)
class Recommendation:
    """The recommendation part of the bounded state; values inside the dicts are immutable."""

    shown: tuple[Mapping[str, Any], ...] = ()
    shown_at: int = 0
    strategy: Mapping[str, Any] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    evidence: dict[str, tuple[Evidence, ...]] = field(default_factory=dict)

    def copy(self) -> Recommendation:
        return replace(self, items=dict(self.items), evidence=dict(self.evidence))

    def to_json(self, now: int, like: Formed | None = None) -> dict[str, Any]:
        """The contract's ``recommendation`` part at position ``now``.

        ``like`` is a state whose form is known: what the two have in common is taken from there, not made again.
        """
        weights = weights_at(self.evidence, now)
        return {
            "shown": [dict(item) for item in self.shown],
            "shown_at": self.shown_at or None,
            "strategy": dict(self.strategy),
            "interests": interests(self.evidence, now, weights),
            **self._listed(like),
            "predicted": predicted(self.items, self.evidence, now, weights),
        }

    def _listed(self, like: Formed | None) -> dict[str, Any]:
        """The parts that name every item; there may be thousands, of which one event changes a few."""
        make: dict[str, Callable[[], Any]] = {
            "seen": self.seen, "rated": self.rated, "purchased": self.purchased, "names": self.names,
        }  # fmt: skip
        if like is None:
            return {name: form() for name, form in make.items()}
        differing = _aspects(self.items, like.state.items)
        return {name: form() if name in differing else like.json[name] for name, form in make.items()}

    def seen(self) -> list[str]:
        """Items in the order in which they were first shown or viewed."""
        return [
            item for _, item in sorted([(known.seen_at, item) for item, known in self.items.items() if known.seen_at])
        ]

    def rated(self) -> dict[str, float]:
        return dict(sorted([(item, known.rating) for item, known in self.items.items() if known.rating is not None]))

    def purchased(self) -> dict[str, float]:
        """Bought minus returned, zeros left out."""
        return dict(sorted([(item, known.net) for item, known in self.items.items() if known.net]))

    def names(self) -> dict[str, str]:
        """What the items that are kept are called."""
        return dict(sorted([(item, known.name) for item, known in self.items.items() if known.net and known.name]))


class Formed(NamedTuple):
    """A recommendation part and its form in JSON."""

    state: Recommendation
    json: Mapping[str, Any]


_NAMING_EVERY: Final = frozenset({"seen", "rated", "purchased", "names"})
"""The parts that name every item."""


def _aspects(items: Mapping[str, Item], others: Mapping[str, Item]) -> Collection[str]:
    """Which of the parts that name every item may differ between two states; told by identity, which is quick."""
    found: set[str] = set()
    common = 0
    for item, known in items.items():
        other = others.get(item)
        common += other is not None
        if other is known:
            continue
        other = other or _UNKNOWN
        if known.seen_at != other.seen_at:
            found.add("seen")
        if known.rating is not other.rating:  # 3 and 3.0 are equal, and written differently
            found.add("rated")
        if known.net is not other.net:
            found.update(("purchased", "names"))
        elif known.name != other.name:
            found.add("names")
    return found if common == len(others) else _NAMING_EVERY


_UNKNOWN: Final = Item()
_NONE: Final[Mapping[str, Item]] = {}


def _describe(
    items: Mapping[str, Item], data: Mapping[str, Any], at: int, newer: Mapping[str, Item] = _NONE
) -> tuple[str, Item]:
    """The item a payload speaks of, as known after it, in ``newer`` first; nothing is changed yet."""
    item = payload.identifier(data, "item")
    name = data.get("name", "")
    if not isinstance(name, str):
        raise payload.Inapplicable("name is no text")
    known = newer.get(item) or items.get(item, _UNKNOWN)
    return item, known.described(at, name, payload.texts(data, "categories"), payload.texts(data, "tags"))


def _speak(state: Recommendation, key: str, at: int, weight: float, known_at: int) -> None:
    state.evidence[key] = with_evidence(state.evidence.get(key, ()), Evidence(at, weight, known_at))


def _speak_for_item(state: Recommendation, item: str, known: Item, at: int, weight: float) -> None:
    _speak(state, item_key(item), at, weight, at)
    for key, given_at in known.keys.items():
        _speak(state, key, at, weight, given_at)


def _behaved(state: Recommendation, event: Fact) -> None:
    at, data = event.position, event.data
    item, known = _describe(state.items, data, at)
    if data.get("goods") is False:
        known = known._replace(goods=False)
    if event.type == "behaviour.item-purchased":
        known = known._replace(net=known.net + _quantity(data))
    elif event.type == "behaviour.item-returned":
        known = known._replace(net=known.net - _quantity(data), returns=(*known.returns, at))
    elif event.type == "behaviour.item-viewed" and not known.seen_at:
        known = known._replace(seen_at=at)
    state.items[item] = known
    if known.goods:
        _speak_for_item(state, item, known, at, WEIGHTS[event.type])


def _quantity(data: Mapping[str, Any]) -> int | float:
    quantity = payload.number(data, "quantity", 1)
    if quantity <= 0:
        raise payload.Inapplicable("quantity is not above zero")
    return quantity


def _rated(state: Recommendation, event: Fact) -> None:
    item, known = _describe(state.items, event.data, event.position)
    rating = payload.number(event.data, "rating")
    state.items[item] = known._replace(rating=rating)
    if weight := rating_weight(rating):
        _speak_for_item(state, item, known, event.position, weight)


def rating_weight(rating: float) -> float:
    """What a rating says: -1 to 1, nothing in the middle."""
    return max(-1.0, min(1.0, (rating - NEUTRAL_RATING) / 2))


def _searched(state: Recommendation, event: Fact) -> None:
    payload.text(event.data, "query")


def _shown(state: Recommendation, event: Fact) -> None:
    at, data = event.position, event.data
    items, candidates = payload.objects(data, "items"), payload.objects(data, "candidates")
    strategy = payload.mapping(data, "strategy", {})
    described: dict[str, Item] = {}
    for one in (*items, *candidates):
        item, known = _describe(state.items, one, at, described)
        described[item] = known
    state.items.update(described)
    for one in items:
        item = payload.identifier(one, "item")
        known = state.items[item]
        if not known.seen_at:
            state.items[item] = known._replace(seen_at=at)
        _speak(state, item_key(item), at, SHOWN_WEIGHT, at)
    state.shown, state.shown_at = items, at
    if strategy:
        state.strategy = strategy


def _strategy_changed(state: Recommendation, event: Fact) -> None:
    state.strategy = dict(content(event.data))


def _catalogue(state: Recommendation, event: Fact) -> None:
    item, known = _describe(state.items, event.data, event.position)
    withdrawn = event.type == "catalogue.item-withdrawn"
    if withdrawn:
        known = known._replace(withdrawn=True, restored=())
    elif event.type == "catalogue.item-added" and (known.withdrawn or known.restored):
        known = known._replace(withdrawn=False, restored=(*known.restored, event.position))
    state.items[item] = known


def wishes(data: Mapping[str, Any]) -> Iterator[str]:
    """The keys for which a change of slots speaks: a slot that is filled is a wish in words, one for each text."""
    for slot, values in data.get("set", {}).items():
        for value in values if isinstance(values, list) else [values]:
            if isinstance(value, str):
                yield tag_key(f"{slot}={value}")


def wish(state: Recommendation, event: Fact) -> None:
    """Wishes speak for items that have the same attribute."""
    for key in wishes(event.data):
        _speak(state, key, event.position, SLOT_WEIGHT, event.position)


def prune(state: Recommendation, now: int) -> None:
    """Forget keys all of whose evidence is beyond the horizon; this changes no value that can be read."""
    gone = [key for key, kept in state.evidence.items() if now - kept[-1].at > HORIZON]
    for key in gone:
        del state.evidence[key]


HANDLERS: Final[Mapping[str, Callable[[Recommendation, Fact], None]]] = {
    **dict.fromkeys(WEIGHTS, _behaved),
    "behaviour.item-rated": _rated,
    "behaviour.searched": _searched,
    "recommendation.items-shown": _shown,
    "recommendation.strategy-changed": _strategy_changed,
    "catalogue.item-added": _catalogue,
    "catalogue.item-changed": _catalogue,
    "catalogue.item-withdrawn": _catalogue,
}
