"""Events of other systems as sessions: every event as it is, under its own name, in its own order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from app.adapters.files import strict_json
from app.adapters.files.drafting import session_id, shortened, source_of, storable
from app.adapters.files.json_records import JSON_ERRORS, explain, records
from app.application.ports import BranchDraft, SessionDraft
from app.domain.errors import BadInput
from app.domain.events import ACTORS, MAIN, SIDE_STREAMS, NewEvent
from app.domain.sessions import SessionHeader
from app.domain.vocabulary import EVENT_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from app.application.ports import ImportNotes

MOST_EVENTS: Final = 5_000_000
"""Events of one file; a database is the better place for more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """An event from outside, and where it belongs.

    Attributes:
        story: the session that it belongs to, by the source's own names; ``title`` is shown for it.
        order: sorts the events of a session; None leaves them as they came.
        branch: the branch or side stream that the source names; "" for the main line.
    """

    story: str
    title: str
    event: NewEvent
    order: int | None = None
    branch: str = ""


@dataclass(slots=True)
class _Story:
    title: str
    subject: str | None
    events: list[Outside] = field(default_factory=list)


class Streams:
    """Collects the events of a file."""

    def __init__(self, name: str, notes: ImportNotes) -> None:
        self._name, self._notes = name, notes
        self._stories: dict[str, _Story] = {}
        self._seen: dict[tuple[str, str], NewEvent] = {}

    def take(self, outside: Outside) -> None:
        """Raises BadInput for an event that says something else than one of the same source and id."""
        event = outside.event
        self._notes.saw("events")
        if (before := self._seen.setdefault((event.source, event.id), event)) is not event:
            if before != event:
                raise BadInput(f"event {event.id} of {event.source} came before and said something else")
            self._notes.missed(f"{self._name}: events that were delivered more than once (kept once)")
            return
        if len(self._seen) > MOST_EVENTS:
            raise BadInput(f"the file holds more than {MOST_EVENTS:,} events; split it")
        if event.time is None:
            self._notes.missed(f"{self._name}: times of events")
        story = self._stories.setdefault(outside.story, _Story(outside.title, event.subject))
        story.events.append(outside)

    def sessions(self) -> Iterator[SessionDraft]:
        for key, story in self._stories.items():
            if all(one.order is not None for one in story.events):
                story.events.sort(key=lambda one: one.order or 0)
            own = session_id(source_of(self._name), key)
            branches = list(_branches(own, story.events))
            ids = {"": MAIN, **{name: name for name in SIDE_STREAMS}, **{branch.name: branch.id for branch in branches}}
            placed = sorted(story.events, key=lambda one: bool(one.branch))  # a parent's events must be there first
            yield SessionDraft(
                header=SessionHeader(
                    id=own,
                    title=shortened(story.title),
                    source=source_of(self._name),
                    external_id=key,
                    subject=story.subject,
                ),
                events=tuple((ids[one.branch], one.event) for one in placed),
                branches=tuple(branches),
                continues=True,
            )
        if not self._stories and not self._notes.quarantined:
            self._notes.quarantine(None, "the file holds no events")


def read_streams(
    name: str, path: Path, notes: ImportNotes, read: Callable[[Any], Iterable[Outside | BadInput]]
) -> Iterator[SessionDraft]:
    """The sessions of a file whose records ``read`` turns into events; it may raise any of ``JSON_ERRORS``."""
    streams = Streams(name, notes)
    try:
        for record in records(path):
            try:
                if record.problem is not None:
                    raise BadInput(record.problem)
                _take_all(streams, read(strict_json.decode(record.raw)), record.line, notes)
            except JSON_ERRORS as error:
                notes.quarantine(record.line, explain(error))
    except JSON_ERRORS as error:
        notes.quarantine(None, explain(error))
    yield from streams.sessions()


def _take_all(streams: Streams, found: Iterable[Outside | BadInput], line: int, notes: ImportNotes) -> None:
    for one in found:
        try:
            if isinstance(one, BadInput):
                raise one
            streams.take(one)
        except BadInput as error:
            notes.quarantine(line, str(error))


def payload(data: Any, beside: Mapping[str, Any], name: str) -> dict[str, Any]:
    """An event's data as an object; what is told beside it stands under ``name``, or ``name_`` where that is taken."""
    made = dict(data) if isinstance(data, dict) else {} if data is None else {"value": data}
    told = {key: value for key, value in beside.items() if value not in (None, "")}
    while name in made:
        name += "_"
    stored: dict[str, Any] = storable({**made, name: told} if told else made)
    return stored


def actor_of(kind: str, data: Any, told: Any = None) -> str:
    """Who acted: as the source tells, else the role of a message, else the system."""
    role = data.get("role") if isinstance(data, dict) and kind in EVENT_TYPES else None
    return next((one for one in (told, role) if isinstance(one, str) and one in ACTORS), "system")


def _branches(own: str, events: Iterable[Outside]) -> Iterator[BranchDraft]:
    """A branch for each name that the source gives; it leaves the main line right before its first event."""
    events = list(events)
    main = [one.order for one in events if not one.branch]
    firsts: dict[str, int | None] = {}
    for one in events:
        if one.branch and one.branch not in SIDE_STREAMS:
            firsts.setdefault(one.branch, one.order)
    for name, order in firsts.items():
        before = len(main) if order is None else sum(1 for one in main if one is not None and one < order)
        yield BranchDraft(
            id=session_id(own, f"branch {name}"), name=name, kind="branch", parent=MAIN, fork_position=before
        )
