"""What the compose panel wishes for, and how it writes large counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.viewmodels.request_extras import RequestExtras

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.templates import PromptTemplate


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Continue from the playhead.

    Attributes:
        say: the next customer message; None to let the model answer what is there.
        instructions: a new system prompt; None keeps the branch's.
        instructions_ref: the version of the library that the instructions are, as events name it; None for none.
        model: None takes the server's first.
        options: only those that were set, by Ollama's own names.
        recommend: another strategy of Branchline's own recommender, or ``off``; None keeps the branch's.
        extras: what is rarely asked for.
        template: puts slots and lists behind the instructions; None puts nothing there.
    """

    say: str | None
    instructions: str | None
    model: str | None
    instructions_ref: Mapping[str, Any] | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    recommend: str | None = None
    template: PromptTemplate | None = None
    extras: RequestExtras = field(default_factory=RequestExtras)


def compact(count: int) -> str:
    """``980``, ``1.2k``, ``8k``, ``128k``, ``33M``."""
    if count < 1000:
        return str(count)
    size, sign = (count / 1000, "k") if count < 999_500 else (count / 1_000_000, "M")
    return f"{size:.1f}{sign}".replace(f".0{sign}", sign) if size < 9.95 else f"{round(size)}{sign}"
