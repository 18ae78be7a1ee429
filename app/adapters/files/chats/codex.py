"""Codex's rollout files: one session, an item a line, with the model's calls and what they gave back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.adapters.files import drafting
from app.adapters.files.chats.codex_items import FORM, ItemReader
from app.adapters.files.chats.steps import ChatNode
from app.adapters.files.chats.tree_writer import write_chat
from app.adapters.files.chats.values import beside, identifier, items, mapping, moment, text
from app.adapters.files.chats.whole_files import each, values_of_lines
from app.adapters.files.json_shape import key_paths
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from app.application.ports import ImportNotes, SessionDraft

_SHAPE: Final = frozenset({"type", "payload.type", "payload.id"})


class CodexFormat:
    """A file is a session; a line of an unknown form is kept as it is."""

    name = FORM
    title = "Codex session"

    def recognises(self, head: bytes) -> bool:
        return key_paths(head) >= _SHAPE and b'"session_meta"' in head

    def read(self, path: Path, notes: ImportNotes) -> Iterator[SessionDraft]:
        lines = list(values_of_lines(path, notes))
        if lines:
            yield from each([lines], notes, _session, "session")
        elif not notes.quarantined:
            notes.quarantine(None, "the file holds no session")


def _session(lines: Sequence[tuple[int, Any]], notes: ImportNotes) -> SessionDraft:
    values = [mapping(value) for _, value in lines]
    meta = next((one for one in values if one.get("type") == "session_meta"), None)
    facts = mapping(mapping(meta).get("payload"))
    external_id = identifier(facts.get("id"))
    if meta is None or external_id is None:
        raise BadInput("the file has no session_meta with an id")
    writer = drafting.SessionWriter(drafting.source_of(FORM), external_id)
    time = moment(facts.get("timestamp")) or moment(meta.get("timestamp"))
    told = beside(facts, {"id", "instructions", "timestamp"})
    writer.add("session.started", "system", {**told, "turn": 0}, part="session", time=time)
    if instructions := text(facts.get("instructions")):
        data = {"text": instructions, "turn": 0}
        writer.add("conversation.instructions-changed", "system", data, part="instructions", time=time)
    nodes = _nodes(lines, meta)
    write_chat(writer, nodes, nodes[-1].id if nodes else None, notes, FORM)
    return writer.draft(_title(values))


def _nodes(lines: Sequence[tuple[int, Any]], meta: Mapping[str, Any]) -> list[ChatNode]:
    reader = ItemReader()
    nodes: list[ChatNode] = []
    for number, value in lines:
        if value is meta:
            continue
        if steps := reader.steps(value):
            node_id = f"line-{number}"
            nodes.append(ChatNode(id=node_id, parent=nodes[-1].id if nodes else None, steps=steps))
    return nodes


def _title(values: Sequence[Mapping[str, Any]]) -> str:
    """The first thing a person said; what is in brackets was put there by the program."""
    for one in values:
        payload = mapping(one.get("payload"))
        if payload.get("type") == "message" and payload.get("role") == "user":
            said = "\n".join(text(mapping(part).get("text")) for part in items(payload.get("content")))
            if said.strip() and not said.lstrip().startswith("<"):
                return drafting.shortened(said)
    return "Conversation"
