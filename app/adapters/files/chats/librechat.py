"""LibreChat's export of one conversation: a flat list, a tree in ``children``, or ``messagesTree``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.adapters.files import drafting
from app.adapters.files.chats.entries import chat_drafts, described
from app.adapters.files.chats.librechat_content import FORM, steps_of
from app.adapters.files.chats.steps import ChatNode, Unknown
from app.adapters.files.chats.tree_writer import last_written, write_chat
from app.adapters.files.chats.values import beside, identifier, items, mapping, moment, text
from app.adapters.files.json_shape import key_paths
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from app.application.ports import ImportNotes, SessionDraft

ROOT: Final = "00000000-0000-0000-0000-000000000000"
DEEPEST: Final = 900
"""A tree in ``children`` is nested twice a message; Python's reader of JSON ends at about a thousand levels."""
_LISTS: Final = ("messagesTree", "messages")
_DESCRIBED: Final = frozenset({*_LISTS, "conversationId"})


class LibreChatFormat:
    """One conversation with its options, or an array of them; the branch written last is the one LibreChat shows."""

    name = FORM
    title = "LibreChat export"

    def recognises(self, head: bytes) -> bool:
        paths = key_paths(head)
        listed = not paths.isdisjoint({"messages[].messageId", "messagesTree[].messageId"})
        return listed or ("conversationId" in paths and not paths.isdisjoint(_LISTS))

    def read(self, path: Path, notes: ImportNotes) -> Iterator[SessionDraft]:
        return chat_drafts(path, notes, self._session, deepest=DEEPEST)

    def _session(self, record: Any, notes: ImportNotes) -> SessionDraft:
        facts = mapping(record)
        listed = next((facts[key] for key in _LISTS if isinstance(facts.get(key), list)), None)
        if not listed:
            raise BadInput("the conversation has no messages")
        messages = _flat(listed)
        external_id = identifier(facts.get("conversationId"))
        if external_id is None:
            external_id = drafting.fingerprint([identifier(one.get("messageId")) for _, one in messages])
            notes.missed(f"{FORM}: ids of conversations")
        writer = drafting.SessionWriter(drafting.source_of(FORM), external_id, subject=_subject(messages))
        self._begin(writer, facts, messages)
        nodes = [_node(one, parent, notes) for parent, one in messages]
        times = {node.id: moment(one.get("createdAt")) for node, (_, one) in zip(nodes, messages, strict=True)}
        shown = last_written((node.id, node.parent, times[node.id]) for node in nodes)
        planned = write_chat(writer, nodes, shown, notes, FORM)
        if len(planned.lines) > 1:
            notes.missed(f"{FORM}: which branch was shown (the one written last is main)")
        if facts.get("branches") is False:
            notes.missed(f"{FORM}: branches (the export was made without them)")
        draft = writer.draft(text(facts.get("title")) or "Conversation")
        return described(draft, beside(facts, _DESCRIBED))

    @staticmethod
    def _begin(writer: drafting.SessionWriter, facts: Mapping[str, Any], messages: list[_Message]) -> None:
        time = moment(messages[0][1].get("createdAt"))
        writer.add("session.started", "system", {"turn": 0}, part="session", time=time)
        options = mapping(facts.get("options"))
        system = text(options.get("promptPrefix")) or text(options.get("system")) or text(options.get("instructions"))
        if system:
            data = {"text": system, "turn": 0}
            writer.add("conversation.instructions-changed", "system", data, part="options", time=time)


_Message = tuple[str | None, "Mapping[str, Any]"]
"""The id of the message that a tree hangs it under, None in a flat list; and the message."""


def _flat(listed: list[Any]) -> list[_Message]:
    """All messages, those of a tree behind the one they hang under."""
    found: list[_Message] = []
    waiting: list[tuple[str | None, Any]] = [(None, one) for one in reversed(listed)]
    while waiting:
        above, one = waiting.pop()
        message = one if isinstance(one, dict) else {"unknown": one}
        found.append((above, message))
        own = identifier(message.get("messageId"))
        waiting.extend((own, child) for child in reversed(items(message.get("children"))))
    return found


def _node(message: Mapping[str, Any], above: str | None, notes: ImportNotes) -> ChatNode:
    named = identifier(message.get("parentMessageId"))
    parent = above or (None if named == ROOT else named)
    own = identifier(message.get("messageId"))
    if own is None:
        own = f"message-{drafting.fingerprint({**message, 'children': None})}"
        return ChatNode(id=own, parent=parent, steps=(Unknown(value=beside(message, {"children"})),))
    return ChatNode(id=own, parent=parent, steps=steps_of(message, notes))


def _subject(messages: list[_Message]) -> str | None:
    return next((user for _, one in messages if (user := identifier(one.get("user")))), None)
