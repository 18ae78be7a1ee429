"""What ``/api/chat`` is sent, for a server of a given version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.domain.errors import ModelError
from app.domain.server_versions import knows_mirostat, refuses_to_cut

if TYPE_CHECKING:
    from app.application.ports import ChatRequest


def chat_body(request: ChatRequest, server_version: str) -> dict[str, Any]:
    """A server that can is told to refuse a prompt that it would have to cut, and to end where the window is full.

    Raises ``ModelError`` for an option that this server would ignore without a word.
    """
    if request.options.get("mirostat") and not knows_mirostat(server_version):
        raise ModelError(f"Ollama {server_version} does not know mirostat any more and would ignore it; leave it out.")
    body: dict[str, Any] = {
        "model": request.model,
        "messages": [dict(message) for message in request.messages],
        "stream": True,
        "options": dict(request.options),
    }
    asked = {"format": request.format, "think": request.think, "keep_alive": request.keep_alive}
    body |= {name: value for name, value in asked.items() if value is not None}
    if request.tools:
        body["tools"] = [dict(tool) for tool in request.tools]
    if not request.may_cut and refuses_to_cut(server_version):
        body |= {"truncate": False, "shift": False}
    return body
