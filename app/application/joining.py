"""A draft of a session that is stored in part already: what is new of it, put where it belongs in the stored tree.

An event is known by its id: what a source that goes on tells again may have other times, for it was seen from another
call. New events come behind those that the draft names before them; where the stored conversation went on otherwise,
they begin a branch. What shares no word with the stored conversation goes on behind it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from app.application.ports import BranchDraft
from app.domain.errors import NotFound
from app.domain.events import MAIN
from app.domain.hashing import short_hash

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.application.ports import EventStore, SessionDraft
    from app.domain.events import NewEvent

_WORDS: Final = frozenset({"conversation.message-posted", "conversation.tool-called", "conversation.tool-returned"})
_NAME_LENGTH: Final = 40

_Place = tuple[str, int]
"""A stored branch, and a position that it owns (or 0)."""


def joined(store: EventStore, draft: SessionDraft) -> tuple[SessionDraft, int]:
    """What of a draft is new, and how many of its events are stored already; the draft itself for a new session."""
    try:
        store.header(draft.header.id)
    except NotFound:
        return draft, 0
    return _Joining(store, draft).run()


@dataclass(slots=True)
class _Line:
    """A line of the draft: where its events are stored, or will be. ``fork`` is how many it inherits."""

    parent: str | None
    fork: int
    places: list[_Place] = field(default_factory=list)


class _Joining:
    def __init__(self, store: EventStore, draft: SessionDraft) -> None:
        self._store, self._draft = store, draft
        self._session = draft.header.id
        stored = store.branches(self._session)
        self._main = next(branch.id for branch in stored if branch.name == MAIN)
        self._heads = {branch.id: branch.head for branch in stored}
        self._names = {branch.name for branch in stored}
        self._drafted = {branch.id: branch for branch in draft.branches}
        self._lines: dict[str, _Line] = {}
        self._new: list[tuple[str, NewEvent]] = []
        self._branches: list[BranchDraft] = []
        self._known = 0
        self._owners: dict[str, str] = {}  # of new events

    def run(self) -> tuple[SessionDraft, int]:
        events: dict[str, list[NewEvent]] = {MAIN: [], **{branch.id: [] for branch in self._draft.branches}}
        for stream, event in self._draft.events:
            events[stream].append(event)
        for stream, own in events.items():
            self._line(stream, own)
        return replace(self._draft, events=tuple(self._new), branches=tuple(self._branches)), self._known

    def _line(self, stream: str, events: Sequence[NewEvent]) -> None:
        drafted = self._drafted.get(stream)
        line = _Line(None, 0) if drafted is None else _Line(drafted.parent, drafted.fork_position)
        self._lines[stream] = line
        found = [self._locate(event) for event in events]
        last = max((number for number, place in enumerate(found) if place is not None), default=-1)
        at = (self._main, 0) if drafted is None else self._place(drafted.parent or MAIN, drafted.fork_position)
        shared = False
        for event, place in zip(events[: last + 1], found, strict=False):
            if place is None:  # told late: others that are stored come behind it
                owner = next(later[0] for later in found[len(line.places) :] if later is not None)
                line.places.append(self._append(self._with_cause(event, owner), event))
            else:
                self._known += 1
                at = place
                line.places.append(place)
                shared = shared or event.type in _WORDS
        if last + 1 < len(events):
            self._tail(stream, at, events[last + 1 :], shared=shared)

    def _tail(self, stream: str, at: _Place, events: Sequence[NewEvent], *, shared: bool) -> None:
        """Events behind all that are known of a line."""
        owner = at[0]
        if stream in self._drafted and not shared:
            owner = stream if stream in self._heads else self._begin(at, self._drafted[stream].name, stream)
        elif shared and any(event.type in _WORDS for event in events) and self._went_on_otherwise(at):
            first = next(event for event in events if event.type in _WORDS)
            name = str(first.data.get("text") or first.data.get("name") or "branch")
            owner = self._begin(at, name, short_hash({"session": self._session, "before": first.id}))
        for event in events:
            target = owner if event.type in _WORDS else self._with_cause(event, owner)
            self._lines[stream].places.append(self._append(target, event))

    def _went_on_otherwise(self, at: _Place) -> bool:
        """Whether words that the draft does not hold follow a place."""
        owner, position = at
        following = self._store.iterate(owner, position + 1) if self._heads[owner] > position else iter(())
        return any(event.type in _WORDS for event in following)

    def _begin(self, at: _Place, wished: str, own: str) -> str:
        if own in self._heads:
            return own
        shown = " ".join(wished.split())[:_NAME_LENGTH] or "branch"
        name = next(name for name in _numbered(shown) if name not in self._names)
        self._names.add(name)
        self._branches.append(
            BranchDraft(id=own, name=name, kind="branch", parent=at[0], fork_position=at[1]),
        )
        self._heads[own] = at[1]
        return own

    def _with_cause(self, event: NewEvent, owner: str) -> str:
        """What ends a run stands on the branch where the run was begun."""
        return self._owners.get(event.causation_id or "", owner)

    def _append(self, owner: str, event: NewEvent) -> _Place:
        self._new.append((owner, event))
        self._owners[event.id] = owner
        self._heads[owner] += 1
        return owner, self._heads[owner]

    def _place(self, stream: str, position: int) -> _Place:
        """Where a position of a line of the draft is stored."""
        line = self._lines[stream]
        while position <= line.fork and line.parent is not None:
            line = self._lines[line.parent]
        return line.places[position - line.fork - 1] if position else (self._main, 0)

    def _locate(self, event: NewEvent) -> _Place | None:
        found = self._store.locate(self._session, event.id)
        return next((place for place in found if place[0] in self._heads), None)


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name} ({number})"
        number += 1
