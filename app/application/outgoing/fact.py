"""An event that is at hand already, as folds read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.events import Event


class EventFact:
    """A ``LateFact`` of an event."""

    __slots__ = ("causation_id", "data", "id", "position", "time", "type")

    def __init__(self, event: Event) -> None:
        self.position, self.id, self.type, self.time = event.position, event.id, event.type, event.time
        self.causation_id: str | None = event.causation_id
        self.data: Mapping[str, Any] = event.data

    def member(self, name: str) -> Any:
        return self.data.get(name)

    def some(self, names: tuple[str, ...]) -> Mapping[str, Any]:
        return {name: self.data[name] for name in names if name in self.data}
