"""Full-text search over all sessions and branches: keeps the index up with the log, and tells what was found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar

from app.application.ports import SearchIndexLost, Wanted, no_progress
from app.domain.branches import clip
from app.domain.errors import StoreUnusable
from app.domain.event_filter import EventFilter
from app.domain.events import SIDE_STREAMS, to_rfc3339
from app.domain.search_text import Snippet, needles, snippet_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from app.application.branch_labels import BranchLabels
    from app.application.ports import EventStore, Place, Progress, SearchIndex
    from app.domain.branches import Branch
    from app.domain.events import Event

T = TypeVar("T")

BATCH: Final = 2_048
PAGE: Final = 200
EFFORT: Final = 512
"""Blocks of events (128 at most each) that are read only to count hits beyond a page."""
_ATTEMPTS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """What is looked for, and where.

    Attributes:
        text: words that must all occur in an event's texts; phrases between double quotes.
        session: id; only there, side streams included.
        branch: id; only on the line of this branch, inherited events included.
    """

    text: str = ""
    filter: EventFilter = field(default_factory=EventFilter)
    session: str | None = None
    branch: str | None = None

    @property
    def is_empty(self) -> bool:
        return not needles(self.text) and self.filter.is_empty


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An event that was found.

    Attributes:
        branch, branch_name: the branch that owns it, or the side stream.
        target: (branch id or None, position) to go to: of a side stream's event the moment that it speaks of.
    """

    event: Event
    title: str
    branch_name: str
    target: tuple[str | None, int]
    snippet: Snippet

    def to_json(self) -> dict[str, Any]:
        return {
            "session": self.event.session,
            "title": self.title,
            "branch": self.branch_name,
            "branch_id": self.event.branch,
            "position": self.event.position,
            "event": self.event.id,
            "type": self.event.type,
            "actor": self.event.actor,
            "time": to_rfc3339(self.event.time),
            "snippet": self.snippet.text,
            "match": [self.snippet.start, self.snippet.end],
        }


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Hits ``first`` and on; ``total`` is the least there are when ``is_exact`` is False."""

    hits: tuple[Hit, ...]
    first: int
    total: int
    is_exact: bool


class Searching:
    """May be called from any thread."""

    def __init__(self, store: EventStore, index: SearchIndex, labels: BranchLabels | None = None) -> None:
        """``labels`` tells the names that branches have now; without it they go by the ones they were made with."""
        self._store, self._index, self._labels = store, index, labels
        self._titles: dict[str, str] = {}
        self._branches: dict[str, Branch] = {}

    def search(
        self,
        request: SearchRequest,
        *,
        first: int = 0,
        count: int = PAGE,
        effort: int | None = EFFORT,
        progress: Progress = no_progress,
    ) -> SearchPage:
        """Sessions that the store saw last come first, each by position. An empty request finds nothing.

        Raises NotFound for an unknown session or branch, Cancelled where ``progress`` does.
        """
        if request.is_empty:
            return SearchPage((), first, 0, is_exact=True)
        wanted = self._wanted(request)

        def find() -> SearchPage:
            self._catch_up(progress)
            found = self._index.find(wanted, first, count, effort, progress)
            return SearchPage(
                tuple(self._hits(found.places, wanted.needles)), first, found.total, is_exact=found.is_exact
            )

        return self._insisted(find)

    def positions(self, request: SearchRequest, *, progress: Progress = no_progress) -> tuple[int, ...]:
        """All positions, rising, that a request finds on the line of its branch."""
        if request.is_empty:
            return ()
        wanted = self._wanted(request)

        def find() -> tuple[int, ...]:
            self._catch_up(progress)
            found = self._index.find(wanted, 0, self._store.recorded_count(), None, progress)
            return tuple(place.position for place in found.places)

        return self._insisted(find)

    def places(self, wanted: Wanted, *, progress: Progress = no_progress) -> tuple[Place, ...]:
        """Where all events stand that are wanted."""

        def find() -> tuple[Place, ...]:
            self._catch_up(progress)
            return self._index.find(wanted, 0, self._store.recorded_count(), None, progress).places

        return self._insisted(find)

    def sessions_holding(self, text: str, *, progress: Progress = no_progress) -> frozenset[str]:
        """Ids of sessions whose events hold every word of a text, each anywhere; none for a text without words."""
        wanted = sorted(needles(text), key=len, reverse=True)  # longer ones are mostly rarer
        found: frozenset[str] | None = None
        for needle in wanted:
            places = self.places(Wanted(needles=(needle,)), progress=progress)
            holding = frozenset(place.session for place in places)
            found = holding if found is None else found & holding
            if not found:
                break
        return found or frozenset()

    def holding(
        self, branch: str, piece: str, types: tuple[str, ...], last: int, progress: Progress
    ) -> Sequence[int] | None:
        """Positions up to ``last`` on a branch's line of events of these types with a text that holds a folded piece.

        Rising; None when the index lacks more events than are quickly read, or cannot be used just now.
        """
        line = clip(self._store.lineage(branch), 1, last)
        wanted = Wanted(needles=(piece,), filter=EventFilter(types=types), line=line)
        try:
            number, known = self._index.covered()
            total = self._store.recorded_count()
            if total - number > BATCH or not self._is_ours(number, known):
                return None
            self._catch_up(progress)
            found = self._index.find(wanted, 0, total, None, progress)
        except (SearchIndexLost, StoreUnusable):  # whoever asks can read the events instead
            return None
        return sorted(place.position for place in found.places)

    def catch_up(self, progress: Progress = no_progress) -> None:
        """Cover what was stored since the last time; stopping half-way (``Cancelled``) keeps what was done."""
        self._insisted(lambda: self._catch_up(progress))

    def hits(self, places: Iterable[Place], text: str = "") -> tuple[Hit, ...]:
        """The events at places that were found before."""
        return tuple(self._hits(tuple(places), needles(text)))

    def _insisted(self, work: Callable[[], T]) -> T:
        """A damaged index is begun anew, and the work with it."""
        for _ in range(_ATTEMPTS):
            try:
                return work()
            except SearchIndexLost:
                continue
        raise StoreUnusable("the search index cannot be kept: its file is damaged again and again")

    def _catch_up(self, progress: Progress) -> None:
        total = self._store.recorded_count()
        number, known = self._index.covered()
        if number and not self._is_ours(number, known):
            self._index.forget()
            number = 0
        while number < total:
            self._index.add(self._store.brief_after(number, BATCH))
            reached, _ = self._index.covered()
            if reached == number:
                raise SearchIndexLost
            number = reached
            progress(min(number, total), total, "indexing")

    def _is_ours(self, number: int, known: str) -> bool:
        """Whether the index belongs to this history, and not to a store that stood in this one's place."""
        found = self._store.brief_after(number - 1, 1)
        return bool(found) and found[0].hash == known

    def _wanted(self, request: SearchRequest) -> Wanted:
        if request.session is not None:
            self._store.header(request.session)
        line = None if request.branch is None else self._store.lineage(request.branch)
        return Wanted(needles=needles(request.text), filter=request.filter, session=request.session, line=line)

    def _hits(self, places: Sequence[Place], wanted: tuple[str, ...]) -> Iterator[Hit]:
        by_branch: dict[str, list[int]] = {}
        for place in places:
            by_branch.setdefault(place.branch, []).append(place.position)
        events = {
            (branch, event.position): event
            for branch, positions in by_branch.items()
            for event in self._store.events_at(branch, positions)
        }
        names = {branch: self._name(branch) for branch in by_branch}
        for place in places:
            yield self._hit(events[place.branch, place.position], names[place.branch], wanted)

    def _name(self, branch: str) -> str:
        found = self._branch(branch)
        return found.name if self._labels is None else self._labels.named(found).name

    def _hit(self, event: Event, branch_name: str, wanted: tuple[str, ...]) -> Hit:
        branch = self._branch(event.branch)
        return Hit(
            event=event,
            title=self._title(event.session),
            branch_name=branch_name,
            target=_target(event, branch),
            snippet=snippet_of(event.type, event.data, wanted),
        )

    def _branch(self, branch: str) -> Branch:
        found = self._branches.get(branch)
        if found is None:
            found = self._branches[branch] = self._store.branch(branch)
        return found

    def _title(self, session: str) -> str:
        title = self._titles.get(session)
        if title is None:
            title = self._titles[session] = self._store.header(session).title
        return title


def _target(event: Event, branch: Branch) -> tuple[str | None, int]:
    if branch.kind not in SIDE_STREAMS:
        return branch.id, event.position
    named, position = event.data.get("branch"), event.data.get("position", event.data.get("fork_position"))
    return (named if isinstance(named, str) else None), (position if isinstance(position, int) else 0)
