"""Transcript entries as messages of OpenAI's chat API, which most training tools read too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from app.domain.prompt import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.transcript import Entry

_encode: Final = msgspec.json.Encoder().encode


def chat(entries: Iterable[Entry], instructions: str | None = None) -> list[dict[str, Any]]:
    """Instructions first; tool calls with what they returned. Lists shown have no place here."""
    messages: list[dict[str, Any]] = [{"role": "system", "content": instructions}] if instructions else []
    for entry in entries:
        if entry.kind == "message":
            messages.append({"role": ROLES.get(entry.role, entry.role), "content": entry.text})
        elif entry.kind == "call":
            messages += _call(entry)
    return messages


def line(value: Any) -> str:
    """One line of JSONL."""
    return _encode(value).decode("utf-8") + "\n"


def _call(entry: Entry) -> list[dict[str, Any]]:
    function = {"name": entry.name, "arguments": _text(entry.arguments if entry.arguments is not None else {})}
    call = {"id": entry.key, "type": "function", "function": function}
    asked = {"role": "assistant", "content": None, "tool_calls": [call]}
    if not entry.returned:
        return [asked]
    return [asked, {"role": "tool", "tool_call_id": entry.key, "content": _text(entry.result)}]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else _encode(value).decode("utf-8")
