"""One message of a ChatGPT export: its content types, its tools, and whether it was hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.adapters.files.chats.steps import Called, Instructed, Returned, Said, Unknown
from app.adapters.files.chats.values import beside, identifier, items, mapping, moment, parsed, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.adapters.files.chats.steps import Step
    from app.application.ports import ImportNotes

_MESSAGE: Final = frozenset({"id", "author", "create_time", "content"})
_PEOPLE: Final = frozenset({"all", "assistant", "user", "system"})
"""Recipients that are no tools."""
_INSTRUCTED: Final = "conversation.instructions-changed"
"""What this program's own export in ChatGPT's form says of a system prompt."""
_TEXT_OF: Final = {
    "code": ("text",),
    "execution_output": ("text",),
    "tether_quote": ("text",),
    "tether_browsing_display": ("result", "summary"),
    "reasoning_recap": ("content",),
    "computer_output": ("text",),
    "sonic_webpage": ("text",),
    "system_error": ("text",),
    "model_editable_context": ("model_set_context",),
}
"""Where each content type has its words, the first that is there."""


def steps_of(message: Any, notes: ImportNotes, form: str) -> Sequence[Step]:
    """What a message tells; one of a form that is not known is kept as it is."""
    author = mapping(mapping(message).get("author"))
    role = text(author.get("role"))
    if not role:
        return (Unknown(value=message, time=moment(mapping(message).get("create_time"))),)
    content, metadata = mapping(message.get("content")), mapping(message.get("metadata"))
    kind, time = text(content.get("content_type")), moment(message.get("create_time"))
    kept = _kept(message, author, metadata)
    _count_files(content, metadata, notes, form)
    if (told := _instructions(kind, content, metadata)) is not None:
        return (Instructed(text=told, time=time, beside={**kept, "content": beside(content, ())}),)
    words, rest = _words(kind, content, message.get("content"), notes, form)
    kept.update(rest)
    name, recipient = text(author.get("name")), text(message.get("recipient"))
    if role == "tool":
        error = kind == "system_error"
        return (Returned(name=name, result=words, error=error, time=time, beside=kept),)
    model, thinking = identifier(metadata.get("model_slug")), _thoughts(content)
    if role == "assistant" and recipient and recipient not in _PEOPLE:
        return (
            Called(name=recipient, arguments=parsed(words), time=time, model=model, thinking=thinking, beside=kept),
        )
    if name:
        kept["name"] = name
    return (Said(role=role, text=words, time=time, model=model, thinking=thinking, beside=kept),)


def _kept(message: Mapping[str, Any], author: Mapping[str, Any], metadata: Mapping[str, Any]) -> dict[str, Any]:
    kept = beside(message, _MESSAGE)
    if about := beside(author, {"role", "name"}):
        kept["author"] = about
    if metadata.get("is_visually_hidden_from_conversation") is True or _is_zero(message.get("weight")):
        kept["hidden"] = True
    return kept


def _is_zero(weight: Any) -> bool:
    return isinstance(weight, (int, float)) and not isinstance(weight, bool) and weight == 0


def _words(
    kind: str, content: Mapping[str, Any], raw: Any, notes: ImportNotes, form: str
) -> tuple[str, dict[str, Any]]:
    """The words of a content, and what it holds beside them."""
    if kind in {"text", "multimodal_text"}:
        return _of_parts(kind, content)
    if kind == "thoughts":
        return "", {"content": beside(content, ())}
    for key in _TEXT_OF.get(kind, ()):
        if isinstance(content.get(key), str):
            return content[key], {"content": beside(content, {key})}
    if isinstance(raw, str):
        return raw, {}
    if raw is not None:
        notes.missed(f"{form}: words of content of the type {kind[:40] or 'none'} (kept as it is)")
    return "", {} if raw is None else {"content": raw}


def _of_parts(kind: str, content: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    parts = items(content.get("parts"))
    told = [part if isinstance(part, str) else text(mapping(part).get("text")) for part in parts]
    rest = beside(content, {"parts"}) if kind != "text" or len(content) > 2 else {}
    kept: dict[str, Any] = {"content": rest} if rest.keys() - {"content_type"} or kind != "text" else {}
    if any(not isinstance(part, str) for part in parts) or len(parts) > 1:
        kept["parts"] = parts
    return "\n".join(one for one in told if one), kept


def _thoughts(content: Mapping[str, Any]) -> str:
    told = []
    for one in items(content.get("thoughts")):
        thought = mapping(one)
        told += [part for part in (text(thought.get("summary")), text(thought.get("content"))) if part]
    return "\n\n".join(told)


def _instructions(kind: str, content: Mapping[str, Any], metadata: Mapping[str, Any]) -> str | None:
    """The system prompt that a message is: custom instructions in both forms, or a prompt that we exported."""
    if kind == "user_editable_context":
        return _told(content, "user_profile", "user_instructions")
    about = mapping(metadata.get("user_context_message_data"))  # older: beside a text that says they are gone
    if told := _told(about, "about_user_message", "about_model_message"):
        return told
    return _of_parts(kind, content)[0] if metadata.get("branchline_type") == _INSTRUCTED else None


def _told(facts: Mapping[str, Any], *keys: str) -> str:
    return "\n\n".join(told for key in keys if (told := text(facts.get(key))))


def _count_files(content: Mapping[str, Any], metadata: Mapping[str, Any], notes: ImportNotes, form: str) -> None:
    """Pictures, sounds and attachments lie beside the JSON, if at all."""
    pointed = sum(1 for part in items(content.get("parts")) if isinstance(part, dict) and "asset_pointer" in part)
    count = pointed or len(items(metadata.get("attachments")))
    if count:
        notes.missed(f"{form}: contents of files and pictures that messages refer to", count)
