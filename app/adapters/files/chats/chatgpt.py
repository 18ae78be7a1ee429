"""ChatGPT's data export: an array of conversations, each a tree of messages with the node that was shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.adapters.files import drafting
from app.adapters.files.chats.chatgpt_content import steps_of
from app.adapters.files.chats.entries import chat_drafts, described
from app.adapters.files.chats.steps import ChatNode, Said, Unknown
from app.adapters.files.chats.tree_writer import in_order_of_children, write_chat
from app.adapters.files.chats.values import beside, identifier, items, mapping, moment, text
from app.adapters.files.json_shape import key_paths
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from app.application.ports import ImportNotes, SessionDraft

FORM: Final = "chatgpt"
_ASIDE: Final = frozenset({"current_node", "conversation_id", "create_time", "title", "async_status"})
_LASTING: Final = frozenset({"id", "conversation_template_id", "conversation_origin", "gizmo_id", "gizmo_type"})
"""What a conversation keeps while it goes on."""


class ChatGptFormat:
    """Conversations with ids; hidden messages are kept and marked, an entry without messages is left out."""

    name = FORM
    title = "ChatGPT export"

    def recognises(self, head: bytes) -> bool:
        paths = key_paths(head)
        return "mapping" in paths and not paths.isdisjoint(_ASIDE)

    def read(self, path: Path, notes: ImportNotes) -> Iterator[SessionDraft]:
        return chat_drafts(path, notes, self._session)

    def _session(self, record: Any, notes: ImportNotes) -> SessionDraft:
        tree = mapping(record).get("mapping")
        if not isinstance(tree, dict):
            raise BadInput(f"the conversation {_called(mapping(record))} has no mapping, so no messages")
        nodes = [_node(key, value, notes) for key, value in tree.items()]
        nodes = in_order_of_children(nodes, [items(mapping(one).get("children")) for one in tree.values()])
        external_id = identifier(record.get("conversation_id")) or identifier(record.get("id"))
        if external_id is None:
            external_id = drafting.fingerprint(sorted(tree))
            notes.missed(f"{FORM}: ids of conversations")
        writer = drafting.SessionWriter(drafting.source_of(FORM), external_id)
        started = {key: value for key, value in beside(record, ()).items() if key in _LASTING}
        writer.add(
            "session.started", "system", {**started, "turn": 0}, part="session", time=moment(record.get("create_time"))
        )
        shown = identifier(record.get("current_node"))
        planned = write_chat(writer, nodes, shown, notes, FORM)
        if shown not in tree and len(planned.lines) > 1:
            notes.missed(f"{FORM}: which branch was shown (the first replies are main)")
        draft = writer.draft(text(record.get("title")) or _first_words(nodes) or "Conversation")
        return described(draft, beside(record, {*_LASTING, "mapping", "conversation_id", "create_time"}))


def _called(record: Mapping[str, Any]) -> str:
    told = text(record.get("title")) or identifier(record.get("id")) or identifier(record.get("conversation_id"))
    return f"“{drafting.shortened(told)}”" if told else "of this entry"


def _node(key: str, value: Any, notes: ImportNotes) -> ChatNode:
    if not isinstance(value, dict):
        return ChatNode(id=key, parent=None, steps=(Unknown(value=value),))
    message = value.get("message")
    parent = identifier(value.get("parent"))
    return ChatNode(id=key, parent=parent, steps=() if message is None else steps_of(message, notes, FORM))


def _first_words(nodes: Sequence[ChatNode]) -> str:
    said = (step for node in nodes for step in node.steps if isinstance(step, Said))
    return next((drafting.shortened(step.text) for step in said if step.role == "user" and step.text.strip()), "")
