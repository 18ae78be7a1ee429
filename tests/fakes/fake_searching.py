"""Search over made-up sessions: every fifth event of each says the same few words."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from fakes.making import event

from app.application.ports import Place
from app.application.searching import Hit, SearchPage, SearchRequest
from app.application.stories import Story
from app.domain.errors import BranchlineError, NotFound
from app.domain.search_text import fold, needles, snippet_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

SAID = "I want a refund for the 蓝色衬衫订单, and quickly please."
EVERY = 5


class FakeSearching:
    """Remembers what it was asked; fails or waits when told to."""

    def __init__(self, history: Any) -> None:
        self._history = history
        self.asked: list[SearchRequest] = []
        self.failure: BranchlineError | None = None
        self.gate: threading.Event | None = None

    def search(self, request: SearchRequest, *, first: int = 0, count: int = 200, progress: Any) -> SearchPage:
        self.asked.append(request)
        if self.gate is not None:
            self.gate.wait(5)
        progress(1, 2, "indexing")
        if self.failure is not None:
            raise self.failure
        places = self._places(request)
        return SearchPage(self.hits(places[first : first + count], request.text), first, len(places), is_exact=True)

    def positions(self, request: SearchRequest, *, progress: Any) -> tuple[int, ...]:
        return tuple(place.position for place in self._places(request) if place.branch == request.branch)

    def hits(self, places: Iterable[Place], text: str = "", /) -> tuple[Hit, ...]:
        return tuple(self._hit(place, needles(text)) for place in places)

    def sessions_holding(self, text: str, *, progress: Any) -> frozenset[str]:
        progress(1, 2, "searching")
        if self.failure is not None:
            raise self.failure
        held = bool(needles(text)) and all(needle in fold(SAID) for needle in needles(text))
        return frozenset(one.header.id for one in self._history.summaries if held and one.events >= EVERY)

    def story(self, subject: str, progress: Callable[[int, int | None, str], None], /) -> Story:
        own = tuple(one for one in self._history.summaries if one.header.subject == subject)
        if not own:
            raise NotFound(f"there is no customer {subject!r}")
        places = [Place(one.header.id, f"{one.header.id}/main", at) for one in own for at in range(1, one.events + 1)]
        return Story(subject, own, tuple(places))

    def _places(self, request: SearchRequest) -> list[Place]:
        if not all(needle in fold(SAID) for needle in needles(request.text)):
            return []
        return [
            Place(one.header.id, f"{one.header.id}/main", position)
            for one in self._history.summaries
            for position in range(EVERY, one.events + 1, EVERY)
            if request.session in (None, one.header.id) and request.branch in (None, f"{one.header.id}/main")
        ]

    def _hit(self, place: Place, wanted: tuple[str, ...]) -> Hit:
        made = event(place.position, "conversation.message-posted", {"text": SAID}, session=place.session,
                     branch=place.branch)  # fmt: skip
        title = next(one.header.title for one in self._history.summaries if one.header.id == place.session)
        snippet = snippet_of(made.type, made.data, wanted)
        return Hit(event=made, title=title, branch_name="main", target=(place.branch, place.position), snippet=snippet)
