"""The interest model: decayed evidence by category and tag, and what it predicts, each with its reasons.

Every step is chosen so that a score depends on the events its reasons name and on no others: evidence is summed
without normalising, an item's keys only accumulate, and decay goes by position, never by what else happened.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from math import fsum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

HALF_LIFE: Final = 100
"""Positions after which evidence counts half."""
HORIZON: Final = 10 * HALF_LIFE
"""Positions after which evidence counts nothing: below a thousandth it would only be noise."""
KEPT: Final = 8
"""Pieces of evidence kept per key, the newest; this bounds the state."""
CATEGORY_SHARE: Final = 1.0
TAG_SHARE: Final = 0.25
"""A tag says less about an item than its category."""
PREDICTED: Final = 10
"""Length of the predicted list."""

_LEFT: Final = tuple(0.5 ** (age / HALF_LIFE) for age in range(HORIZON + 1))
"""By age, what is left of evidence of weight 1; worked out once, for a state holds thousands of pieces."""

_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_NO_KEYS: Final[Mapping[str, int]] = MappingProxyType({})
_EMPTY_WORDS: Final = frozenset({"and", "for", "from", "of", "or", "pack", "per", "set", "the", "with"})


def decayed(weight: float, at: int, now: int) -> float:
    """The one formula of decay: ``weight * 2 ** (-(now - at) / HALF_LIFE)``, nothing beyond ``HORIZON``."""
    age = now - at
    return weight * _LEFT[age] if age <= HORIZON else 0.0


def words_of(name: str) -> tuple[str, ...]:
    """Tags for an item of which only the name is known: its words, without order and repetition."""
    return tuple(sorted({word for word in _WORD.findall(name.lower()) if word not in _EMPTY_WORDS}))


@lru_cache(maxsize=8_192)  # the same items come again and again, and their words are dear to find
def keys_of(name: str, categories: tuple[str, ...], tags: tuple[str, ...]) -> tuple[str, ...]:
    """What evidence about an item of this description speaks for."""
    return (*map(category_key, categories), *map(tag_key, tags or words_of(name)))


def category_key(category: str) -> str:
    return f"category:{category}"


def tag_key(tag: str) -> str:
    return f"tag:{tag.lower()}"


def item_key(item: str) -> str:
    return f"item:{item}"


# Named tuples, because a state holds thousands of these two and every seek makes them anew: a frozen dataclass takes
# four times as long to make.
class Evidence(NamedTuple):
    """One event that speaks for (or against) a key; ``known_at`` is the event that tied the key to its item."""

    at: int
    weight: float
    known_at: int


class Item(NamedTuple):
    """What a session knows about an item.

    Attributes:
        keys: category and tag keys -> position of the first event that gave them; they only accumulate.
        net: bought minus returned.
        returns: positions of all returns.
        seen_at: position where it was first shown or viewed; 0 = never.
        withdrawn: it left the catalogue; ``restored`` are the positions that brought it back since.
        goods: False for postage, discounts and the like: never predicted.
    """

    name: str = ""
    keys: Mapping[str, int] = _NO_KEYS
    net: int | float = 0
    returns: tuple[int, ...] = ()
    seen_at: int = 0
    rating: int | float | None = None
    withdrawn: bool = False
    restored: tuple[int, ...] = ()
    goods: bool = True

    def described(self, at: int, name: str, categories: Iterable[str], tags: Iterable[str]) -> Item:
        """The item after an event at position ``at`` described it; no description changes nothing."""
        fresh = {key: at for key in keys_of(name, tuple(categories), tuple(tags)) if key not in self.keys}
        if not fresh and (not name or name == self.name):
            return self
        return self._replace(name=name or self.name, keys={**self.keys, **fresh} if fresh else self.keys)


def with_evidence(kept: tuple[Evidence, ...], new: Evidence) -> tuple[Evidence, ...]:
    """The newest ``KEPT`` pieces."""
    return (*kept, new)[-KEPT:]


def interest(kept: Iterable[Evidence], now: int) -> float:
    return fsum([decayed(one.weight, one.at, now) for one in kept])


def weights_at(evidence: Mapping[str, tuple[Evidence, ...]], now: int) -> dict[str, float]:
    """What every key weighs at position ``now``."""
    return {key: interest(kept, now) for key, kept in evidence.items()}


def interests(
    evidence: Mapping[str, tuple[Evidence, ...]], now: int, weights: Mapping[str, float] | None = None
) -> dict[str, float]:
    """Categories and tags with their weights at position ``now``, strongest first; ``weights`` where they are known."""
    weights = weights_at(evidence, now) if weights is None else weights
    spoken = [(-weight, key) for key, weight in weights.items() if weight != 0.0 and not key.startswith("item:")]
    return {key: -weight for weight, key in sorted(spoken)}


def predicted(
    items: Mapping[str, Item],
    evidence: Mapping[str, tuple[Evidence, ...]],
    now: int,
    weights: Mapping[str, float] | None = None,
    limit: int = PREDICTED,
) -> list[dict[str, Any]]:
    """The items most worth showing at position ``now``: known, not owned, not withdrawn, with a positive score.

    ``weights`` where those of all keys are known already.

    Returns ``{"item", "name", "score", "reasons"}`` by falling score. Each reason is ``{"kind", "key", "weight",
    "events"}``: taking its events (positions) away changes the score; taking unnamed ones away does not.
    """
    weights = weights_at(evidence, now) if weights is None else weights
    scored = sorted(((-score, item) for item, known in items.items() if (score := _score(item, known, weights)) > 0.0))
    return [predicted_entry(item, items[item], -score, evidence, now) for score, item in scored[:limit]]


def predicted_entry(
    item: str, known: Item, score: float, evidence: Mapping[str, tuple[Evidence, ...]], now: int
) -> dict[str, Any]:
    """One entry of the predicted list."""
    return {"item": item, "name": known.name, "score": score, "reasons": _reasons(item, known, evidence, now)}


def score_of(item: str, known: Item, evidence: Mapping[str, tuple[Evidence, ...]], now: int) -> float:
    """The score of one item at position ``now``; 0.0 when it cannot be predicted."""
    speaking = {key: evidence[key] for key in (item_key(item), *known.keys) if key in evidence}
    return _score(item, known, weights_at(speaking, now))


def _score(item: str, known: Item, weights: Mapping[str, float]) -> float:
    if known.net > 0 or known.withdrawn or not known.goods:
        return 0.0
    own = weights.get(item_key(item), 0.0)
    return fsum([own, *[share_of(key) * weights[key] for key in known.keys if key in weights]])


def share_of(key: str) -> float:
    """How much of a key's weight counts for an item that has it; all of what speaks for the item itself."""
    return TAG_SHARE if key.startswith("tag:") else CATEGORY_SHARE


def _reasons(item: str, known: Item, evidence: Mapping[str, tuple[Evidence, ...]], now: int) -> list[dict[str, Any]]:
    reasons: list[dict[str, Any]] = []
    for key, given_at in ((item_key(item), 0), *sorted(known.keys.items())):
        kept = [one for one in evidence.get(key, ()) if now - one.at <= HORIZON]
        if not kept:
            continue
        named = {one.at for one in kept} | {one.known_at for one in kept} | {given_at}
        share = 1.0 if not given_at else share_of(key)
        kind = "item" if not given_at else key.partition(":")[0]
        reasons.append({"kind": kind, "key": key, "weight": share * interest(kept, now), "events": sorted(named - {0})})
    reasons.sort(key=lambda reason: -abs(reason["weight"]))
    if known.returns and known.net <= 0:
        reasons.append({"kind": "returned", "key": item_key(item), "weight": 0.0, "events": list(known.returns)})
    if known.restored:
        reasons.append({"kind": "restored", "key": item_key(item), "weight": 0.0, "events": list(known.restored)})
    return reasons
