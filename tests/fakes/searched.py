"""A store with everything that search has to get right, and the plain reading that it must agree with."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from fakes.making import new_event

from app.application.ports import SessionDraft
from app.domain.search_text import holds_all, needles
from app.domain.sessions import SessionHeader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.application.ports import EventStore
    from app.application.searching import SearchPage, SearchRequest

Found = list[tuple[str, str, int]]


def store_texts(store: EventStore, session: str, texts: Sequence[str], subject: str | None = None) -> None:
    """A session with one message a text."""
    header = SessionHeader(id=session, title=f"Title of {session}", source="urn:test", subject=subject)
    events = [("main", text_event(f"{session}-{number}", text)) for number, text in enumerate(texts)]
    store.store_session(SessionDraft(header=header, events=events))


def text_event(event_id: str, text: str, **more: object):  # type: ignore[no-untyped-def]
    return new_event(0, "conversation.message-posted", {"role": "user", "text": text}, id=event_id, **more)


def scanned(store: EventStore, request: SearchRequest) -> Found:
    """(session, branch, position) of every event that holds what is asked for, in the order of search."""
    wanted = needles(request.text)
    found = []
    for age, summary in enumerate(store.sessions()):
        for branch in store.branches(summary.header.id):
            for event in store.iterate(branch.id):
                passes = request.session in (None, event.session) and request.filter.matches(event)
                if event.branch == branch.id and passes and holds_all(event.type, event.data, wanted):
                    found.append((age, event.position, (event.session, event.branch, event.position)))
    lines = [(part.owner, part.first, part.last) for part in store.lineage(request.branch)] if request.branch else None
    places = [place for *_, place in sorted(found)]
    if lines is None:
        return places
    return [one for one in places if any(one[1] == line[0] and line[1] <= one[2] <= line[2] for line in lines)]


def places(page: SearchPage) -> Found:
    """The same of a page; events of one position on several branches may come in any order, here by branch."""
    found = [(hit.event.session, hit.event.branch, hit.event.position) for hit in page.hits]
    runs = groupby(found, key=lambda place: (place[0], place[2]))
    return [place for _, run in runs for place in sorted(run)]
