"""Round times for an axis of seconds."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from app.viewmodels.axis import ClockAxis

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DAY: Final = 86_400.0
_STEPS: Final = (
    0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800,
    3600, 7200, 10_800, 21_600, 43_200, _DAY, 2 * _DAY, 7 * _DAY, 14 * _DAY,
    30 * _DAY, 90 * _DAY, 180 * _DAY, 365 * _DAY, 3650 * _DAY, 36_500 * _DAY,
)  # fmt: skip


def clock_step(span_s: float, pixels: float, apart_px: float) -> float:
    """The smallest round number of seconds that keeps labels ``apart_px`` apart."""
    least = span_s * apart_px / max(pixels, 1.0)
    return next((step for step in _STEPS if step >= least), _STEPS[-1])


def moment_text(second: float, step: float, *, with_day: bool) -> str:
    """A second since 1970 UTC as short as the step allows: a time of day, a day, or both."""
    try:
        moment = _EPOCH + timedelta(seconds=second)
    except OverflowError:
        return ""
    day = moment.strftime("%Y-%m-%d")
    if step >= _DAY:
        return day
    if step >= 60:
        clock = moment.strftime("%H:%M")
    elif step >= 1:
        clock = moment.strftime("%H:%M:%S")
    else:
        clock = moment.strftime("%H:%M:%S.") + f"{moment.microsecond // 1000:03d}"
    return f"{day} {clock}" if with_day else clock


def clock_ticks(axis: ClockAxis, first: float, span: float, pixels: float) -> tuple[tuple[float, str], ...]:
    """(coordinate, label) of the ticks in view; a day is named where it begins or is first seen."""
    if axis.kind == "compressed":
        return _at_events(axis, first, span, pixels)
    step = clock_step(span, pixels, 118.0)
    start, end = axis.moment(first), axis.moment(first + span)
    number, day, found = math.ceil(start / step), None, []
    while number * step <= end:
        moment = number * step
        is_new_day = moment // _DAY != day
        found.append((axis.coordinate_of(moment), moment_text(moment, step, with_day=is_new_day)))
        day, number = moment // _DAY, number + 1
    return tuple(found)


def _at_events(axis: ClockAxis, first: float, span: float, pixels: float) -> tuple[tuple[float, str], ...]:
    """Where idle time was cut no step is even: the time of the next event after each stretch of pixels is told."""
    apart = span * 130.0 / max(pixels, 1.0)
    step, day, found = (1.0 if apart >= 1 else 0.001), None, []
    coordinate = first
    while coordinate < first + span:
        position = axis.position(math.nextafter(coordinate, -math.inf)) + 1
        here = axis.playhead(position) if position <= axis.position(axis.length) else math.inf
        if here > first + span:
            break
        moment = axis.moment(here)
        found.append((here, moment_text(moment, step, with_day=moment // _DAY != day)))
        day, coordinate = moment // _DAY, max(here, coordinate) + apart
    return tuple(found)


def lasting_text(seconds: float) -> str:
    """A length of time in its two largest units: ``3 d 4 h``, ``12 min 5 s``, ``0.4 s``."""
    if seconds < 1:
        return f"{seconds:.1f} s"
    units = (("y", 365 * 86_400), ("d", 86_400), ("h", 3600), ("min", 60), ("s", 1))
    left = round(seconds)
    parts: list[str] = []
    for name, size in units:
        count, left = divmod(left, size)
        if count or parts:
            parts.append(f"{count:,} {name}" if count else "")
        if len(parts) == 2:
            break
    return " ".join(part for part in parts if part)
