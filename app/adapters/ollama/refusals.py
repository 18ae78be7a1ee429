"""What a server said when it refused, as one sentence in its own words."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

import msgspec

from app.domain.errors import ModelError, PromptTooLong

_LONGEST: Final = 1_000


def failure(status: int, body: bytes) -> ModelError:
    """An answer with an error status, in one sentence."""
    said = _error_of(body)
    if said is not None:
        return told_failure(said)
    return ModelError(_bare(status, body))


def _bare(status: int, body: bytes) -> str:
    text = body.decode("utf-8", "replace").strip()
    if text and len(text) <= 300 and "<" not in text:
        return f"The model server answered {status}: {text}"
    return f"The model server answered {status} {_phrase(status)}."


def told_failure(error: object) -> ModelError:
    """The value of an ``error`` field, which may hold JSON again, in one sentence."""
    inner = _json(error) if isinstance(error, str) else error
    if isinstance(inner, dict):
        inner = inner.get("error", inner)
    if not isinstance(inner, dict):
        return ModelError(_one_line(error))
    if inner.get("type") == "exceed_context_size_error":
        return _too_long(inner)
    return ModelError(_one_line(inner.get("message", error)))


def _too_long(error: dict[str, Any]) -> ModelError:
    tokens, room = error.get("n_prompt_tokens"), error.get("n_ctx")
    if not isinstance(tokens, int) or not isinstance(room, int):
        return ModelError(_one_line(error.get("message", "The prompt does not fit the context window.")))
    sentence = (
        f"The prompt is {tokens:,} tokens long and does not fit the context window of {room:,} tokens; "
        f"raise num_ctx or send less. Nothing was cut."
    )
    return PromptTooLong(sentence, tokens, room)


def _one_line(said: object) -> str:
    """A server's own words, however many it makes, as one line."""
    text = " ".join(str(said).split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"


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
