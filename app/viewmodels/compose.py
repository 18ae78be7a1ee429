"""What the compose panel wishes for, and the rough sums it shows before anything is sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_CHARACTERS_PER_TOKEN: Final = 4.0
_WIDE_CHARACTERS_PER_TOKEN: Final = 1.5
_LATIN_END: Final = 0x250


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Continue from the playhead.

    Attributes:
        say: the next customer message; None to let the model answer what is there.
        instructions: a new system prompt; None keeps the branch's.
        model: None takes the server's first.
        options: only those that were set, by Ollama's own names.
    """

    say: str | None
    instructions: str | None
    model: str | None
    options: Mapping[str, Any] = field(default_factory=dict)


def estimated_tokens(text: str) -> int:
    """A rough count: four letters of Latin script a token, one and a half of others."""
    latin = sum(1 for character in text if ord(character) < _LATIN_END)
    return round(latin / _CHARACTERS_PER_TOKEN + (len(text) - latin) / _WIDE_CHARACTERS_PER_TOKEN)


def compact(count: int) -> str:
    """``980``, ``1.2k``, ``8k``, ``128k``."""
    if count < 1000:
        return str(count)
    thousands = count / 1000
    return f"{thousands:.1f}k".replace(".0k", "k") if thousands < 10 else f"{round(thousands)}k"
