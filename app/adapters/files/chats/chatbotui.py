"""Chatbot UI's export (its first version): conversations in ``history``, plain lists without times."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.adapters.files import drafting
from app.adapters.files.chats.entries import described
from app.adapters.files.chats.message_rows import line_of
from app.adapters.files.chats.tree_writer import write_chat
from app.adapters.files.chats.values import beside, identifier, items, mapping, text
from app.adapters.files.chats.whole_files import each, value_of
from app.adapters.files.json_shape import key_paths
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.application.ports import ImportNotes, SessionDraft

FORM: Final = "chatbot-ui"
_ASIDE: Final = ("folders", "prompts")


class ChatbotUiFormat:
    """All conversations of one browser; folders and saved prompts are counted and left out."""

    name = FORM
    title = "Chatbot UI export"

    def recognises(self, head: bytes) -> bool:
        return key_paths(head) >= {"version", "history[].messages[].role"}

    def read(self, path: Path, notes: ImportNotes) -> Iterator[SessionDraft]:
        value = value_of(path, notes)
        if value is None:
            return
        facts = mapping(value)
        for name in _ASIDE:
            if count := len(items(facts.get(name))):
                notes.missed(f"{FORM}: {name} (beside the conversations)", count)
        yield from each(items(facts.get("history")), notes, _session, "conversation")


def _session(value: Any, notes: ImportNotes) -> SessionDraft:
    chat = mapping(value)
    messages = items(chat.get("messages"))
    external_id = identifier(chat.get("id"))
    if external_id is None or not messages:
        raise BadInput("it has no id" if external_id is None else "it has no messages")
    writer = drafting.SessionWriter(drafting.source_of(FORM), external_id)
    writer.add("session.started", "system", {"turn": 0}, part="session")
    if prompt := text(chat.get("prompt")):
        writer.add("conversation.instructions-changed", "system", {"text": prompt, "turn": 0}, part="prompt")
    write_chat(writer, line_of(messages), None, notes, FORM)
    draft = writer.draft(text(chat.get("name")) or "Conversation")
    return described(draft, beside(chat, {"id", "messages", "prompt"}))
