"""A customer's whole story: the events of all their sessions in order of time."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import merge
from typing import TYPE_CHECKING, Final

from app.application.ports import MISSING_TIME, Place, Wanted, no_progress
from app.domain.errors import NotFound
from app.domain.event_filter import EventFilter
from app.domain.events import MAIN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.application.ports import EventStore, Progress
    from app.application.searching import Searching
    from app.domain.sessions import SessionSummary

_NEVER: Final = 2**63

_Moment = tuple[int, int, int, Place]
"""(time, place of the session among all, position, where)."""


@dataclass(frozen=True, slots=True)
class Story:
    """``sessions`` in the order in which they begin; ``places`` of all events in the order in which they happened."""

    subject: str
    sessions: tuple[SessionSummary, ...]
    places: tuple[Place, ...]


class Stories:
    """Tells what happened to a customer: the branch ``main`` of their sessions, for the others are what-ifs."""

    def __init__(self, store: EventStore, searching: Searching) -> None:
        self._store, self._searching = store, searching

    def story(self, subject: str, progress: Progress = no_progress) -> Story:
        """The story of the customer with this id.

        A session's own events stay in the order of their positions, whatever their clocks say; an event without a
        time stands with the one before it, a session without any time at the end. Of other people's sessions the
        events that are about this customer belong to the story too. Raises NotFound.
        """
        everything = self._store.sessions()
        own = {one.header.id for one in everything if one.header.subject == subject}
        mentions = self._mentions(subject, own, progress)
        if not own and not mentions:
            raise NotFound(f"there is no customer {subject!r} in {self._store.location}")
        parts: list[list[_Moment]] = []
        sessions: list[tuple[int, int, SessionSummary]] = []
        for order, summary in enumerate(reversed(everything)):
            session = summary.header.id
            if session in own:
                parts.append(list(self._whole(order, session)))
            elif session in mentions:
                parts.append(list(self._some(order, mentions[session])))
            else:
                continue
            begins = parts[-1][0][0] if parts[-1] else _NEVER
            sessions.append((begins, order, summary))
        sessions.sort(key=lambda one: one[:2])
        places = tuple(place for _, _, _, place in merge(*parts, key=lambda one: one[:3]))
        return Story(subject, tuple(summary for _, _, summary in sessions), places)

    def _mentions(self, subject: str, own: set[str], progress: Progress) -> dict[str, list[Place]]:
        """Session -> events about the customer in the main branch of a session that is not theirs."""
        mains: dict[str, str] = {}
        found: dict[str, list[Place]] = {}
        for place in self._searching.places(Wanted(filter=EventFilter(subjects=(subject,))), progress=progress):
            if place.session in own:
                continue
            if place.session not in mains:
                mains[place.session] = self._main(place.session)
            if place.branch == mains[place.session]:
                found.setdefault(place.session, []).append(place)
        return found

    def _main(self, session: str) -> str:
        return next(one.id for one in self._store.branches(session) if one.name == MAIN)

    def _whole(self, order: int, session: str) -> Iterator[_Moment]:
        branch = self._main(session)
        times = self._store.columns(branch).times
        for position, time in enumerate(_settled(list(times)), start=1):
            yield time, order, position, Place(session, branch, position)

    def _some(self, order: int, places: list[Place]) -> Iterator[_Moment]:
        times = self._store.columns(places[0].branch).times
        settled = _settled([times[place.position - 1] for place in places])
        for place, time in zip(places, settled, strict=True):
            yield time, order, place.position, place


def _settled(times: list[int]) -> list[int]:
    """Times that never go back: one that is missing, or earlier, becomes that of the event before it."""
    first = next((time for time in times if time != MISSING_TIME), _NEVER)
    settled, latest = [], first
    for time in times:
        if time != MISSING_TIME and time > latest:
            latest = time
        settled.append(latest)
    return settled
