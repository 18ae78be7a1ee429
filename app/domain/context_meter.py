"""How much of a model's window a prompt takes, as an estimate; and what a server that cuts would leave out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from statistics import median
from typing import TYPE_CHECKING, Any, Final, Literal

from app.domain.rough_tokens import OPENING, rough_message_tokens, rough_tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.domain.prompt import PromptMessage

Verdict = Literal["fits", "uncertain", "too long"]
_SURE_AFTER: Final = 3
"""So many runs tell by how much a model's counts scatter; before, more is allowed for."""
_ANCHOR_SLACK: Final = 4
"""Tokens by which templates differ in how they close an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """How a model's own counts compared with rough ones: usually ``ratio``, at least ``low``, at most ``high``."""

    ratio: float = 1.0
    low: float = 0.5
    high: float = 2.2
    runs: int = 0


UNCALIBRATED: Final = Calibration()


@dataclass(frozen=True, slots=True)
class Anchor:
    """The first ``messages`` of a prompt are known to be ``tokens``, because a run before has counted them."""

    messages: int
    tokens: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextEstimate:
    """What is known of a prompt's length before it is sent.

    Attributes:
        tokens: the likeliest number; it lies between ``low`` and ``high`` as far as earlier runs tell.
        num_ctx: the window it has to fit into.
        runs: how many earlier runs of the model the estimate rests on; 0 is a guess by the text alone.
        counted: of ``tokens``, how many a run before has counted exactly.
        dropped: keys of the entries that would go, oldest first, if the server cut a prompt of ``tokens``.
    """

    tokens: int
    low: int
    high: int
    num_ctx: int
    runs: int = 0
    counted: int = 0
    dropped: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        if self.high <= self.num_ctx:
            return "fits"
        return "too long" if self.low > self.num_ctx else "uncertain"

    def to_json(self) -> dict[str, Any]:
        return {
            "tokens": self.tokens,
            "low": self.low,
            "high": self.high,
            "num_ctx": self.num_ctx,
            "runs": self.runs,
            "counted": self.counted,
            "dropped": list(self.dropped),
        }


def calibrated(runs: Sequence[tuple[int, int]]) -> Calibration:
    """From (rough, counted) of earlier prompts."""
    ratios = sorted(counted / rough for rough, counted in runs if rough > 0 and counted > 0)
    if not ratios:
        return UNCALIBRATED
    slack = 0.05 if len(ratios) >= _SURE_AFTER else 0.2
    middle = median(ratios)
    return Calibration(ratio=middle, low=ratios[0] * (1 - slack), high=ratios[-1] * (1 + slack), runs=len(ratios))


def rough_prompt_tokens(messages: Sequence[Mapping[str, Any]], tools: Sequence[Mapping[str, Any]] = ()) -> int:
    return OPENING + sum(map(rough_message_tokens, messages)) + sum(rough_tokens(str(tool)) for tool in tools)


def estimated(
    messages: Sequence[PromptMessage],
    *,
    tools: Sequence[Mapping[str, Any]] = (),
    num_ctx: int,
    calibration: Calibration = UNCALIBRATED,
    anchor: Anchor | None = None,
) -> ContextEstimate:
    known = anchor or Anchor(0, 0)
    sizes = [rough_message_tokens(one.message) * calibration.ratio for one in messages]
    rest = [one.message for one in messages[known.messages :]]
    rough = rough_prompt_tokens(rest, () if anchor else tools)
    slack = _ANCHOR_SLACK if anchor else 0
    tokens = known.tokens + round(rough * calibration.ratio)
    return ContextEstimate(
        tokens=tokens,
        low=max(0, known.tokens - slack + int(rough * calibration.low)),
        high=known.tokens + slack + round(rough * calibration.high + 0.5),
        num_ctx=num_ctx,
        runs=calibration.runs,
        counted=known.tokens,
        dropped=_dropped(messages, sizes, tokens - num_ctx),
    )


def _dropped(messages: Sequence[PromptMessage], sizes: Sequence[float], excess: float) -> tuple[str, ...]:
    """Ollama leaves out the oldest messages, but no instructions and never the last one, until the rest fits."""
    if excess <= 0:
        return ()
    able = [i for i, one in enumerate(messages[:-1]) if one.message.get("role") != "system"]
    gone = 0
    for count, freed in enumerate(accumulate(sizes[i] for i in able), start=1):
        gone = count
        if freed >= excess:
            break
    return tuple(dict.fromkeys(messages[i].key for i in able[:gone]))
