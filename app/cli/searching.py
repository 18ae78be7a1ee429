"""Commands that look for events: search, story; and the filters that ``events`` shares with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.cli.opening import opened_store
from app.cli.output import ProgressLine, escaped, one_line, print_json, say
from app.domain.errors import BadInput
from app.domain.event_filter import EventFilter
from app.domain.events import envelope, to_rfc3339

if TYPE_CHECKING:
    import argparse

    from app.application.searching import Hit

PAGE = 200
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


def filter_of(options: argparse.Namespace) -> EventFilter:
    return EventFilter(
        types=tuple(options.types),
        actors=tuple(options.actors),
        subjects=tuple(options.subjects),
        classifications=tuple(options.classifications),
        since=options.since,
        until=options.until,
    )


def search(options: argparse.Namespace) -> int:
    from app.application.searching import SearchRequest

    if options.branch is not None and options.session is None:
        raise BadInput("--branch names a branch of a session: give --session too")
    progress = ProgressLine()
    with opened_store(options.store) as core:
        session = None if options.session is None else core.library.session(options.session).header.id
        branch = None
        if session is not None and options.branch is not None:
            branch = core.library.branch(session, options.branch).id
        request = SearchRequest(text=options.text, filter=filter_of(options), session=session, branch=branch)
        if request.is_empty:
            raise BadInput("there is nothing to look for: give a text, or a filter such as --type")
        try:
            page = core.searching.search(request, count=options.limit, progress=progress)
        finally:
            progress.close()
        if options.json:
            print_json([hit.to_json() for hit in page.hits])
        else:
            _print_hits(page.hits)
        if page.total > len(page.hits):
            least = "" if page.is_exact else "at least "
            say(f"{len(page.hits):,} of {least}{page.total:,} hits; --limit shows more")
        elif not page.hits:
            say("no event holds that")
    return 0


def _print_hits(hits: tuple[Hit, ...]) -> None:
    shown = ""
    for hit in hits:
        if hit.event.session != shown:
            shown = hit.event.session
            print(f"{one_line(hit.title)[:80]}  ({one_line(shown)})")
        branch = "" if hit.branch_name == "main" else f"{one_line(hit.branch_name)[:24]}  "
        print(f"{hit.event.position:8,}  {branch}{one_line(hit.event.type)}  {_marked(hit)}")


def _marked(hit: Hit) -> str:
    """The snippet, the hit in bold where the output is a terminal."""
    import sys

    found = hit.snippet
    before, match, after = found.text[: found.start], found.text[found.start : found.end], found.text[found.end :]
    if not sys.stdout.isatty():
        return escaped(found.text)
    return f"{escaped(before)}{_BOLD}{escaped(match)}{_PLAIN}{escaped(after)}"


def story(options: argparse.Namespace) -> int:
    progress = ProgressLine()
    with opened_store(options.store) as core:
        try:
            told = core.stories.story(options.subject, progress)
        finally:
            progress.close()
        titles = {one.header.id: one.header.title for one in told.sessions}
        if options.json:
            print_json(
                [
                    {**envelope(hit.event, branch_name=hit.branch_name), "title": titles[hit.event.session]}
                    for first in range(0, len(told.places), PAGE)
                    for hit in core.searching.hits(told.places[first : first + PAGE])
                ]
            )
            return 0
        last = ""
        for first in range(0, len(told.places), PAGE):
            for hit in core.searching.hits(told.places[first : first + PAGE]):
                if hit.event.session != last:
                    last = hit.event.session
                    print(f"{one_line(titles[last])[:80]}  ({one_line(last)})")
                time = to_rfc3339(hit.event.time) or "-"
                said = escaped(hit.snippet.text[:80])
                print(f"{hit.event.position:8,}  {time:20}  {one_line(hit.event.type):34}  {said}")
    return 0
