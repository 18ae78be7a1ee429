"""Did the model see the whole prompt? Servers do not say when they cut; their counts do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from app.domain.server_versions import counts_cached, refuses_to_cut

if TYPE_CHECKING:
    from app.domain.context_meter import ContextEstimate

Finding = Literal["whole", "cut", "unknown"]
_ROUNDED_UP_TO: Final = 256
"""llama.cpp makes a window a multiple of this."""
_FAR_TOO_SHORT: Final = 4
"""A server that should have refused is believed, unless it counts a fraction that no estimate is wrong by."""


@dataclass(frozen=True, slots=True)
class Truncation:
    """``finding`` and, unless the model saw all of it, one sentence with the figures."""

    finding: Finding
    reason: str = ""


WHOLE: Final = Truncation("whole")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What the server told at the end of an answer, and how it was asked.

    Attributes:
        told_to_refuse: the request forbade to cut (``truncate: false``).
        refused: tokens of the whole prompt when the server had refused it before; then this is the cut one.
        window: what the server really made of ``num_ctx``, where it tells; it may be somewhat more.
    """

    prompt: int | None
    answer: int | None
    server_version: str
    told_to_refuse: bool
    refused: int | None = None
    window: int | None = None


def judged(estimate: ContextEstimate, counts: Counts) -> Truncation:
    """``unknown`` where only the server could tell and does not; another question to it may settle that."""
    prompt = counts.prompt
    room = counts.window or -(-estimate.num_ctx // _ROUNDED_UP_TO) * _ROUNDED_UP_TO
    if counts.refused is not None:
        seen = f"; the model saw {prompt:,}" if prompt is not None else ""
        return _cut(f"the prompt of {counts.refused:,} tokens does not fit the window of {room:,}{seen}")
    if prompt is not None and counts.answer is not None and prompt + counts.answer > room:
        return _cut(
            f"prompt and answer are {prompt + counts.answer:,} tokens together and the window holds {room:,}: "
            "the beginning was lost while the answer was written"
        )
    if counts.told_to_refuse and refuses_to_cut(counts.server_version):
        impossible = prompt is not None and estimate.low > room and prompt * _FAR_TOO_SHORT < estimate.tokens
        return _cut(_against(estimate, prompt)) if impossible else WHOLE
    return _by_estimate(estimate, prompt if counts_cached(counts.server_version) else None)


def _by_estimate(estimate: ContextEstimate, prompt: int | None) -> Truncation:
    if estimate.verdict == "fits":
        return WHOLE
    if estimate.verdict == "too long" or (prompt is not None and prompt < estimate.low):
        return _cut(_against(estimate, prompt))
    return Truncation("unknown", _against(estimate, prompt))


def _cut(reason: str) -> Truncation:
    return Truncation("cut", reason)


def _against(estimate: ContextEstimate, prompt: int | None) -> str:
    counted = f"the server counted {prompt:,}" if prompt is not None else "the server told no count"
    return f"the prompt is estimated at {estimate.tokens:,} tokens, the window holds {estimate.num_ctx:,}, {counted}"


def settled(
    truncation: Truncation, estimate: ContextEstimate, prompt: int | None, without_oldest: int | None
) -> Truncation:
    """What ``unknown`` becomes once the server has counted the same prompt without its oldest message.

    The same count means that this message had been cut already; fewer, that it was still there. Where it could not be
    asked, a prompt that is likelier too long than not is taken for cut.
    """
    if truncation.finding != "unknown":
        return truncation
    if prompt is None or without_oldest is None:
        return _cut(f"probably: {truncation.reason}") if estimate.tokens > estimate.num_ctx else truncation
    return WHOLE if without_oldest < prompt else _cut(f"{truncation.reason}; its oldest message was left out")


def to_json(estimate: ContextEstimate, counts: Counts, truncation: Truncation) -> dict[str, Any]:
    """What is recorded of a prompt that was cut, or that nobody can be sure of."""
    return {
        "finding": truncation.finding,
        "reason": truncation.reason,
        "num_ctx": estimate.num_ctx,
        "estimated_tokens": estimate.tokens,
        "prompt_tokens": counts.refused or counts.prompt,
        "seen_tokens": counts.prompt,
    }
