"""The predicted list kept up event by event: which items come first, without scoring them all at every position.

Evidence decays by one factor for all items, so that nothing overtakes anything between two events, save where evidence
grows so old that it counts nothing. Scores are therefore kept as they would be without decay, and an event changes
those of the items that share a category, a tag or itself with it. They are rounded; which of those that lie close
together is first is told by the exact scores.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from heapq import nlargest
from itertools import pairwise
from math import fsum, inf
from typing import TYPE_CHECKING, Any, Final, overload

from app.domain.fold.interests import HALF_LIFE, HORIZON, PREDICTED, item_key, predicted_entry, score_of, share_of
from app.domain.fold.noting import Noting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.fold.interests import Evidence, Item
    from app.domain.fold.recommendation import Recommendation

ANEW_EVERY: Final = 2_000
"""Positions after which scores are summed up anew: rounding adds up, and they grow without end."""
_CLOSE: Final = 1e-9
"""Scores that differ by less than this part of the heaviest key may stand the other way round."""


class Ranking:
    """Knows the predicted list at every position that is asked for, none of them before the last one."""

    def __init__(self, known: Recommendation, now: int, anew_every: int = ANEW_EVERY) -> None:
        self._anew_every = anew_every
        self._items: Noting[Item] = Noting(known.items)
        self._evidence: Noting[tuple[Evidence, ...]] = Noting(known.evidence)
        known.items, known.evidence = self._items, self._evidence
        self._begin(now)

    # --- keeping up

    def _begin(self, now: int) -> None:
        """Sum everything up as it is at a position."""
        self._items.taken()
        self._evidence.taken()
        self._epoch = self._upto = now
        self._heaviest = 0.0
        self._places: dict[str, int] = {}
        self._names: list[str] = []
        self._scores: list[float] = []
        self._keys: list[tuple[str, ...]] = []
        self._holders: dict[str, list[int]] = {}
        self._ageing = deque(sorted((one.at, key) for key, kept in self._evidence.items() for one in kept))
        self._sums = {key: self._sum(kept, now) for key, kept in self._evidence.items()}
        self._heaviest = max(map(abs, self._sums.values()), default=0.0)
        for item, known in self._items.items():
            self._place(item, known)
        self._known: dict[int, tuple[list[str], bool]] = {}

    def _sum(self, kept: Iterable[Evidence], now: int) -> float:
        """What evidence would weigh at the epoch if none of it had decayed since, or had yet to come."""
        epoch = self._epoch
        return fsum([one.weight * 2.0 ** ((one.at - epoch) / HALF_LIFE) for one in kept if now - one.at <= HORIZON])

    def _place(self, item: str, known: Item) -> None:
        """Take an item in, or again after it changed."""
        place = self._places.get(item)
        if place is None:
            place = self._places[item] = len(self._names)
            self._names.append(item)
            self._scores.append(0.0)
            self._keys.append(())
        keys = (item_key(item), *known.keys)
        for key in keys[len(self._keys[place]) :]:  # the keys of an item only accumulate
            self._holders.setdefault(key, []).append(place)
        self._keys[place] = keys
        may_be_predicted = known.net <= 0 and not known.withdrawn and known.goods
        sums = self._sums
        self._scores[place] = (
            fsum([share_of(key) * sums[key] for key in keys if key in sums]) if may_be_predicted else -inf
        )

    def catch_up(self, now: int) -> None:
        """Take in what was folded since the last time, and what grows too old by position ``now``."""
        if now - self._epoch >= self._anew_every:
            self._begin(now)
            return
        items, keys = self._items.taken(), self._evidence.taken()
        self._ageing.extend(
            sorted((one.at, key) for key in keys for one in self._evidence.get(key, ()) if one.at > self._upto)
        )
        while self._ageing and now - self._ageing[0][0] > HORIZON:
            keys.add(self._ageing.popleft()[1])
        self._upto = now
        if not items and not keys:
            return
        for key in keys:
            self._weigh(key, now)
        for item in items:
            self._place(item, self._items[item])
        self._known.clear()

    def _weigh(self, key: str, now: int) -> None:
        new = self._sum(self._evidence.get(key, ()), now)
        change = share_of(key) * (new - self._sums.get(key, 0.0))
        self._sums[key] = new
        self._heaviest = max(self._heaviest, abs(new))
        scores = self._scores
        for place in self._holders.get(key, ()):
            scores[place] += change

    # --- what is asked

    def first(self, now: int) -> str | None:
        """The item that comes first; None when none is predicted."""
        return next(iter(self._ranked(1, now)), None)

    def all(self, now: int) -> list[str]:
        """The items of the whole list."""
        return self._ranked(PREDICTED, now)

    def _ranked(self, count: int, now: int) -> list[str]:
        self.catch_up(now)
        if count not in self._known:
            self._known[count] = self._close(count)
        names, is_settled = self._known[count]
        if is_settled:
            return names
        scored = sorted((-self.score(item, now), item) for item in names)
        return [item for score, item in scored if score < 0.0][:count]

    def _close(self, count: int) -> tuple[list[str], bool]:
        """The items that may be among the first, and whether they are, in this order, until something changes."""
        slack = _CLOSE * self._heaviest
        if count == 1 and (leader := self._leader(slack)) is not None:
            return [self._names[leader]], True
        best = nlargest(count, self._scores)
        bar = (max(best[-1], 0.0) if len(best) == count else 0.0) - slack
        places = [place for place, score in enumerate(self._scores) if score >= bar]
        if bar <= 0.0:
            places = [place for place in places if any(map(self._sums.get, self._keys[place]))]
        places.sort(key=self._scores.__getitem__, reverse=True)
        scores = [*(self._scores[place] for place in places), 0.0]
        is_settled = len(places) <= count and all(one - other > slack for one, other in pairwise(scores))
        return [self._names[place] for place in places], is_settled

    def _leader(self, slack: float) -> int | None:
        """The one that is clearly first; without a look at each, for that would take most of the time."""
        scores = self._scores
        best = max(scores, default=-inf)
        if best <= slack:
            return None
        leader = scores.index(best)
        scores[leader] = -inf
        second = max(scores)
        scores[leader] = best
        return leader if best - second > slack else None

    def score(self, item: str, now: int) -> float:
        """An item's exact score."""
        return score_of(item, self._items[item], self._evidence, now)

    def entry(self, item: str, now: int) -> dict[str, Any]:
        """The item's entry in the list."""
        return predicted_entry(item, self._items[item], self.score(item, now), self._evidence, now)


