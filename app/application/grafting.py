"""A session that is imported again after it went on elsewhere: what is new is put behind what it follows.

An export of next month may show another branch, and a person may have continued the stored one. What is stored stays
where it stands; new events go behind the end of a line, or on a branch that leaves where they left.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from app.application.ports import BranchDraft
from app.domain.events import MAIN, SIDE_STREAMS

if TYPE_CHECKING:
    from app.application.ports import EventStore, SessionDraft
    from app.domain.events import NewEvent

_KIND = "branch"
_OTHER_LINE = "shown later"
"""Name of the branch for what the source shows now and main does not hold."""


class _Place(NamedTuple):
    """An event's branch and position in the store, or where it will stand."""

    branch: str
    position: int


def is_graftable(draft: SessionDraft) -> bool:
    """Whether a draft may be put into what is stored.

    It promises no hashes, its source is none that goes on anyway, and its events can be looked at a second time.
    """
    return not draft.hashes and not draft.continues and isinstance(draft.events, tuple)


def grafted(draft: SessionDraft, store: EventStore) -> tuple[SessionDraft, bool]:
    """The same events on branches that fit to those stored, and whether what the source shows is not main there.

    Raises NotFound for a session that is not stored.
    """
    return _Graft(draft, store).run()


class _Graft:
    def __init__(self, draft: SessionDraft, store: EventStore) -> None:
        self._draft, self._store = draft, store
        stored = store.branches(draft.header.id)
        self._main = stored[0].id
        self._heads = {branch.id: branch.head for branch in stored if branch.kind == _KIND}
        self._names = {branch.name for branch in stored}
        self._drafted = {branch.id: branch for branch in draft.branches}
        self._own: dict[str, list[_Place]] = {MAIN: [], **{one: [] for one in self._drafted}}
        self._made: list[BranchDraft] = []

    def run(self) -> tuple[SessionDraft, bool]:
        events: list[tuple[str, NewEvent]] = []
        for stream, event in self._draft.events:
            if stream in SIDE_STREAMS:
                events.append((stream, event))
                continue
            place = self._stored(event) or self._after(self._before(stream), stream, event)
            self._own[stream].append(place)
            events.append((self._named(place.branch), event))
        is_elsewhere = bool(self._own[MAIN]) and self._own[MAIN][-1].branch != self._main
        return replace(self._draft, events=tuple(events), branches=tuple(self._made)), is_elsewhere

    def _stored(self, event: NewEvent) -> _Place | None:
        found = self._store.locate(self._draft.header.id, event.id)
        return next((_Place(*place) for place in found if place[0] in self._heads), None)

    def _before(self, stream: str) -> _Place:
        """The place of the last event of a drafted line."""
        if self._own[stream]:
            return self._own[stream][-1]
        position = 0
        while (branch := self._drafted.get(stream)) is not None and branch.parent is not None:
            position, stream = branch.fork_position, branch.parent
            inherited = self._drafted[stream].fork_position if stream in self._drafted else 0
            if position > inherited:
                return self._own[stream][position - inherited - 1]
        return _Place(self._main, 0)

    def _after(self, before: _Place, stream: str, event: NewEvent) -> _Place:
        goes_on = bool(self._own[stream]) or stream == MAIN
        if goes_on and self._heads[before.branch] == before.position:
            branch = before.branch
        else:
            branch = self._branch(before, stream, event)
        self._heads[branch] = before.position + 1
        return _Place(branch, before.position + 1)

    def _branch(self, before: _Place, stream: str, event: NewEvent) -> str:
        """A branch that leaves behind ``before``; the same whenever the same event is the first of it."""
        branch_id = str(uuid5(NAMESPACE_URL, f"{self._draft.header.id}:{event.id}"))
        wished = self._drafted[stream].name if stream in self._drafted else _OTHER_LINE
        name, number = wished, 1
        while name in self._names:
            number += 1
            name = f"{wished} ({number})"
        self._names.add(name)
        self._made.append(
            BranchDraft(
                id=branch_id, name=name, kind=_KIND, parent=self._named(before.branch), fork_position=before.position
            )
        )
        return branch_id

    def _named(self, branch: str) -> str:
        return MAIN if branch == self._main else branch
