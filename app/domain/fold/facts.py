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

    __slots__ = ("_fact", "data", "position", "type")

    def __init__(self, fact: LateFact, names: tuple[str, ...]) -> None:
        self._fact, self.position, self.type, self.data = fact, fact.position, fact.type, fact.some(names)

    @property
    def id(self) -> str:
        return self._fact.id

    @property
    def time(self) -> int | None:
        return self._fact.time

    @property
    def causation_id(self) -> str | None:
        return self._fact.causation_id
