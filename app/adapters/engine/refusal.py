"""An answer with an error status, in Ollama's shape."""

from __future__ import annotations

import json


class Refusal(Exception):
    """Ends a request; what is not the engine's own error is shown to the client as it is."""

    def __init__(self, status: int, error: str) -> None:
        super().__init__(error)
        self.status, self.error = status, error


class ClientGone(Exception):
    """Nobody listens any more."""


def too_long(tokens: int, room: int) -> Refusal:
    """Ollama hands on what llama.cpp says, as JSON inside the error's text."""
    message = f"request ({tokens} tokens) exceeds the available context size ({room} tokens), try increasing it"
    inner = {
        "code": 400,
        "message": message,
        "type": "exceed_context_size_error",
        "n_prompt_tokens": tokens,
        "n_ctx": room,
    }
    return Refusal(400, json.dumps({"error": inner}, separators=(",", ":")))
