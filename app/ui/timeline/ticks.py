"""Round numbers for the axis."""

from __future__ import annotations

import math


def tick_step(span: float, pixels: float, apart_px: float) -> int:
    """The smallest of 1, 2, 5, 10, 20 … events that keeps labels ``apart_px`` apart."""
    least = max(span * apart_px / max(pixels, 1.0), 1.0)
    power = 10 ** math.floor(math.log10(least))
    return next(int(power * factor) for factor in (1, 2, 5, 10) if power * factor >= least - 1e-9)


def ticks(first: float, span: float, pixels: float, apart_px: float = 90.0) -> range:
    """The labelled positions in view."""
    step = tick_step(span, pixels, apart_px)
    start = max(math.ceil(first / step) * step, step)
    return range(start, math.floor(first + span) + 1, step)
