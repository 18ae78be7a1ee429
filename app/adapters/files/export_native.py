"""Write sessions as Branchline's own JSONL, with all that is needed to compute every hash again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from app.adapters.files.native_lines import branch_line, event_line, header_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.application.ports import EventStore

_encode: Final = msgspec.json.Encoder().encode


def export_native(store: EventStore, sessions: Iterable[str]) -> Iterator[str]:
    """The lines of the file, each with its end; parents stand before the branches made from them."""
    for session in sessions:
        yield _line(header_line(store.header(session), store.header_hash(session)))
        branches = store.branches(session)
        for branch in branches:
            yield _line(branch_line(branch))
        for branch in branches:
            for event in store.iterate(branch.id, branch.fork_position + 1, branch.head):
                yield _line(event_line(event, branch, store.salt_at(branch.id, event.position)))


def _line(value: dict[str, Any]) -> str:
    return _encode(value).decode("utf-8") + "\n"
