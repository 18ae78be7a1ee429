"""ShareGPT and its kin: ``conversations`` of ``{"from", "value"}``, with tools, preferences and labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.adapters.files.chats.entries import chat_drafts
from app.adapters.files.chats.row_session import Row, session_of
from app.adapters.files.chats.values import identifier, mapping, parsed, text
from app.adapters.files.json_shape import key_paths
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.application.ports import ImportNotes, SessionDraft

_LISTS: Final = ("conversations", "conversation", "items")
_SHAPES: Final = tuple(frozenset({f"{name}[].from"}) for name in _LISTS) + tuple(
    frozenset({f"{name}[].role", f"{name}[].content"}) for name in _LISTS[:2]
)


class ShareGptFormat:
    """One conversation a row; a row without an id is known by its content."""

    name = "sharegpt"
    title = "ShareGPT"

    def recognises(self, head: bytes) -> bool:
        paths = key_paths(head)
        return any(shape <= paths for shape in _SHAPES)

    def read(self, path: Path, notes: ImportNotes) -> Iterator[SessionDraft]:
        return chat_drafts(path, notes, self._session)

    def _session(self, record: Any, notes: ImportNotes) -> SessionDraft:
        row = mapping(record)
        name = next((name for name in _LISTS if isinstance(row.get(name), list)), None)
        if name is None:
            raise BadInput("there is no list of conversations")
        if identifier(row.get("id")) is None:
            notes.missed("sharegpt: ids of conversations")
        messages, taken = row[name], {name}
        rejected = None
        if "chosen" in row and "rejected" in row:
            taken |= {"chosen", "rejected"}
            rejected = [*messages, *answer(row["rejected"])]
            messages = [*messages, *answer(row["chosen"])]
        label = row.get("label") if isinstance(row.get("label"), bool) else None
        told = {**row, "tools": parsed(row["tools"])} if "tools" in row else row
        system = text(row.get("system"))
        taken |= {"system"} if system else set()
        built = Row(messages=messages, rejected=rejected, label=label, system=system, taken=taken)
        return session_of(self.name, told, built, notes)


def answer(value: Any) -> list[Any]:
    """An answer as messages: it may be plain text, one message or several."""
    if isinstance(value, list):
        return value
    return [{"role": "assistant", "content": value}] if isinstance(value, str) else [value]
