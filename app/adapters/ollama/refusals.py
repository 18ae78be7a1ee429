"""What a server said when it refused, as one sentence in its own words."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import msgspec


def explain(status: int, body: bytes) -> str:
    """One sentence for an answer with an error status."""
    said = _error_of(body)
    if said is not None:
        return explain_error(said)
    text = body.decode("utf-8", "replace").strip()
    if text and len(text) <= 300 and "<" not in text:
        return f"The model server answered {status}: {text}"
    return f"The model server answered {status} {_phrase(status)}."


def explain_error(error: object) -> str:
    """One sentence for the value of an ``error`` field, which may hold JSON again."""
    inner = _json(error) if isinstance(error, str) else error
    if isinstance(inner, dict):
        inner = inner.get("error", inner)
    if not isinstance(inner, dict):
        return str(error)
    if inner.get("type") == "exceed_context_size_error":
        return _too_long(inner)
    return str(inner.get("message", error))


def _too_long(error: dict[str, Any]) -> str:
    tokens, room = error.get("n_prompt_tokens"), error.get("n_ctx")
    if not isinstance(tokens, int) or not isinstance(room, int):
        return str(error.get("message", "The prompt does not fit the context window."))
    return (
        f"The prompt is {tokens:,} tokens long and does not fit the context window of {room:,} tokens; "
        f"raise num_ctx or send less. Nothing was cut."
    )


def _error_of(body: bytes) -> object:
    answer = _json(body)
    return answer.get("error") if isinstance(answer, dict) else None


def _json(text: str | bytes) -> Any:
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError):
        return None


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "without a reason"
