"""Drafts of chats looked at as lines: what stands before what, on which branch."""

from __future__ import annotations

from app.domain.events import MAIN, Event
from app.domain.fold.fold import fold_all
from app.domain.vocabulary import default_classification


def lines(draft):
    """Branch name -> all its events, inherited ones first."""
    own = {}
    for stream, event in draft.events:
        own.setdefault(stream, []).append(event)
    found = {MAIN: own.get(MAIN, [])}
    named = {MAIN: found[MAIN]}
    for branch in draft.branches:
        line = [*found[branch.parent][: branch.fork_position], *own[branch.id]]
        found[branch.id] = named[branch.name] = line
    return named


def posted(events):
    return [event for event in events if event.type == "conversation.message-posted"]


def said(events):
    return [(event.data["role"], event.data["text"]) for event in posted(events)]


def parents(draft):
    """Message id -> the id of the message before it, of every line; a message has one such."""
    found = {}
    for events in lines(draft).values():
        before = None
        for event in posted(events):
            own = event.data["message_id"]
            assert found.setdefault(own, before) == before
            before = own
    return found


def kinds(events):
    return [event.type.partition(".")[2] for event in events]


def problems(draft):
    """What folds could not apply, over all lines."""
    states = [fold_all(_as_stored(draft, events)) for events in lines(draft).values()]
    return [why for state in states for why, _ in state.lists.get("problems", {}).values()]


def _as_stored(draft, events):
    return [
        Event(
            id=new.id, source=new.source, type=new.type, version=new.version, session=draft.header.id, branch=MAIN,
            position=position, subject=new.subject, time=new.time, recorded_at=0, actor=new.actor,
            causation_id=new.causation_id, correlation_id=None, classification=default_classification(new.type),
            hash="", data=new.data,
        )
        for position, new in enumerate(events, 1)
    ]  # fmt: skip
