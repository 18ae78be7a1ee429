"""One message of a LibreChat export: text, or a list of content parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.adapters.files.chats.blocks import Blocks
from app.adapters.files.chats.steps import Rated
from app.adapters.files.chats.values import beside, identifier, items, mapping, moment, parsed, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.adapters.files.chats.steps import Step
    from app.application.ports import ImportNotes

FORM: Final = "librechat"
_TAKEN: Final = frozenset({
    "messageId", "parentMessageId", "conversationId", "createdAt", "isCreatedByUser", "text", "content", "model",
    "children", "user", "feedback", "depth", "siblingIndex",
})  # fmt: skip
_RATINGS: Final = {"thumbsUp": 1, "thumbsDown": -1}


def steps_of(message: Mapping[str, Any], notes: ImportNotes) -> Sequence[Step]:
    kept = beside(message, _TAKEN)
    for flag in ("error", "unfinished", "isEdited"):
        if kept.get(flag) is False:
            del kept[flag]
    if kept.get("updatedAt") == message.get("createdAt"):
        kept.pop("updatedAt", None)
    if files := len(items(message.get("files"))):
        notes.missed(f"{FORM}: contents of files that messages refer to", files)
    flat, content = text(message.get("text")), items(message.get("content"))
    blocks = Blocks(
        _role(message), time=moment(message.get("createdAt")), model=identifier(message.get("model")), beside=kept
    )
    if not content:
        blocks.say(flat)
    elif flat and not any(mapping(part).get("type") == "text" for part in content):
        kept["text"] = flat
    for part in content:
        _add(blocks, part)
    steps = blocks.steps()
    feedback = mapping(message.get("feedback"))
    return [*steps, _rated(feedback)] if feedback else steps


def _role(message: Mapping[str, Any]) -> str:
    if isinstance(message.get("isCreatedByUser"), bool):
        return "user" if message["isCreatedByUser"] else "assistant"
    return "user" if text(message.get("sender")).lower() == "user" else "assistant"


def _add(blocks: Blocks, part: Any) -> None:
    block = mapping(part)
    match block.get("type"):
        case "text":
            blocks.say(_value(block.get("text")), rest=beside(block, {"type", "text"}))
        case "think":
            blocks.think(_value(block.get("think")), beside(block, {"type", "think"}))
        case "tool_call" if isinstance(block.get("tool_call"), dict):
            _add_call(blocks, block["tool_call"])
        case "error":
            blocks.say(_value(block.get("error")) or _value(block.get("text")), rest={"error": True})
        case _:
            blocks.keep(part)


def _value(told: Any) -> str:
    """Text, or ``{"value": text}`` as assistants write it."""
    return text(told) or text(mapping(told).get("value"))


def _add_call(blocks: Blocks, call: Mapping[str, Any]) -> None:
    function = mapping(call.get("function")) or call
    name = text(function.get("name")) or text(call.get("type")) or "tool"
    call_id = identifier(call.get("id")) or ""
    arguments = function.get("args", function.get("arguments"))
    rest = beside(call, {"id", "name", "args", "arguments", "output", "function"})
    blocks.call(name, parsed(arguments), call_id, rest=rest)
    output = call.get("output", function.get("output"))
    if output is not None:
        blocks.back(name, parsed(output), call_id)


def _rated(feedback: Mapping[str, Any]) -> Step:
    rating = text(feedback.get("rating"))
    number = _RATINGS.get(rating)
    told = text(feedback.get("text")) or text(feedback.get("tag"))
    return Rated(actor="user", rating=number, text=told, beside=beside(feedback, {"text"}))
