"""Fields of the state rebuilt from the events that touched them, and from no others.

That gives what the full fold gives, because a handler reads and writes only fields that its event touches: a change
of slots reads the slots of its own service, a purchase its own item, evidence for an interest its own key; whether an
event can be applied follows from its payload and those. What an event of a slice does to other fields may come out
wrong (the slice lacks their events), so a part shows its own field only. A property test holds it to the full fold.
"""

# ruff: noqa: ARG002 - parts share one shape

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, assert_never

from app.domain.fold import conversation, generation, recommendation, resources
from app.domain.fold.conversation import Conversation
from app.domain.fold.fields import FIELDS
from app.domain.fold.fold import advance
from app.domain.fold.generation import Generation
from app.domain.fold.growing import Growing, ListPart
from app.domain.fold.interests import Evidence, interest, interests, predicted, with_evidence
from app.domain.fold.lists import find_nothing
from app.domain.fold.recommendation import Recommendation
from app.domain.marks import content

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.fold.bounded import Bounded
    from app.domain.fold.facts import Fact, LateFact
    from app.domain.fold.growing import Origins


class Part(Protocol):
    """One field (or one member of it). ``decays``: its value changes with the position alone."""

    decays: bool

    def apply(self, fact: LateFact) -> None:
        """Fold one more event that touched the field."""
        ...

    def value(self, now: int) -> Any:
        """The field's JSON form at position ``now``, which is not before the last event applied."""
        ...


class ConversationPart:
    """Slots, forms, status and the like."""

    decays = False

    def __init__(self, name: str) -> None:
        self._name, self._state = name, Conversation()

    def apply(self, fact: LateFact) -> None:
        conversation.HANDLERS[fact.type](self._state, fact, find_nothing)

    def value(self, now: int) -> Any:
        return self._state.to_json()[self._name]


class LastPart:
    """What the last event alone determines: the list shown, the strategy."""

    decays = False

    def __init__(self, name: str) -> None:
        self._name, self._last = name, _START[name]

    def apply(self, fact: LateFact) -> None:
        if self._name == "shown":
            shown = fact.member("items")
            self._last = [] if shown is None else shown
        elif self._name == "shown_at":
            self._last = fact.position
        else:
            self._last = fact.member("strategy") if fact.type == "recommendation.items-shown" else content(fact.data)

    def value(self, now: int) -> Any:
        return self._last


_START: Mapping[str, Any] = {"shown": [], "shown_at": None, "strategy": {}}


class ItemsPart:
    """What is known of items: seen, rated, purchased."""

    decays = False

    def __init__(self, name: str) -> None:
        self._name, self._state = name, Recommendation()

    def apply(self, fact: LateFact) -> None:
        recommendation.HANDLERS[fact.type](self._state, fact)

    def value(self, now: int) -> Any:
        if self._name == "seen":
            return self._state.seen()
        return self._state.rated() if self._name == "rated" else self._state.purchased()


class InterestPart:
    """The weight of one category or tag; its events are those that brought evidence for it."""

    decays = True

    def __init__(self, key: str) -> None:
        self._key = key
        self._kept: tuple[Evidence, ...] = ()

    def apply(self, fact: LateFact) -> None:
        at = fact.position
        for weight in self._weights(fact):
            self._kept = with_evidence(self._kept, Evidence(at, weight, at))

    def _weights(self, fact: Fact) -> list[float]:
        if fact.type == "conversation.slots-changed":
            return [recommendation.SLOT_WEIGHT for key in recommendation.wishes(fact.data) if key == self._key]
        if fact.type == "behaviour.item-rated":
            return [recommendation.rating_weight(fact.data["rating"])]
        return [recommendation.WEIGHTS[fact.type]]

    def value(self, now: int) -> dict[str, float]:
        weight = interest(self._kept, now)
        return {self._key: weight} if weight != 0.0 else {}


class GenerationPart:
    """The strategy of generation."""

    decays = False

    def __init__(self) -> None:
        self._state = Generation()

    def apply(self, fact: LateFact) -> None:
        generation.HANDLERS[fact.type](self._state, fact)

    def value(self, now: int) -> dict[str, Any]:
        return dict(self._state.strategy)


class ResourcesPart:
    """Resources by id."""

    decays = False

    def __init__(self) -> None:
        self._state: dict[str, Mapping[str, Any]] = {}

    def apply(self, fact: LateFact) -> None:
        resources.apply(self._state, fact)

    def value(self, now: int) -> dict[str, Any]:
        return {key: dict(value) for key, value in self._state.items()}


class WholePart:
    """A field that depends on too much for a slice: it takes every event, from a state that the caller owns."""

    decays = True

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


class CountPart:
    """How long a growing list is, and nothing of its items: no event has to be read."""

    decays = False

    def __init__(self) -> None:
        self._count = 0

    def apply(self, fact: LateFact) -> None:
        self.count()

    def count(self) -> None:
        self._count += 1

    def value(self, now: int) -> Growing:
        return Growing(self._count, _nothing)


def _nothing(index: int) -> None:
    return None


def part_of(path: tuple[str, ...], member: str | None, origins: Origins, first: int = 0) -> Part:  # noqa: PLR0911
    """The part for a field that the touch index knows; ``member`` is needed of interests alone."""
    form, name = FIELDS[path].form, path[-1]
    match form:
        case "conversation":
            return ConversationPart(name)
        case "last":
            return LastPart(name)
        case "items":
            return ItemsPart(name)
        case "interests":
            return InterestPart(member or "")
        case "list":
            return ListPart(name, origins, first)
        case "generation":
            return GenerationPart()
        case "resources":
            return ResourcesPart()
        case "whole":
            raise ValueError(f"{name} is not rebuilt from a slice")
        case _:
            assert_never(form)
