"""Plain OpenAI chat messages: ``{"messages": […]}`` as object, array or lines, or one bare list of messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from app.adapters.files import bytes_in, drafting
from app.adapters.files.chat_messages import SYSTEM_ROLES, ChatMessages
from app.adapters.files.json_records import JSON_ERRORS, explain
from app.adapters.files.json_shape import key_paths
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from app.application.ports import ImportNotes, SessionDraft

_WRAPPED: Final = frozenset({"messages[].role", "messages[].content"})
_BARE: Final = frozenset({"role", "content"})
_FOREIGN: Final = frozenset({"mapping", "history", "chat_messages", "conversations", "branchline"})
"""Keys of richer exports, whose trees a list of messages would flatten without a word."""

_object: Final = msgspec.json.Decoder(dict[str, Any])
_list: Final = msgspec.json.Decoder(list[Any])


class OpenAIMessagesFormat:
    """Sessions without ids: each is known by a hash of its content."""

    name = "openai-messages"
    title = "OpenAI messages"

    def recognises(self, head: bytes) -> bool:
        paths = key_paths(head)
        wrapped = paths >= _WRAPPED
        bare = paths >= _BARE and head.lstrip().startswith(b"[")
        return (wrapped or bare) and not paths & _FOREIGN

    def read(self, path: Path, notes: ImportNotes) -> Iterator[SessionDraft]:
        bare = self._bare_session(path, notes)
        if bare is None:
            sessions = drafting.drafts(path, notes, lambda raw: self._session(_object.decode(raw), notes))
        else:
            sessions = iter(bare)
        for draft in sessions:
            notes.missed("openai-messages: times (the format has none)")
            yield draft

    def _bare_session(self, path: Path, notes: ImportNotes) -> tuple[SessionDraft, ...] | None:
        """The one session of a bare list of messages; None when the file is none."""
        head = bytes_in.head_of(path)
        if not head.lstrip().startswith(b"[") or not key_paths(head) >= _BARE:
            return None
        try:
            return (self._session({"messages": _list.decode(bytes_in.whole(path))}, notes),)
        except JSON_ERRORS as error:
            notes.quarantine(None, explain(error))
            return ()

    def _session(self, record: Mapping[str, Any], notes: ImportNotes) -> SessionDraft:
        messages = record.get("messages")
        if not isinstance(messages, list) or not messages:
            raise BadInput("there is no list of messages")
        writer = drafting.SessionWriter(drafting.source_of(self.name), drafting.fingerprint(record))
        beside = {key: value for key, value in record.items() if key != "messages"}
        if beside:
            writer.add("session.started", "system", {**beside, "turn": 0}, part="t0")
        ChatMessages(writer).write(messages)
        if isinstance(label := record.get("label"), bool):  # a set for Kahneman-Tversky optimisation
            turn = len(messages) - 1
            data = {"rating": 1 if label else -1, "text": "good" if label else "bad", "turn": turn}
            writer.add("conversation.feedback-given", "system", data, part=f"t{turn}")
        draft = writer.draft(_title(messages))
        notes.saw("conversations")
        notes.saw("messages", len(messages))
        return draft


def _title(messages: list[Any]) -> str:
    """The beginning of the first thing that was said, the customer's words before the assistant's."""
    for roles in (("user",), ("assistant",), SYSTEM_ROLES):
        for message in messages:
            if message.get("role") in roles and isinstance(message.get("content"), str) and message["content"].strip():
                return drafting.shortened(message["content"])
    return "Conversation"
