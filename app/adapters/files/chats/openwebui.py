"""Open WebUI's export: rows around a chat object, or that object alone; messages by id, the last one shown named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.adapters.files import drafting
from app.adapters.files.chats.entries import chat_drafts, described
from app.adapters.files.chats.openwebui_content import FORM, steps_of
from app.adapters.files.chats.steps import ChatNode, Unknown
from app.adapters.files.chats.tree_writer import in_order_of_children, write_chat
from app.adapters.files.chats.values import beside, identifier, items, mapping, moment, text
from app.adapters.files.json_shape import key_paths
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from app.application.ports import ImportNotes, SessionDraft

_LASTING: Final = frozenset({"id", "user_id"})
_DESCRIBED: Final = frozenset({*_LASTING, "chat", "created_at", "history", "messages", "timestamp"})


class OpenWebUiFormat:
    """Chats as trees; answers of several models to one prompt are branches named after the models."""

    name = FORM
    title = "Open WebUI export"

    def recognises(self, head: bytes) -> bool:
        paths = key_paths(head)
        alone = "history.messages" in paths and "history[].messages" not in paths
        return alone or "chat.history" in paths or "chat.messages[].role" in paths

    def read(self, path: Path, notes: ImportNotes) -> Iterator[SessionDraft]:
        return chat_drafts(path, notes, self._session)

    def _session(self, record: Any, notes: ImportNotes) -> SessionDraft:
        row = mapping(record)
        chat = mapping(row.get("chat")) or row
        nodes, shown = _nodes(chat, notes)
        external_id = identifier(row.get("id")) or identifier(chat.get("id"))
        if external_id is None:
            external_id = drafting.fingerprint(chat)
            notes.missed(f"{FORM}: ids of conversations")
        writer = drafting.SessionWriter(drafting.source_of(FORM), external_id, subject=identifier(row.get("user_id")))
        time = moment(row.get("created_at")) or moment(chat.get("timestamp"))
        started = {key: value for key, value in beside(row, ()).items() if key in _LASTING}
        writer.add("session.started", "system", {**started, "turn": 0}, part="session", time=time)
        if system := text(chat.get("system")) or text(mapping(chat.get("params")).get("system")):
            writer.add(
                "conversation.instructions-changed", "system", {"text": system, "turn": 0}, part="system", time=time
            )
        write_chat(writer, nodes, shown, notes, FORM)
        draft = writer.draft(text(row.get("title")) or text(chat.get("title")) or "Conversation")
        facts = beside(row, _DESCRIBED)
        about = beside(chat, {*_DESCRIBED, "title"})
        return described(draft, {**facts, "chat": about} if about and chat is not row else facts)


def _nodes(chat: Mapping[str, Any], notes: ImportNotes) -> tuple[list[ChatNode], str | None]:
    """The messages in order of their parents' lists, and the one that was shown last."""
    history = mapping(chat.get("history"))
    stored = history.get("messages")
    if isinstance(stored, dict) and stored:
        named = _several_models(stored)
        nodes = [_node(key, value, named, notes) for key, value in stored.items()]
        children = [items(mapping(one).get("childrenIds")) for one in stored.values()]
        return in_order_of_children(nodes, children), identifier(history.get("currentId"))
    listed = chat.get("messages")
    if not isinstance(listed, list):
        raise BadInput("the chat has neither a history nor messages")
    return _line(listed, notes), None


def _line(listed: list[Any], notes: ImportNotes) -> list[ChatNode]:
    """An old export's plain list."""
    nodes: list[ChatNode] = []
    for number, one in enumerate(listed):
        key = identifier(mapping(one).get("id")) or f"message-{number}"
        node = _node(key, one, frozenset(), notes)
        nodes.append(ChatNode(id=key, parent=nodes[-1].id if nodes else None, steps=node.steps))
    return nodes


def _node(key: str, value: Any, named: frozenset[str], notes: ImportNotes) -> ChatNode:
    message = mapping(value)
    if not text(message.get("role")):
        return ChatNode(id=key, parent=identifier(message.get("parentId")), steps=(Unknown(value=value),))
    name = text(message.get("modelName")) or text(message.get("model"))
    return ChatNode(
        id=key,
        parent=identifier(message.get("parentId")),
        steps=steps_of(message, notes),
        name=name if key in named else "",
    )


def _several_models(stored: Mapping[str, Any]) -> frozenset[str]:
    """Answers that stand beside one of another model."""
    models: dict[str | None, set[str]] = {}
    for one in map(mapping, stored.values()):
        if one.get("role") == "assistant":
            models.setdefault(identifier(one.get("parentId")), set()).add(text(one.get("model")))
    return frozenset(
        key for key, one in stored.items() if len(models.get(identifier(mapping(one).get("parentId")), ())) > 1
    )
