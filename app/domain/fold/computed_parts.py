"""What Branchline computed, rebuilt: single interests from their own evidence, all others from every event."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, Any

from app.domain.fold import recommendation
from app.domain.fold.fold import advance
from app.domain.fold.interests import Evidence, decayed, interest, interests, predicted, with_evidence
from app.domain.ranges import UNSETTLED, Range

if TYPE_CHECKING:
    from app.domain.fold.bounded import Bounded
    from app.domain.fold.facts import Fact, LateFact


class InterestPart:
    """The weight of one category or tag; its events are those that brought evidence for it."""

    varies = True

    def __init__(self, key: str) -> None:
        self._key = key
        self._kept: tuple[Evidence, ...] = ()

    def apply(self, fact: LateFact) -> None:
        at = fact.position
        for weight in self._weights(fact):
            self._kept = with_evidence(self._kept, Evidence(at, weight, at))

    def _weights(self, fact: LateFact) -> list[float]:
        if fact.type == "conversation.slots-changed":
            return [recommendation.SLOT_WEIGHT for key in recommendation.wishes(fact.data) if key == self._key]
        if fact.type == "behaviour.item-rated":
            return [recommendation.rating_weight(fact.member("rating"))]
        return [recommendation.WEIGHTS[fact.type]]

    def value(self, now: int) -> dict[str, float]:
        weight = interest(self._kept, now)
        return {self._key: weight} if weight != 0.0 else {}

    def between(self, first: int, last: int) -> dict[str, Any]:
        """Every piece of evidence only comes nearer to nothing, so their sum lies between the sums of their ends."""
        ends = [(decayed(one.weight, one.at, first), decayed(one.weight, one.at, last)) for one in self._kept]
        low, high = fsum(map(min, ends)), fsum(map(max, ends))
        if low == high == 0.0:
            return {}
        return {self._key: UNSETTLED if low <= 0.0 <= high else Range(low, high)}


class WholePart:
    """A field that depends on too much for a slice: it takes every event, from a state that the caller owns."""

    varies = True

    def __init__(self, name: str, start: Bounded) -> None:
        self._name, self._state = name, start

    def apply(self, fact: LateFact) -> None:
        advance(self._state, fact)

    def concerns(self, fact: Fact) -> bool:
        """Whether the event may change what is known of items or speaks for them."""
        return fact.type in recommendation.HANDLERS or fact.type == "conversation.slots-changed"

    def value(self, now: int) -> Any:
        known = self._state.recommendation
        if self._name == "predicted":
            return predicted(known.items, known.evidence, now)
        return interests(known.evidence, now) if self._name == "interests" else known.names()
