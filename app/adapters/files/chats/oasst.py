"""OpenAssistant's conversation trees: replies ranked by people, with reactions and labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.adapters.files import drafting
from app.adapters.files.chats.entries import chat_drafts
from app.adapters.files.chats.oasst_messages import FORM, Message, node_of, ranked
from app.adapters.files.chats.tree_writer import write_chat
from app.adapters.files.chats.values import beside, identifier, items, mapping, moment, text
from app.adapters.files.json_shape import key_paths
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from app.application.ports import ImportNotes, SessionDraft

DEEPEST: Final = 900
_TREE: Final = frozenset({"message_tree_id", "prompt.message_id"})


class OpenAssistantFormat:
    """One tree a line; the replies that were ranked first are main."""

    name = FORM
    title = "OpenAssistant trees"

    def recognises(self, head: bytes) -> bool:
        return key_paths(head) >= _TREE

    def read(self, path: Path, notes: ImportNotes) -> Iterator[SessionDraft]:
        return chat_drafts(path, notes, self._session, deepest=DEEPEST)

    def _session(self, record: Any, notes: ImportNotes) -> SessionDraft:
        tree = mapping(record)
        prompt = tree.get("prompt")
        if not isinstance(prompt, dict):
            raise BadInput("the tree has no prompt")
        external_id = identifier(tree.get("message_tree_id")) or identifier(prompt.get("message_id"))
        if external_id is None:
            raise BadInput("the tree has no message_tree_id")
        return tree_session(external_id, beside(tree, {"prompt", "message_tree_id"}), _flat(prompt), notes)


def tree_session(
    external_id: str, facts: Mapping[str, Any], messages: Sequence[Message], notes: ImportNotes
) -> SessionDraft:
    """A tree whose messages come in any order."""
    writer = drafting.SessionWriter(drafting.source_of(FORM), external_id)
    first = next((one for _, _, one in messages if text(one.get("text")).strip()), {})
    time = moment(messages[0][2].get("created_date"))
    writer.add("session.started", "system", {**facts, "turn": 0}, part="session", time=time)
    nodes = [node_of(one) for one in ranked(messages)]
    write_chat(writer, nodes, None, notes, FORM)
    return writer.draft(drafting.shortened(text(first.get("text"))) or "Conversation")


def _flat(prompt: Mapping[str, Any]) -> list[Message]:
    """All messages of a nested tree with the one that each replies to; raises BadInput for one without id."""
    found: list[Message] = []
    waiting: list[tuple[str | None, Any]] = [(None, prompt)]
    while waiting:
        above, one = waiting.pop()
        message = mapping(one)
        own = identifier(message.get("message_id"))
        if own is None:
            raise BadInput("a message of the tree has no message_id")
        found.append((own, above, message))
        waiting.extend((own, reply) for reply in reversed(items(message.get("replies"))))
    return found
