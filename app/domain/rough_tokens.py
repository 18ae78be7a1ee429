"""About how many tokens a text has, before a server has counted them: by words, as tokenizers cut them first."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

PER_MESSAGE: Final = 5
"""Role and delimiters of a chat template; the answer's own opening costs about three more."""
OPENING: Final = 3

_PIECE: Final = re.compile(r"[^\W\d_]+|\d|\s+|[^\w\s]+|_")
_HUMP: Final = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]")
_USUAL_WORD: Final = 6
_FIRST_IDEOGRAPH: Final = 0x2E80


@lru_cache(maxsize=1024)  # a conversation's messages come again with every request
def rough_tokens(text: str) -> int:
    """Within a tenth for English prose and chats with current vocabularies; other scripts vary by model."""
    return round(sum(map(_tokens_of, _PIECE.findall(text))))


def rough_message_tokens(message: Mapping[str, Any]) -> int:
    """Of one message in Ollama's form; pictures are not counted, for every model counts them differently."""
    calls = message.get("tool_calls")
    told = [str(message.get("content") or ""), str(message.get("thinking") or "")]
    return PER_MESSAGE + sum(map(rough_tokens, told)) + (rough_tokens(json.dumps(calls)) if calls else 0)


def _tokens_of(piece: str) -> float:
    first = piece[0]
    if first.isspace():
        return 0 if piece == " " else 1 + len(piece) / 60
    if not first.isalpha():
        return max(1.0, len(piece) / 2)
    if not piece.isascii():
        return sum(1.0 if ord(sign) >= _FIRST_IDEOGRAPH else 0.5 for sign in piece)
    beyond = max(0, len(piece) - _USUAL_WORD)
    return 1 + 0.14 * beyond + 0.8 * len(_HUMP.findall(piece))
