"""What an event says to whoever reads the conversation: the same on different branches, wherever it stands there.

Looser than ``domain/event_content.py``, by which identical beginnings of branches are found: ids, positions, and how
an answer was made play no part here.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final, Literal

from app.domain.marks import content, replaced_position
from app.domain.prompt import ROLES
from app.domain.reapplying import reapplied_position, rerun_position

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.domain.events import Event

Origin = Literal["recorded", "reapplied", "changed", "continued", "re-run"]
"""Recorded in production, repeated from there, put there by a person in place of what was recorded, written in a
continuation, or a model's answer when asked again.
"""

BOOKKEEPING: Final = frozenset({"generation.requested", "generation.completed", "lab.trial-started", "lab.trial-ended"})
"""How an answer was made, and why: told as settings and metrics, no content. The answer is a message of its own."""
_NOT_CONTENT: Final = frozenset({
    "message_id", "call_id", "request_id", "generated_by", "thinking", "trial_turn", "turn", "row", "line",
})  # fmt: skip
"""Members of payloads that say where something came from, or what it is called."""


def origin_of(event: Event, local_source: str) -> Origin:
    """``local_source`` is the source of events that this program brought about."""
    data = event.data
    if rerun_position(data) is not None:
        return "re-run"
    if replaced_position(data) is not None:
        return "changed"
    if reapplied_position(data) is not None:
        return "reapplied"
    if isinstance(data.get("generated_by"), dict) or event.source == local_source:
        return "continued"
    return "recorded"


class SaidReader:
    """Reads the events of one branch in order; ids are followed to what they name, for they differ by branch."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._calls: dict[str, str] = {}

    def key(self, event: Event) -> bytes | None:
        """Equal for events of equal content; None for one that has none."""
        if event.type in BOOKKEEPING:
            return None
        read = _READ.get(event.type, _plain)
        said = json.dumps([event.type, read(self, event.data)], sort_keys=True, ensure_ascii=False, default=str)
        return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).digest()

    def posted(self, data: Mapping[str, Any]) -> Any:
        text, role = data.get("text"), str(data.get("role"))
        self._texts[str(data.get("message_id"))] = str(text)
        parts = data.get("parts")
        beyond = [one for one in parts if not _is_text(one)] if isinstance(parts, list) else []
        return [ROLES.get(role, role), text, beyond, data.get("partial") is True]

    def edited(self, data: Mapping[str, Any]) -> Any:
        message = str(data.get("message_id"))
        before = self._texts.get(message)
        self._texts[message] = str(data.get("text"))
        return [before, data.get("text")]

    def retracted(self, data: Mapping[str, Any]) -> Any:
        return [self._texts.get(str(data.get("message_id")))]

    def called(self, data: Mapping[str, Any]) -> Any:
        self._calls[str(data.get("call_id"))] = str(data.get("name"))
        return [data.get("name"), data.get("arguments")]

    def returned(self, data: Mapping[str, Any]) -> Any:
        return [self._calls.get(str(data.get("call_id"))), data.get("result"), data.get("error") is True]


def _is_text(part: Any) -> bool:
    return isinstance(part, str) or (isinstance(part, dict) and part.get("type") in ("text", "output_text"))


def _plain(reader: SaidReader, data: Mapping[str, Any]) -> Any:
    return {name: value for name, value in content(data).items() if name not in _NOT_CONTENT}


def _text_alone(reader: SaidReader, data: Mapping[str, Any]) -> Any:
    """Instructions, and what a run that broke off had written: the words count, not the reason or the version."""
    return [data.get("text")]


_READ: Final[Mapping[str, Callable[[SaidReader, Mapping[str, Any]], Any]]] = {
    "conversation.message-posted": SaidReader.posted,
    "conversation.message-edited": SaidReader.edited,
    "conversation.message-retracted": SaidReader.retracted,
    "conversation.tool-called": SaidReader.called,
    "conversation.tool-returned": SaidReader.returned,
    "conversation.instructions-changed": _text_alone,
    "generation.failed": _text_alone,
    "generation.cancelled": _text_alone,
}
