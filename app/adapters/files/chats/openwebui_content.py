"""One message of an Open WebUI export: its output items, else the ``<details>`` that its text hides them in."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from app.adapters.files.chats.blocks import Blocks
from app.adapters.files.chats.steps import Rated
from app.adapters.files.chats.values import beside, identifier, items, mapping, moment, parsed, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from app.adapters.files.chats.steps import Step
    from app.application.ports import ImportNotes

FORM: Final = "open-webui"
_TAKEN: Final = frozenset({
    "id", "parentId", "childrenIds", "role", "content", "timestamp", "model", "output", "annotation", "lastSentence",
})  # fmt: skip
_ATTRIBUTE: Final = re.compile(r'([\w-]+)="([^"]*)"')
_SUMMARY: Final = re.compile(r"\s*<summary>[^<]*</summary>\s*")
_QUOTED: Final = re.compile(r"^> ?", re.MULTILINE)
_OPENS, _CLOSES = "<details", "</details>"


class _Piece(NamedTuple):
    """A stretch of a text: plain, or the inside of a ``<details>`` with the attributes of its tag."""

    text: str
    attributes: Mapping[str, str] | None


def steps_of(message: Mapping[str, Any], notes: ImportNotes) -> Sequence[Step]:
    kept = beside(message, _TAKEN)
    time, content = moment(message.get("timestamp")), text(message.get("content"))
    if not content and message.get("content"):
        kept["content"] = message["content"]
    if files := len(items(message.get("files"))):
        notes.missed(f"{FORM}: contents of files that messages refer to", files)
    output = items(message.get("output"))
    role = text(message.get("role"))
    blocks = Blocks(role, time=time, model=identifier(message.get("model")), beside=kept)
    if output:
        told = "".join(_output_text(one) for one in output if mapping(one).get("type") == "message")
        if content != told:
            kept["content"] = content
        for one in output:
            _add_output(blocks, one)
    elif role == "assistant" and _OPENS in content:
        kept["content"] = content
        for piece in _pieces(content):
            _add_piece(blocks, piece)
    else:
        blocks.say(content)
    steps = blocks.steps()
    annotation = mapping(message.get("annotation"))
    return [*steps, _rated(annotation)] if annotation else steps


def _rated(annotation: Mapping[str, Any]) -> Step:
    rating = annotation.get("rating")
    number = rating if isinstance(rating, (int, float)) and not isinstance(rating, bool) else None
    told = text(annotation.get("comment")) or text(annotation.get("reason"))
    taken = {"rating"} if number is not None else set()
    return Rated(actor="user", rating=number, text=told, beside=beside(annotation, taken))


def _output_text(item: Any) -> str:
    parts = mapping(item).get("content")
    return "".join(text(mapping(part).get("text")) for part in items(parts)) if parts else ""


def _add_output(blocks: Blocks, one: Any) -> None:
    item = mapping(one)
    begun, call_id = moment(item.get("started_at")), identifier(item.get("call_id")) or ""
    match item.get("type"):
        case "reasoning":
            blocks.think(_output_text(item), beside(item, {"type", "content"}))
        case "message":
            blocks.say(_output_text(item), rest=beside(item, {"type", "role", "content"}))
        case "function_call" if isinstance(item.get("name"), str):
            rest = beside(item, {"type", "call_id", "name", "arguments"})
            blocks.call(item["name"], parsed(item.get("arguments")), call_id, time=begun, rest=rest)
        case "function_call_output":
            output = item.get("output")
            texts = [mapping(part).get("text") for part in items(output)]
            is_text = bool(texts) and all(isinstance(part, str) for part in texts)
            result = "\n".join(map(str, texts)) if is_text else output
            failed = text(item.get("status")) in {"failed", "incomplete"}
            blocks.back("", result, call_id, error=failed, rest=beside(item, {"type", "call_id", "output"}))
        case _:
            blocks.keep(one)


def _add_piece(blocks: Blocks, piece: _Piece) -> None:
    if piece.attributes is None:
        if piece.text.strip():
            blocks.say(piece.text.strip())
        return
    inside = html.unescape(_SUMMARY.sub("", piece.text, count=1)).strip()
    if piece.attributes["type"] == "reasoning":
        blocks.think(_QUOTED.sub("", inside))
        return
    name, call_id = piece.attributes.get("name", ""), piece.attributes.get("id", "")
    if not name:  # the oldest form tells the result alone
        blocks.back("", inside, "")
        return
    blocks.call(name, parsed(parsed_text(piece.attributes.get("arguments", ""))), call_id)
    if "result" in piece.attributes or inside:
        blocks.back(name, parsed_text(piece.attributes.get("result", inside)), call_id)


def parsed_text(value: str) -> Any:
    """What an attribute holds: text that was written as a JSON string, or anything else as it is."""
    found = parsed(f"[{value}]") if value.startswith('"') else value
    return found[0] if isinstance(found, list) and len(found) == 1 else value


def _pieces(content: str) -> Iterator[_Piece]:
    """The text cut at the ``<details>`` of thinking and tools; others belong to the words."""
    plain = at = 0
    while (start := content.find(_OPENS, at)) >= 0:
        tag_end = content.find(">", start)
        end = content.find(_CLOSES, tag_end)
        if tag_end < 0 or end < 0:
            break
        attributes = {key: html.unescape(value) for key, value in _ATTRIBUTE.findall(content[start:tag_end])}
        at = end + len(_CLOSES)
        if attributes.get("type") in {"reasoning", "tool_calls"}:
            yield _Piece(content[plain:start], None)
            yield _Piece(content[tag_end + 1 : end], attributes)
            plain = at
    yield _Piece(content[plain:], None)
