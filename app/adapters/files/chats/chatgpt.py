"""ChatGPT's data export: an array of conversations, each a tree of messages with the node that was shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from app.adapters.files import drafting
from app.adapters.files.chats.chatgpt_beside import beside_of
from app.adapters.files.chats.chatgpt_content import steps_of
from app.adapters.files.chats.entries import chat_drafts, described
from app.adapters.files.chats.steps import ChatNode, Rated, Said, Unknown
from app.adapters.files.chats.tree_writer import in_order_of_children, write_chat
from app.adapters.files.chats.values import beside, identifier, items, mapping, moment, text
from app.adapters.files.json_shape import key_paths
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from app.adapters.files.chats.chatgpt_beside import Beside
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
        about = beside_of(path, notes, FORM)
        return chat_drafts(path, notes, lambda record, held: self._session(record, held, about))

    def _session(self, record: Any, notes: ImportNotes, about: Beside) -> SessionDraft:
        tree = mapping(record).get("mapping")
        if not isinstance(tree, dict):
            raise BadInput(f"the conversation {_called(mapping(record))} has no mapping, so no messages")
        known = identifier(record.get("conversation_id")) or identifier(record.get("id"))
        ratings = about.of_messages(known or "")
        nodes = [_rated(_node(key, value, notes), value, ratings, notes) for key, value in tree.items()]
        used = sum(1 for node in nodes for step in node.steps if isinstance(step, Rated))
        if lost := sum(map(len, ratings.values())) - used:
            notes.missed(f"{FORM}: ratings of messages that are not in their conversation", lost)
        nodes = in_order_of_children(nodes, [items(mapping(one).get("children")) for one in tree.values()])
        if known is None:
            notes.missed(f"{FORM}: ids of conversations")
        external_id = known or drafting.fingerprint(sorted(tree))
        writer = drafting.SessionWriter(drafting.source_of(FORM), external_id, subject=about.subject)
        started = {key: value for key, value in beside(record, ()).items() if key in _LASTING}
        writer.add(
            "session.started", "system", {**started, "turn": 0}, part="session", time=moment(record.get("create_time"))
        )
        shown = identifier(record.get("current_node"))
        planned = write_chat(writer, nodes, shown, notes, FORM)
        if shown not in tree and len(planned.lines) > 1:
            notes.missed(f"{FORM}: which branch was shown (the first replies are main)")
        draft = writer.draft(text(record.get("title")) or _first_words(nodes) or "Conversation")
        facts = beside(record, {*_LASTING, "mapping", "conversation_id", "create_time"})
        if shared := about.shared.get(external_id):
            facts = {**facts, "shared": shared}
        return described(draft, facts)


def _called(record: Mapping[str, Any]) -> str:
    told = text(record.get("title")) or identifier(record.get("id")) or identifier(record.get("conversation_id"))
    return f"“{drafting.shortened(told)}”" if told else "of this entry"


def _node(key: str, value: Any, notes: ImportNotes) -> ChatNode:
    if not isinstance(value, dict):
        return ChatNode(id=key, parent=None, steps=(Unknown(value=value),))
    message = value.get("message")
    parent = identifier(value.get("parent"))
    return ChatNode(id=key, parent=parent, steps=() if message is None else steps_of(message, notes, FORM))


def _rated(node: ChatNode, value: Any, ratings: Mapping[str, Sequence[Rated]], notes: ImportNotes) -> ChatNode:
    """The node with what the person said of its message in a file of its own."""
    own = identifier(mapping(mapping(value).get("message")).get("id"))
    found = ratings.get(node.id) or (ratings.get(own) if own else None)
    if not found or not node.steps:
        return node
    notes.saw("ratings", len(found))
    return replace(node, steps=(*node.steps, *found))


def _first_words(nodes: Sequence[ChatNode]) -> str:
    said = (step for node in nodes for step in node.steps if isinstance(step, Said))
    return next((drafting.shortened(step.text) for step in said if step.role == "user" and step.text.strip()), "")
