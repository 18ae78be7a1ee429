"""Branchline's own recommender: what it would show next, from the state of a branch, with scores and reasons.

It never claims to be production's: the strategy that it records names Branchline as the recommender.
"""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, Any, Final

from app.domain.errors import BadInput
from app.domain.fold.interests import item_key, predicted
from app.domain.fold.recommendation import SHOWN_WEIGHT
from app.domain.marks import OWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from app.domain.fold.interests import Evidence, Item
    from app.domain.fold.recommendation import Recommendation

OFF: Final = "off"
LENGTH: Final = 5
"""Items of a list."""

Ranked = list[dict[str, Any]]


def strategy_json(name: str) -> dict[str, Any]:
    """What ``recommendation.strategy-changed`` and every list shown say of a strategy. Raises BadInput."""
    if name != OFF and name not in STRATEGIES:
        raise BadInput(f"there is no strategy {name!r}; there are {', '.join((*STRATEGIES, OFF))}")
    return {"recommender": OWN, "name": name}


def own_strategy(strategy: object) -> str | None:
    """The name of Branchline's own strategy in what an event or a state says of one; None for production's."""
    if not isinstance(strategy, dict) or strategy.get("recommender") != OWN:
        return None
    name = strategy.get("name")
    return name if isinstance(name, str) else None


def recommended(state: Recommendation, now: int, name: str, length: int = LENGTH) -> tuple[Mapping[str, Any], ...]:
    """The list that a strategy shows at position ``now``, ranked; empty when nothing speaks for any item.

    No item that the customer owns, that left the catalogue, or that is no goods. Raises BadInput for a strategy that
    there is not.
    """
    strategy_json(name)
    if name == OFF:
        return ()
    ranked = STRATEGIES[name](state, now)[:length]
    return tuple({**one, "rank": rank} for rank, one in enumerate(ranked, start=1))


def _interests(state: Recommendation, now: int) -> Ranked:
    return predicted(state.items, state.evidence, now)


def _popular(state: Recommendation, now: int) -> Ranked:
    """What was dealt with most on this branch, however long ago; of each item the newest events count."""
    return _ranked(state, "dealt with", lambda kept: fsum(one.weight for one in kept))


def _recent(state: Recommendation, now: int) -> Ranked:
    """What was dealt with last; the score is 1 for the event just before, and falls with every event since."""
    return _ranked(state, "dealt with last", lambda kept: 1 / (1 + now - kept[-1].at), only_last=True)


def _ranked(
    state: Recommendation, kind: str, score: Callable[[list[Evidence]], float], *, only_last: bool = False
) -> Ranked:
    scored = []
    for item, known in _offered(state.items.items()):
        kept = [one for one in state.evidence.get(item_key(item), ()) if abs(one.weight) > SHOWN_WEIGHT]
        if kept and (value := score(kept)) > 0:
            named = kept[-1:] if only_last else kept
            scored.append((-value, item, known.name, sorted({one.at for one in named})))
    return [
        {
            "item": item,
            "name": name,
            "score": -value,
            "reasons": [{"kind": kind, "key": item_key(item), "weight": -value, "events": events}],
        }
        for value, item, name, events in sorted(scored)
    ]


def _offered(items: Iterable[tuple[str, Item]]) -> Iterable[tuple[str, Item]]:
    return ((item, known) for item, known in items if known.net <= 0 and not known.withdrawn and known.goods)


STRATEGIES: Final[Mapping[str, Callable[[Recommendation, int], Ranked]]] = {
    "interests": _interests,
    "popular": _popular,
    "recent": _recent,
}
"""By stored name; a name that was recorded keeps its meaning."""
