"""What Branchline computed, rebuilt: single interests from their own evidence, all others from every event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import fsum
from typing import TYPE_CHECKING, Any

from app.domain.fold import recommendation
from app.domain.fold.fold import advance
from app.domain.fold.interests import HORIZON, Evidence, decayed, interest, interests, predicted, with_evidence
from app.domain.fold.live import ByItem, LiveMapping
from app.domain.fold.noting import Noting
from app.domain.fold.ranking import RankedList, Ranking
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
        if min((one.weight for one in self._kept), default=0.0) >= 0.0:  # mostly; then the ends are the bounds
            low, high = interest(self._kept, last), interest(self._kept, first)
        else:
            ends = [(decayed(one.weight, one.at, first), decayed(one.weight, one.at, last)) for one in self._kept]
            low, high = fsum(map(min, ends)), fsum(map(max, ends))
        if low == high == 0.0:
            return {}
        return {self._key: UNSETTLED if low <= 0.0 <= high else Range(low, high)}


class WholePart:
    """A field that depends on too much for a slice: it takes every event, from a state that the caller owns."""

    varies = True

    def __init__(self, start: Bounded) -> None:
        self._state = start
        self._known = start.recommendation

    def apply(self, fact: LateFact) -> None:
        advance(self._state, fact)

    def concerns(self, fact: Fact) -> bool:
        """Whether the event may change what is known of items or speaks for them."""
        return fact.type in recommendation.HANDLERS or fact.type == "conversation.slots-changed"

    def value(self, now: int) -> Any:
        raise NotImplementedError


class PredictedPart(WholePart):
    """The predicted list; ``is_looked_into``: only members of its entries are asked for."""

    def __init__(self, start: Bounded, *, is_looked_into: bool) -> None:
        super().__init__(start)
        self._ranking = Ranking(self._known, start.position) if is_looked_into else None

    def value(self, now: int) -> Any:
        if self._ranking is not None:
            return RankedList(self._ranking, now)
        return predicted(self._known.items, self._known.evidence, now)


class InterestsPart(WholePart):
    """All interests."""

    def __init__(self, start: Bounded) -> None:
        super().__init__(start)
        self._known.evidence = self._noting = Noting(self._known.evidence)
        self._spoken = {key: kept for key, kept in self._noting.items() if not key.startswith("item:")}

    def apply(self, fact: LateFact) -> None:
        super().apply(fact)
        for key in self._noting.taken():
            if key.startswith("item:"):
                continue
            if key in self._noting:
                self._spoken[key] = self._noting[key]
            else:
                self._spoken.pop(key, None)

    def value(self, now: int) -> LiveMapping:
        return _Interests(self._spoken, now)


class _Interests(LiveMapping):
    """Interests at a position, each weighed when it is looked at, strongest first."""

    def __init__(self, evidence: Mapping[str, tuple[Evidence, ...]], now: int) -> None:
        self._evidence, self._now = evidence, now

    def __getitem__(self, key: str) -> float:
        weight = interest(self._evidence.get(key, ()), self._now)
        if weight == 0.0:
            raise KeyError(key)
        return weight

    def __len__(self) -> int:
        return sum(1 for kept in self._evidence.values() if self._is_felt(kept))

    def _is_felt(self, kept: tuple[Evidence, ...]) -> bool:
        if self._now - kept[-1].at > HORIZON:
            return False
        if min(one.weight for one in kept) > 0.0:
            return True
        return interest(kept, self._now) != 0.0

    def __iter__(self) -> Iterator[str]:
        return iter(interests(self._evidence, self._now))


class NamesPart(WholePart):
    """What the items that are kept are called; only an event changes it."""

    varies = False

    def __init__(self, start: Bounded) -> None:
        super().__init__(start)
        self._names = self._known.names()
        self._known.items = self._noting = Noting(self._known.items)

    def apply(self, fact: LateFact) -> None:
        super().apply(fact)
        for item in self._noting.taken():
            known = self._noting[item]
            if known.net and known.name:
                self._names[item] = known.name
            else:
                self._names.pop(item, None)

    def value(self, now: int) -> LiveMapping:  # noqa: ARG002 - parts share one shape
        return ByItem(self._names)
