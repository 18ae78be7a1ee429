"""Writes sessions as Branchline's JSONL of version 1, which is still read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from app.domain.events import envelope, to_rfc3339

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.application.ports import EventStore
    from app.domain.branches import Branch
    from app.domain.events import Event
    from app.domain.sessions import SessionHeader

VERSION = 1


def export_v1(store: EventStore, sessions: Iterable[str]) -> Iterator[str]:
    for session in sessions:
        yield _line(header_line(store.header(session), store.header_hash(session)))
        branches = store.branches(session)
        for branch in branches:
            yield _line(branch_line(branch))
        for branch in branches:
            for event in store.iterate(branch.id, branch.fork_position + 1, branch.head):
                yield _line(event_line(event, branch, store.salt_at(branch.id, event.position)))


def _line(value: dict[str, Any]) -> str:
    return msgspec.json.encode(value).decode("utf-8") + "\n"


def header_line(header: SessionHeader, header_hash: str) -> dict[str, Any]:
    session = {
        "id": header.id,
        "title": header.title,
        "source": header.source,
        "external_id": header.external_id,
        "subject": header.subject,
        "created_at": to_rfc3339(header.created_at),
        "hash": header_hash,
    }
    return {"branchline": VERSION, "session": session}


def branch_line(branch: Branch) -> dict[str, Any]:
    fields = {
        "id": branch.id,
        "name": branch.name,
        "kind": branch.kind,
        "parent": branch.parent,
        "fork_position": branch.fork_position,
        "fork_hash": branch.fork_hash,
        "created_at": to_rfc3339(branch.created_at),
        "head": branch.head,
    }
    return {"branch": fields}


def event_line(event: Event, branch: Branch, salt: bytes) -> dict[str, Any]:
    return {**envelope(event, branch_name=branch.name), "salt": salt.hex()}
