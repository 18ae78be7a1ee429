"""Which events weigh how much in what the interest model computed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.fold.interests import CATEGORY_SHARE, HORIZON, TAG_SHARE, decayed, item_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.domain.fold.recommendation import Recommendation


@dataclass(frozen=True, slots=True)
class Weight:
    """What one event contributes to an interest or a score.

    Attributes:
        key: the category, tag or item that it speaks for, such as ``category:tea``.
        item: the item whose score this is part of; None of an interest.
        position: of the event.
        known_at: position of the event that tied the key to the item.
        brought: its weight when it came.
        share: how much of a key's weight counts for an item; 1 of an interest.
        now: what is left of it at the position asked for; these sum up to the value.
    """

    key: str
    item: str | None
    position: int
    known_at: int
    brought: float
    share: float
    now: float


def interest_weights(state: Recommendation, key: str, now: int) -> Iterator[Weight]:
    """What the weight of a category or tag at position ``now`` is the sum of."""
    return _weights(state, key, None, 1.0, now)


def score_weights(state: Recommendation, item: str, now: int) -> Iterator[Weight]:
    """What the score of an item at position ``now`` is the sum of."""
    yield from _weights(state, item_key(item), item, 1.0, now)
    for key in state.items[item].keys:
        yield from _weights(state, key, item, CATEGORY_SHARE if key.startswith("category:") else TAG_SHARE, now)


def _weights(state: Recommendation, key: str, item: str | None, share: float, now: int) -> Iterator[Weight]:
    for one in state.evidence.get(key, ()):
        if now - one.at <= HORIZON:
            left = share * decayed(one.weight, one.at, now)
            yield Weight(key, item, one.at, one.known_at, one.weight, share, left)
