"""One message of a Claude.ai export: flat text in old ones, blocks in newer ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.adapters.files.chats.blocks import Blocks
from app.adapters.files.chats.steps import Unknown
from app.adapters.files.chats.values import beside, identifier, items, mapping, moment, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.adapters.files.chats.steps import Step
    from app.application.ports import ImportNotes

_ROLES: Final = {"human": "user", "assistant": "assistant"}
_TAKEN: Final = frozenset({"uuid", "sender", "text", "content", "created_at", "parent_message_uuid"})


def steps_of(message: Mapping[str, Any], notes: ImportNotes, form: str) -> Sequence[Step]:
    sender = text(message.get("sender"))
    if not sender:
        return (Unknown(value=message, time=moment(message.get("created_at"))),)
    kept = beside(message, _TAKEN)
    if kept.get("updated_at") == message.get("created_at"):
        kept.pop("updated_at", None)
    if files := len(items(message.get("files"))):
        notes.missed(f"{form}: contents of files that messages refer to", files)
    flat, content = text(message.get("text")), items(message.get("content"))
    if flat and content and flat.strip() != "\n\n".join(_texts(content)).strip():
        kept["text"] = flat
    model = identifier(message.get("model"))
    blocks = Blocks(_ROLES.get(sender, sender), time=moment(message.get("created_at")), model=model, beside=kept)
    if not content:
        blocks.say(flat)
    for one in content:
        _add(blocks, one)
    return blocks.steps()


def _texts(content: Sequence[Any]) -> list[str]:
    return [text(block.get("text")) for block in map(mapping, content) if block.get("type") == "text"]


def _add(blocks: Blocks, one: Any) -> None:
    block = mapping(one)
    begun, ended = moment(block.get("start_timestamp")), moment(block.get("stop_timestamp"))
    match block.get("type"):
        case "text" if isinstance(block.get("text"), str):
            blocks.say(block["text"], time=begun, rest=beside(block, {"type", "text", "start_timestamp"}))
        case "thinking" if isinstance(block.get("thinking"), str):
            blocks.think(block["thinking"], beside(block, {"type", "thinking"}))
        case "tool_use" if isinstance(block.get("name"), str):
            rest = beside(block, {"type", "id", "name", "input", "start_timestamp"})
            blocks.call(block["name"], block.get("input"), identifier(block.get("id")) or "", time=begun, rest=rest)
        case "tool_result":
            _add_result(blocks, block, begun if ended is None else ended)
        case _:
            blocks.keep(one)


def _add_result(blocks: Blocks, block: Mapping[str, Any], time: int | None) -> None:
    rest = beside(block, {"type", "tool_use_id", "name", "content", "is_error", "start_timestamp", "stop_timestamp"})
    content = block.get("content")
    result: Any = content
    if isinstance(content, list) and content and all(_is_text(one) for one in content):
        result = "\n".join(one["text"] for one in content)
        if any(one.keys() - {"type", "text"} for one in content):
            rest["content"] = content
    blocks.back(
        text(block.get("name")),
        result,
        identifier(block.get("tool_use_id")) or "",
        error=block.get("is_error") is True,
        time=time,
        rest=rest,
    )


def _is_text(one: Any) -> bool:
    return isinstance(one, dict) and one.get("type") == "text" and isinstance(one.get("text"), str)
