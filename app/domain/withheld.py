"""What remains of an event before the range that is handed on: what later states rest on, and none of the words said.

Slots, forms, instructions, lists, behaviour, catalogue and resources are kept whole, for the state is folded from
them. Of messages, tool calls, feedback and runs it stays that they were there, by whom and when; of other events,
that they were there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

WITHHELD: Final = "[before the range that was handed on]"

_KEPT_AREAS: Final = frozenset({"behaviour", "catalogue", "recommendation", "resource", "session"})
_KEPT_TYPES: Final = frozenset({
    "conversation.slots-changed", "conversation.form-submitted", "conversation.question-classified",
    "conversation.instructions-changed", "generation.strategy-changed",
})  # fmt: skip
_ENDED: Final = ("request_id", "message_id", "tokens", "prompt_tokens", "done_reason", "durations")
_MEMBERS: Final[Mapping[str, tuple[str, ...]]] = {
    "conversation.message-posted": ("message_id", "role"),
    "conversation.message-edited": ("message_id",),
    "conversation.message-retracted": ("message_id",),
    "conversation.tool-called": ("call_id", "name"),
    "conversation.tool-returned": ("call_id", "error"),
    "generation.requested": ("model",),
    "generation.completed": _ENDED,
    "generation.failed": _ENDED,
    "generation.cancelled": _ENDED,
}
_SPOKEN: Final = frozenset({"conversation.message-posted", "conversation.message-edited"})


def is_kept(event_type: str) -> bool:
    """Whether events of a type are handed on as they are, wherever they stand."""
    return event_type in _KEPT_TYPES or event_type.partition(".")[0] in _KEPT_AREAS


def without_words(event_type: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The payload that the state needs; a text that could not be applied still cannot."""
    if is_kept(event_type):
        return data
    kept = {name: data[name] for name in _MEMBERS.get(event_type, ()) if name in data}
    if event_type in _SPOKEN and isinstance(data.get("text"), str):
        kept["text"] = WITHHELD
    return kept
