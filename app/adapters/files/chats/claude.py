"""Claude.ai's data export: conversations whose messages may name the one before them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from app.adapters.files import drafting
from app.adapters.files.chats.claude_content import steps_of
from app.adapters.files.chats.entries import chat_drafts, described
from app.adapters.files.chats.steps import ChatNode, Unknown
from app.adapters.files.chats.tree_writer import last_written, write_chat
from app.adapters.files.chats.values import beside, identifier, mapping, moment, text
from app.adapters.files.json_shape import key_paths
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from app.application.ports import ImportNotes, SessionDraft

FORM: Final = "claude-ai"
ROOT: Final = "00000000-0000-4000-8000-000000000000"
_LASTING: Final = frozenset({"uuid", "account", "model", "project", "project_uuid", "platform"})
_DESCRIBED: Final = frozenset({*_LASTING, "chat_messages", "created_at"})


class ClaudeFormat:
    """Conversations as trees where messages name their parents, else as one line in order of time."""

    name = FORM
    title = "Claude.ai export"

    def recognises(self, head: bytes) -> bool:
        paths = key_paths(head)
        return "chat_messages" in paths and not paths.isdisjoint({"uuid", "chat_messages[].sender"})

    def read(self, path: Path, notes: ImportNotes) -> Iterator[SessionDraft]:
        return chat_drafts(path, notes, self._session)

    def _session(self, record: Any, notes: ImportNotes) -> SessionDraft:
        facts = mapping(record)
        messages = facts.get("chat_messages")
        if not isinstance(messages, list):
            raise BadInput("the conversation has no chat_messages")
        external_id = identifier(facts.get("uuid"))
        if external_id is None:
            external_id = drafting.fingerprint(messages)
            notes.missed(f"{FORM}: ids of conversations")
        subject = identifier(mapping(facts.get("account")).get("uuid"))
        writer = drafting.SessionWriter(drafting.source_of(FORM), external_id, subject=subject)
        started = {key: value for key, value in beside(facts, ()).items() if key in _LASTING}
        time = moment(facts.get("created_at"))
        writer.add("session.started", "system", {**started, "turn": 0}, part="session", time=time)
        nodes, times = _nodes(messages, notes)
        shown = identifier(facts.get("current_leaf_message_uuid"))
        if shown is None:
            shown = last_written((node.id, node.parent, times[node.id]) for node in nodes)
        planned = write_chat(writer, nodes, shown, notes, FORM)
        if len(planned.lines) > 1 and "current_leaf_message_uuid" not in facts:
            notes.missed(f"{FORM}: which branch was shown (the one written last is main)")
        draft = writer.draft(text(facts.get("name")) or _opening(messages) or "Conversation")
        return described(draft, beside(facts, _DESCRIBED))


def _nodes(messages: Sequence[Any], notes: ImportNotes) -> tuple[list[ChatNode], dict[str, int | None]]:
    """The messages, and when each was written; without parents each follows the one written before it."""
    has_parents = any(identifier(mapping(one).get("parent_message_uuid")) for one in messages)
    ordered = list(messages) if has_parents else _in_time(messages)
    if not has_parents and _has_prompts_in_a_row(ordered):
        notes.missed(f"{FORM}: branches (prompts follow each other, and messages name no predecessors)")
    nodes: list[ChatNode] = []
    times: dict[str, int | None] = {}
    last: str | None = None
    for number, one in enumerate(ordered):
        message = mapping(one)
        node_id = identifier(message.get("uuid")) or f"message-{number}"
        parent = identifier(message.get("parent_message_uuid")) if has_parents else last
        steps = steps_of(message, notes, FORM) if message else (Unknown(value=one),)
        nodes.append(ChatNode(id=node_id, parent=None if parent == ROOT else parent, steps=steps))
        times.setdefault(node_id, moment(message.get("created_at")))
        last = node_id
    return nodes, times


def _in_time(messages: Sequence[Any]) -> list[Any]:
    """In order of time where all have one; a prompt and its answer may share it, and then the file's order counts."""
    times = [moment(mapping(one).get("created_at")) for one in messages]
    known = [time for time in times if time is not None]
    if len(known) < len(times):
        return list(messages)
    return [messages[place] for place in sorted(range(len(messages)), key=known.__getitem__)]


def _has_prompts_in_a_row(messages: Sequence[Any]) -> bool:
    senders = [mapping(one).get("sender") for one in messages]
    return any(one == other == "human" for one, other in pairwise(senders))


def _opening(messages: Sequence[Any]) -> str:
    said = (mapping(one) for one in messages)
    texts = (text(one.get("text")) for one in said if one.get("sender") == "human")
    return next((drafting.shortened(one) for one in texts if one.strip()), "")
