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
    """A fact out of the store, of whose payload one member can be had without decoding the others."""

    def member(self, name: str) -> Any:
        """One member of the payload, None where it has none; a list may come as a ``Growing``."""
        ...
