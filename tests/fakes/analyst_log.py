"""The side streams of made-up sessions, in memory: as much of a store as a notebook needs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fakes.window_services import START, FakeHistory, _event, make_branch

from app.application.ports import Appended
from app.domain.branches import Branch, Segment, clip, lineage
from app.domain.events import Event, NewEvent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.sessions import SessionHeader


class AnalystLog:
    """``failure`` is raised by every append while it is set."""

    def __init__(self, history: FakeHistory) -> None:
        self._history = history
        self._events: dict[str, list[Event]] = {}
        self.failure: Exception | None = None

    def header(self, session: str) -> SessionHeader:
        return next(one.header for one in self._history.summaries if one.header.id == session)

    def branches(self, session: str) -> tuple[Branch, ...]:
        shown = tuple(one for one in self._history.branches(session) if one.kind == "branch")
        streams = (make_branch(session, kind, kind=kind) for kind in ("analyst", "derived"))
        return (*shown, *(replace(one, head=len(self._events.get(one.id, ()))) for one in streams))

    def made_as(self, session: str, name: str) -> Branch | None:
        return next((one for one in self.branches(session) if one.name == name), None)

    def branch(self, branch: str) -> Branch:
        return next(one for one in self.branches(branch.partition("/")[0]) if one.id == branch)

    def lineage(self, branch: str) -> tuple[Segment, ...]:
        found = self.branch(branch)
        return lineage(found, {one.id: one for one in self.branches(found.session)})

    def events_at(self, branch: str, positions: Sequence[int]) -> tuple[Event, ...]:
        parts = self.lineage(branch)
        return tuple(_event(clip(parts, one, one)[0].owner, one) for one in positions)

    def read(self, branch: str, first: int, last: int) -> tuple[Event, ...]:
        return tuple(self._events.get(branch, ())[first - 1 : last])

    def append(self, branch: str, events: Sequence[NewEvent], *, expected: int | None) -> Appended:
        if self.failure is not None:
            raise self.failure
        stream = self._events.setdefault(branch, [])
        assert expected in (None, len(stream))
        for event in events:
            kept = ("id", "source", "type", "version", "actor", "data", "correlation_id")
            fields = {name: getattr(event, name) for name in kept}
            stream.append(
                Event(session=branch.partition("/")[0], branch=branch, position=len(stream) + 1, subject=None,
                      time=event.time, recorded_at=START, causation_id=None,
                      classification="internal", hash="00" * 32, **fields)
            )  # fmt: skip
        return Appended((len(stream),), 0, len(stream))
