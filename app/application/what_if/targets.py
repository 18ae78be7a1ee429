"""Find the recorded event that an edit is about."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.application.forking import Forking
    from app.application.ports import EventStore
    from app.application.slicing import Slicer
    from app.application.time_machine import TimeMachine
    from app.domain.events import Event
    from app.domain.transcript import Entry

_PAGE: Final = 64
_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Call:
    """A tool call, and where it returned; None: not as far as is recorded."""

    call_id: str
    name: str
    called_at: int
    returned_at: int | None


class Targets:
    """Looks along the line of a branch; any thread may ask."""

    def __init__(self, store: EventStore, time_machine: TimeMachine, slicer: Slicer, forking: Forking) -> None:
        self._store, self._time_machine, self._slicer, self._forking = store, time_machine, slicer, forking

    def event(self, branch: str, position: int) -> Event | None:
        """The event at a position; None at 0."""
        return self._store.events_at(branch, [position])[0] if position else None

    def message(self, branch: str, at: int, role: str) -> Event | None:
        """The first message of a role at or after a position; None when none comes."""
        roles = ("assistant", "agent") if role == "assistant" else (role,)
        for entry in self._forwards(branch, at):
            if entry.kind == "message" and entry.role in roles:
                return self.event(branch, entry.position)
        return None

    def call(self, branch: str, at: int, named: str) -> Call:
        """The call of this id (or tool) that is nearest to a position, earlier ones first. Raises BadInput."""
        seen: list[Entry] = []
        for entry in self._calls(branch, at):
            if named in (entry.key, entry.name):
                return Call(entry.key, entry.name, entry.position, self._forking.returned_at(branch, entry))
            seen.append(entry)
        if not seen:
            raise BadInput("no tool was called here, so there is no result to change")
        known = ", ".join(f"{one.key} ({one.name})" for one in seen[:_NAMED])
        raise BadInput(f"there is no tool call {named!r} here; there is {known}{' …' if len(seen) > _NAMED else ''}")

    def tool(self, branch: str, at: int, call_id: str) -> str | None:
        """The tool of a call; None when there is no such call."""
        return next((entry.name for entry in self._calls(branch, at) if entry.key == call_id), None)

    def last_touch(self, branch: str, at: int, field: str, member: str | None = None) -> Event | None:
        """The last event up to a position that touched a field of the state."""
        self._time_machine.prepare(branch)
        positions = self._slicer.touched(branch, field, member, at)
        return self.event(branch, positions[-1]) if positions else None

    def slot_change(self, branch: str, at: int, service: str, slot: str) -> Event | None:
        """The last change of slots up to a position that set or unset this one."""
        self._time_machine.prepare(branch)
        for position in reversed(self._slicer.touched(branch, "slots", service, at)):
            event = self.event(branch, position)
            if event is not None and sets(event, service, slot):
                return event
        return None

    def _calls(self, branch: str, at: int) -> Iterator[Entry]:
        """Calls up to a position, the last first; then the later ones."""
        entries = chain(self._backwards(branch, at), self._forwards(branch, at + 1))
        return (entry for entry in entries if entry.kind == "call")

    def _forwards(self, branch: str, at: int) -> Iterator[Entry]:
        head = self._store.branch(branch).head
        births = self._time_machine.births(branch)
        for first in range(bisect_left(births, at) + 1, len(births) + 1, _PAGE):
            yield from self._time_machine.entries(branch, first, _PAGE, head)

    def _backwards(self, branch: str, at: int) -> Iterator[Entry]:
        head = self._store.branch(branch).head
        last = bisect_left(self._time_machine.births(branch), at + 1)
        while last > 0:
            first = max(1, last - _PAGE + 1)
            yield from reversed(self._time_machine.entries(branch, first, last - first + 1, head))
            last = first - 1


def sets(event: Event, service: str, slot: str) -> bool:
    """Whether a change of slots says something of this slot."""
    data = event.data
    if event.type != "conversation.slots-changed" or str(data.get("service")) != service:
        return False
    return slot in (data.get("set") or {}) or slot in (data.get("unset") or [])
