"""OpenAssistant's messages as a plain list, each naming the one that it replies to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.adapters.files.chats.oasst import tree_session
from app.adapters.files.chats.values import identifier, mapping
from app.adapters.files.chats.whole_files import each, values_of_lines
from app.adapters.files.json_shape import key_paths

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from app.adapters.files.chats.oasst_messages import Message
    from app.application.ports import ImportNotes, SessionDraft

_SHAPES: Final = (
    frozenset({"user_message_id", "parent_message_id", "text", "role"}),
    frozenset({"message_id", "parent_id", "message_tree_id", "text", "role"}),
)
MOST_MESSAGES: Final = 1_000_000
"""All messages of the file lie in memory, for those of a tree may stand anywhere."""


class OpenAssistantListFormat:
    """Messages are gathered into trees by the ones they reply to."""

    name = "openassistant-list"
    title = "OpenAssistant messages as a list"

    def recognises(self, head: bytes) -> bool:
        paths = key_paths(head)
        return any(shape <= paths for shape in _SHAPES)

    def read(self, path: Path, notes: ImportNotes) -> Iterator[SessionDraft]:
        messages = _messages(path, notes)
        trees: dict[str, list[Message]] = {}
        roots: dict[str, str] = {}
        for one in messages.values():
            trees.setdefault(_root(one, messages, roots), []).append(one)
        yield from each(trees.items(), notes, _tree, "tree")


def _tree(found: tuple[str, list[Message]], notes: ImportNotes) -> SessionDraft:
    root, tree = found
    return tree_session(identifier(tree[0][2].get("message_tree_id")) or root, {}, tree, notes)


def _messages(path: Path, notes: ImportNotes) -> dict[str, Message]:
    found: dict[str, Message] = {}
    for line, value in values_of_lines(path, notes):
        message = mapping(value)
        own = identifier(message.get("message_id")) or identifier(message.get("user_message_id"))
        above = identifier(message.get("parent_id")) or identifier(message.get("parent_message_id"))
        if own is None or own in found:
            reason = "a message without id" if own is None else f"{own} occurs a second time; the first was taken"
            notes.quarantine(line, reason)
        elif len(found) >= MOST_MESSAGES:
            notes.quarantine(line, f"the file holds more than {MOST_MESSAGES:,} messages; the rest was left out")
            break
        else:
            found[own] = own, above, message
    return found


def _root(one: Message, messages: Mapping[str, Message], roots: dict[str, str]) -> str:
    """The first message of a tree; of a circle any of its messages. Each is looked at once."""
    way: list[str] = []
    at = one[0]
    while at not in roots:
        way.append(at)
        roots[at] = at  # a circle ends here
        above = messages[at][1]
        if above is None or above not in messages:
            break
        at = above
    root = roots[at]
    for passed in way:
        roots[passed] = root
    return root
