"""What a fold reads of an event, so that events can be read in bulk and their payloads late."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping


class Fact(Protocol):
    """An event, as far as folds look at it."""

    @property
    def position(self) -> int: ...

    @property
    def id(self) -> str: ...

    @property
    def type(self) -> str: ...

    @property
    def time(self) -> int | None: ...

    @property
    def causation_id(self) -> str | None: ...

    @property
    def data(self) -> Mapping[str, Any]: ...


class LateFact(Fact, Protocol):
    """A fact out of the store, of whose payload a part can be had without decoding the rest."""

    def member(self, name: str) -> Any:
        """One member of the payload, None where it has none; a list may come as a ``Growing``."""
        ...

    def some(self, names: tuple[str, ...]) -> Mapping[str, Any]:
        """The payload with these members alone, where it has them."""
        ...


class NarrowFact:
    """A fact with a part of its payload, for a handler of which only what that part decides is looked at."""

    __slots__ = ("causation_id", "data", "id", "position", "time", "type")

    def __init__(self, fact: LateFact, names: tuple[str, ...]) -> None:
        self.position, self.id, self.type, self.time = fact.position, fact.id, fact.type, fact.time
        self.causation_id, self.data = fact.causation_id, fact.some(names)
