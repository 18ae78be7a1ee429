"""Fields of the state rebuilt from the events that touched them, and from no others.

That gives what the full fold gives, because a handler reads and writes only fields that its event touches: a change
of slots reads the slots of its own service, a purchase its own item, evidence for an interest its own key; whether an
event can be applied follows from its payload and those. What an event of a slice does to other fields may come out
wrong (the slice lacks their events), so a part shows its own field only. A property test holds it to the full fold.
"""

# ruff: noqa: ARG002 - parts share one shape

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol, assert_never, runtime_checkable

from app.domain.fold import conversation, extensions, generation, resources
from app.domain.fold.computed_parts import InterestPart
from app.domain.fold.conversation import Conversation
from app.domain.fold.facts import NarrowFact
from app.domain.fold.fields import FIELDS
from app.domain.fold.generation import Generation
from app.domain.fold.growing import ALL_OF_IT, ListPart
from app.domain.fold.item_parts import ITEM_PARTS
from app.domain.fold.lists import find_nothing
from app.domain.marks import content

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.fold.facts import LateFact
    from app.domain.fold.growing import Glance, Origins


class Part(Protocol):
    """One field (or one member of it). ``varies``: its value changes with the position alone."""

    varies: bool

    def apply(self, fact: LateFact) -> None:
        """Fold one more event that touched the field."""
        ...

    def value(self, now: int) -> Any:
        """The field's JSON form at position ``now``, which is not before the last event applied."""
        ...


@runtime_checkable
class HasBounds(Protocol):
    """What a part that varies may tell beside its value."""

    def between(self, first: int, last: int) -> Any:
        """The JSON form from one position to another, no event between them, with bounds for what varies."""
        ...


class ConversationPart:
    """Slots, forms, status and the like."""

    varies = False

    def __init__(self, name: str) -> None:
        self._form, self._state = conversation.FORMS[name], Conversation()
        self._needed = _NEEDED.get(name)

    def apply(self, fact: LateFact) -> None:
        needed = fact if self._needed is None else NarrowFact(fact, self._needed)
        conversation.HANDLERS[fact.type](self._state, needed, find_nothing)

    def value(self, now: int) -> Any:
        return self._form(self._state)


_NEEDED: Final[Mapping[str, tuple[str, ...]]] = {"open_calls": ("call_id", "name")}
"""Where a field is decided by a part of payloads that may be long."""


class LastPart:
    """What the last event alone determines: the list shown, the strategy."""

    varies = False

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


class GenerationPart:
    """The strategy of generation."""

    varies = False

    def __init__(self) -> None:
        self._state = Generation()

    def apply(self, fact: LateFact) -> None:
        generation.HANDLERS[fact.type](self._state, fact)

    def value(self, now: int) -> dict[str, Any]:
        return dict(self._state.strategy)


class ResourcesPart:
    """Resources by id."""

    varies = False

    def __init__(self) -> None:
        self._state: dict[str, Mapping[str, Any]] = {}

    def apply(self, fact: LateFact) -> None:
        resources.apply(self._state, fact)

    def value(self, now: int) -> dict[str, Any]:
        return {key: dict(value) for key, value in self._state.items()}


class ExtensionsPart:
    """What extensions made of their events."""

    varies = False

    def __init__(self) -> None:
        self._state: dict[str, Any] = {}

    def apply(self, fact: LateFact) -> None:
        if extensions.extension_of(fact.type) is not None:
            extensions.apply(self._state, fact)

    def value(self, now: int) -> dict[str, Any]:
        return extensions.to_json(self._state)


def part_of(  # noqa: PLR0911 - a return for each form
    path: tuple[str, ...], member: str | None, origins: Origins, glance: Glance = ALL_OF_IT
) -> Part:
    """The part for a field that the touch index knows; ``member`` is needed of interests alone."""
    form, name = FIELDS[path].form, path[-1]
    match form:
        case "conversation":
            return ConversationPart(name)
        case "last":
            return LastPart(name)
        case "items":
            return ITEM_PARTS[name]()
        case "interests":
            return InterestPart(member or "")
        case "list":
            return ListPart(name, origins, glance)
        case "generation":
            return GenerationPart()
        case "resources":
            return ResourcesPart()
        case "extensions":
            return ExtensionsPart()
        case "whole":
            raise ValueError(f"{name} is not rebuilt from a slice")
        case _:
            assert_never(form)
