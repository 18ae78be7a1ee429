"""Which events are wanted, by what their envelope says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFilter:
    """What is empty or None lets everything through.

    Attributes:
        types: stored names, or areas (``behaviour`` lets through ``behaviour.item-viewed``).
        since, until: microseconds since 1970 UTC, both inclusive; an event without a time passes neither.
    """

    types: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    classifications: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None

    @property
    def is_empty(self) -> bool:
        return self == EventFilter()

    def lets_type(self, name: str) -> bool:
        return not self.types or any(name == one or name.startswith(one + ".") for one in self.types)

    def lets_time(self, time: int | None) -> bool:
        if self.since is None and self.until is None:
            return True
        return (
            time is not None
            and (self.since is None or time >= self.since)
            and (self.until is None or time <= self.until)
        )

    def matches(self, event: Event) -> bool:
        return (
            self.lets_type(event.type)
            and (not self.actors or event.actor in self.actors)
            and (not self.subjects or event.subject in self.subjects)
            and (not self.classifications or event.classification in self.classifications)
            and self.lets_time(event.time)
        )
