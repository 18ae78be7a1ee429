"""What a model is given of a conversation: the messages of Ollama's chat API."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.domain.transcript import Entry

ROLES: Final = {"agent": "assistant"}


@dataclass(frozen=True, slots=True)
class PromptMessage:
    """One message of a prompt, and the entry of the transcript that it came from.

    ``key`` is empty for instructions and for what is said now. ``message["images"]`` are addresses of attachments.
    """

    message: Mapping[str, Any]
    key: str = ""


def system_message(instructions: str | None, addition: str = "") -> tuple[PromptMessage, ...]:
    """One message for both: many templates take no second one."""
    content = "\n\n".join(part for part in (instructions, addition) if part)
    return (PromptMessage({"role": "system", "content": content}),) if content else ()


def told_messages(transcript: Iterable[Entry], *, thinking: bool = False) -> tuple[PromptMessage, ...]:
    """Messages and tool calls as they stand.

    Retracted messages and lists shown are left out: the model never saw the one, and the other is ours. So are
    messages that say nothing, as chat programs record them for their own purposes.
    """
    told: list[PromptMessage] = []
    for entry in transcript:
        if entry.kind == "message" and not entry.retracted and _says_something(entry, thinking=thinking):
            told.append(PromptMessage(_message(entry, thinking=thinking), entry.key))
        elif entry.kind == "call":
            told += [PromptMessage(message, entry.key) for message in _call(entry)]
    return tuple(told)


def _says_something(entry: Entry, *, thinking: bool) -> bool:
    return bool(entry.text.strip() or entry.images or (thinking and entry.thinking))


def _message(entry: Entry, *, thinking: bool) -> dict[str, Any]:
    message: dict[str, Any] = {"role": ROLES.get(entry.role, entry.role), "content": entry.text}
    if thinking and entry.thinking:
        message["thinking"] = entry.thinking
    if entry.images:
        message["images"] = list(entry.images)
    return message


def _call(entry: Entry) -> list[dict[str, Any]]:
    asked = tool_call_message("", ((entry.name, entry.arguments),))
    return [asked, tool_result_message(entry.name, entry.result)] if entry.returned else [asked]


def tool_call_message(content: str, calls: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """An assistant's message that calls tools, each a name with its arguments."""
    told = [
        {"function": {"name": name, "arguments": arguments if isinstance(arguments, dict) else {"value": arguments}}}
        for name, arguments in calls
    ]
    return {"role": "assistant", "content": content, "tool_calls": told}


def tool_result_message(name: str, result: Any) -> dict[str, Any]:
    content = result if isinstance(result, str) else json.dumps(result, ensure_ascii=False)
    return {"role": "tool", "content": content, "tool_name": name}
