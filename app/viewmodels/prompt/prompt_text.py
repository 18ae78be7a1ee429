"""A request as plain text: every message exactly as it is sent, the options below."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def prompt_text(messages: Iterable[Mapping[str, Any]], options: Mapping[str, Any]) -> str:
    """Roles stand on lines of their own; what a message holds beside its text (calls of tools, say) is JSON."""
    parts = [_message(message) for message in messages]
    chosen = ", ".join(f"{name} {json.dumps(value)}" for name, value in sorted(options.items()))
    return "\n\n".join((*parts, f"── options\n{chosen}"))


def recorded_prompt_text(data: Mapping[str, Any]) -> str | None:
    """The same of a recorded request; None of one that says nothing that can be read."""
    request = data.get("request")
    if not isinstance(request, dict) or not isinstance(request.get("messages"), list):
        return None
    messages = [one for one in request["messages"] if isinstance(one, dict)]
    options = request.get("options")
    return prompt_text(messages, options if isinstance(options, dict) else {})


def _message(message: Mapping[str, Any]) -> str:
    content = message.get("content")
    rest = {name: value for name, value in message.items() if name not in ("role", "content")}
    lines = [f"── {message.get('role', '')}"]
    if content or not rest:
        lines.append(content if isinstance(content, str) else json.dumps(content, ensure_ascii=False))
    if rest:
        lines.append(json.dumps(rest, ensure_ascii=False))
    return "\n".join(lines)
