"""Conversations of an export one by one, with what is to be told of those that came in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from app.adapters.files import drafting, strict_json
from app.application.ports import ImportNotes
from app.domain.events import NewEvent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from app.application.ports import SessionDraft

DESCRIBED: Final = "derived.session-described"
"""What an export says of a conversation and may say otherwise in the next one."""


def chat_drafts(
    path: Path,
    notes: ImportNotes,
    build: Callable[[Any, ImportNotes], SessionDraft],
    *,
    deepest: int = strict_json.DEEPEST,
) -> Iterator[SessionDraft]:
    """A session for each record of a file. What ``build`` notes counts only when its session comes in."""
    held = ImportNotes()

    def noted(value: Any) -> SessionDraft:
        nonlocal held
        held = ImportNotes(file=notes.file)
        return build(value, held)

    for draft in drafting.drafts_of_values(path, notes, noted, deepest=deepest):
        notes.saw("conversations")
        notes.read.update(held.read)
        notes.not_captured.update(held.not_captured)
        yield draft


def described(draft: SessionDraft, facts: Mapping[str, Any]) -> SessionDraft:
    """The draft with facts that change between exports, kept in the side stream: no import of later ones fails."""
    if not facts:
        return draft
    data = drafting.storable({**facts})
    event = NewEvent(
        id=f"{draft.header.external_id}/described/{drafting.fingerprint(data)}",
        source=draft.header.source,
        type=DESCRIBED,
        data=data,
        actor="system",
    )
    return replace(draft, about=(*draft.about, event))
