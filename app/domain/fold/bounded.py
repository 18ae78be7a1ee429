"""The bounded part of the state: what checkpoints hold."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from app.domain.fold.conversation import Conversation, OpenCall
from app.domain.fold.generation import Generation
from app.domain.fold.interests import Evidence, Item
from app.domain.fold.recommendation import Recommendation

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(slots=True)
class Bounded:
    """State after ``position`` events, without the items of growing lists.

    The owner of a value may fold on into it (``fold.advance``); everybody else treats it as immutable.
    """

    position: int = 0
    conversation: Conversation = field(default_factory=Conversation)
    recommendation: Recommendation = field(default_factory=Recommendation)
    generation: Generation = field(default_factory=Generation)
    resources: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def copy(self) -> Bounded:
        return replace(
            self,
            conversation=self.conversation.copy(),
            recommendation=self.recommendation.copy(),
            generation=self.generation.copy(),
            resources=dict(self.resources),
        )


def to_plain(state: Bounded) -> dict[str, Any]:
    """The state as plain JSON values, for a checkpoint; ``from_plain`` gives an equal state back."""
    plain = asdict(replace(state, recommendation=Recommendation()))
    recommendation = state.recommendation
    plain["recommendation"] = {
        "shown": recommendation.shown,
        "shown_at": recommendation.shown_at,
        "strategy": recommendation.strategy,
        "items": {item: _item_to_plain(known) for item, known in recommendation.items.items()},
        "evidence": {
            key: [(one.at, one.weight, one.known_at) for one in kept] for key, kept in recommendation.evidence.items()
        },
    }
    return plain


def _item_to_plain(known: Item) -> list[Any]:
    return [
        known.name, dict(known.keys), known.net, known.returns, known.seen_at, known.rating, known.withdrawn,
        known.restored, known.goods,
    ]  # fmt: skip


def from_plain(plain: Mapping[str, Any]) -> Bounded:
    """Raises KeyError, TypeError or ValueError when this is no checkpoint of this fold version."""
    conversation, recommendation, generation = (
        plain["conversation"],
        plain["recommendation"],
        plain["generation"],
    )
    return Bounded(
        position=plain["position"],
        conversation=Conversation(
            **{
                **conversation,
                "slots": {s: {k: tuple(v) for k, v in slots.items()} for s, slots in conversation["slots"].items()},
                "requested": {s: tuple(slots) for s, slots in conversation["requested"].items()},
                "open_calls": {call_id: OpenCall(**call) for call_id, call in conversation["open_calls"].items()},
            }
        ),
        recommendation=Recommendation(
            shown=tuple(recommendation["shown"]),
            shown_at=recommendation["shown_at"],
            strategy=recommendation["strategy"],
            items={item: _item_from_plain(*known) for item, known in recommendation["items"].items()},
            evidence={key: tuple(Evidence(*one) for one in kept) for key, kept in recommendation["evidence"].items()},
        ),
        generation=Generation(**generation),
        resources=dict(plain["resources"]),
    )


def _item_from_plain(name: str, keys: dict[str, int], net: float, returns: list[int], *rest: Any) -> Item:
    seen_at, rating, withdrawn, restored, goods = rest
    return Item(name, keys, net, tuple(returns), seen_at, rating, withdrawn, tuple(restored), goods)
