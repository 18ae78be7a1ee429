"""What a model is given of a conversation: the messages of Ollama's chat API."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.transcript import Entry

ROLES: Final = {"agent": "assistant"}


def chat_messages(
    transcript: Iterable[Entry], *, instructions: str | None, say: str | None
) -> tuple[dict[str, Any], ...]:
    """Instructions first, then messages and tool calls as they stand, then what the customer says next.

    Retracted messages and lists shown are left out: the model never saw the one, and the other is ours.
    """
    messages: list[dict[str, Any]] = []
    if instructions:
        messages.append({"role": "system", "content": instructions})
    for entry in transcript:
        if entry.kind == "message" and not entry.retracted:
            messages.append({"role": ROLES.get(entry.role, entry.role), "content": entry.text})
        elif entry.kind == "call":
            messages.extend(_call(entry))
    if say is not None:
        messages.append({"role": "user", "content": say})
    return tuple(messages)


def _call(entry: Entry) -> list[dict[str, Any]]:
    arguments = entry.arguments if isinstance(entry.arguments, dict) else {"value": entry.arguments}
    asked = {
        "role": "assistant",
        "content": "",
        "tool_calls": [{"function": {"name": entry.name, "arguments": arguments}}],
    }
    if not entry.returned:
        return [asked]
    result = entry.result if isinstance(entry.result, str) else json.dumps(entry.result, ensure_ascii=False)
    return [asked, {"role": "tool", "content": result, "tool_name": entry.name}]
