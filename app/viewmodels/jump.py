"""Where a typed place leads: ``412``, ``14:03``, ``+5m``, ``+10`` or ``50%``."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from app.domain.errors import BadInput

if TYPE_CHECKING:
    from app.viewmodels.timeline_data import TimelineData

_NUMBER: Final = re.compile(r"#?\d+")
_BY_EVENTS: Final = re.compile(r"[+-]\d+")
_BY_TIME: Final = re.compile(r"([+-])((?:\d+(?:\.\d+)?(?:ms|s|min|m|h|d))+)")
_PART: Final = re.compile(r"(\d+(?:\.\d+)?)(ms|s|min|m|h|d)")
_CLOCK: Final = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_SHARE: Final = re.compile(r"(\d+(?:\.\d+)?)%")
_SECONDS: Final = {"ms": 0.001, "s": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0, "d": 86_400.0}
_DAY: Final = 86_400
_LONGEST: Final = 40


def jump_target(text: str, data: TimelineData, playhead: int) -> int:
    """The position that a text names, seen from the playhead; cut to the branch.

    Raises BadInput with a sentence that says what is understood, or what the session does not have.
    """
    wanted = re.sub(r"[\s,_  ]", "", text).replace("−", "-").replace("：", ":").lower()
    if len(wanted) > _LONGEST:
        raise _not_understood()
    if _NUMBER.fullmatch(wanted):
        return _within(int(wanted.lstrip("#")), data)
    if _BY_EVENTS.fullmatch(wanted):
        return _within(playhead + int(wanted), data)
    if match := _SHARE.fullmatch(wanted):
        return _within(round(min(float(match[1]), 100.0) / 100 * data.head), data)
    if match := _CLOCK.fullmatch(wanted):
        return _at_clock(int(match[1]), int(match[2]), int(match[3] or 0), data, playhead)
    if match := _BY_TIME.fullmatch(wanted):
        seconds = sum(float(count) * _SECONDS[unit] for count, unit in _PART.findall(match[2]))
        return _by_time(-seconds if match[1] == "-" else seconds, data, playhead)
    raise _not_understood()


def _within(position: int, data: TimelineData) -> int:
    return min(max(position, 0), data.head)


def _by_time(seconds: float, data: TimelineData, playhead: int) -> int:
    if not data.has_times:
        raise _no_times()
    return data.neighbour_time(playhead, seconds) if seconds else playhead


def _at_clock(hour: int, minute: int, second: int, data: TimelineData, playhead: int) -> int:
    """The first event from the next such time on, counted from the playhead; after the last day from the first."""
    if hour > 23 or minute > 59 or second > 59:
        raise _not_understood()
    moments = data.moments
    if moments is None:
        raise _no_times()
    clock = hour * 3600 + minute * 60 + second
    first, last = float(moments[0]), float(moments[-1])
    here = float(moments[playhead - 1]) if playhead else math.nextafter(first, -math.inf)
    for start in (here, math.nextafter(first, -math.inf)):
        goal = start // _DAY * _DAY + clock
        goal += _DAY if goal <= start else 0
        if goal <= last:
            return int(moments.searchsorted(goal)) + 1
    said = QCoreApplication.translate("Jump", "No event of this session is at or after {clock}; it ends at {last}.")
    raise BadInput(said.format(clock=f"{hour:02d}:{minute:02d}:{second:02d}", last=_clock_text(data)))


def _clock_text(data: TimelineData) -> str:
    timed = next((time for position in range(data.head, 0, -1) if (time := data.time_at(position))), None)
    return timed.strftime("%Y-%m-%d %H:%M:%S") if timed is not None else ""


def _no_times() -> BadInput:
    return BadInput(QCoreApplication.translate("Jump", "No event of this session has a time."))


def _not_understood() -> BadInput:
    return BadInput(
        QCoreApplication.translate(
            "Jump", "Type an event (412), a time (14:03 or 14:03:22), a step (+5m, -30s, +10) or a share (50%)."
        )
    )