class RankedList(Sequence["RankedEntry"]):
    """The predicted list at a position, to be looked into before anything is folded on; keep members of entries."""

    def __init__(self, ranking: Ranking, now: int) -> None:
        self._ranking, self._now = ranking, now

    def __len__(self) -> int:
        return len(self._ranking.all(self._now))

    @overload
    def __getitem__(self, index: int) -> RankedEntry: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[RankedEntry]: ...
    def __getitem__(self, index: int | slice) -> RankedEntry | Sequence[RankedEntry]:
        if isinstance(index, slice):
            return [RankedEntry(self._ranking, item, self._now) for item in self._ranking.all(self._now)[index]]
        first = self._ranking.first(self._now) if index == 0 else None
        item = first if first is not None else self._ranking.all(self._now)[index]
        return RankedEntry(self._ranking, item, self._now)


class RankedEntry(Mapping[str, Any]):
    """An entry of which a member is worked out when it is looked at."""

    def __init__(self, ranking: Ranking, item: str, now: int) -> None:
        self._ranking, self._item, self._now = ranking, item, now

    def __getitem__(self, name: str) -> Any:
        if name == "item":
            return self._item
        return self._ranking.score(self._item, self._now) if name == "score" else self._whole()[name]

    def _whole(self) -> dict[str, Any]:
        return self._ranking.entry(self._item, self._now)

    def __len__(self) -> int:
        return len(self._whole())

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole())
