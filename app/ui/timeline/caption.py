"""An event of the timeline in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.ui.shapes import lane_title

if TYPE_CHECKING:
    from datetime import datetime

    from app.viewmodels.timeline_data import TimelineData


def clock_text(time: datetime | None) -> str:
    """The time of day as recorded; empty where nobody knows."""
    return time.strftime("%H:%M:%S") if time is not None else ""


def since_text(start: datetime | None, time: datetime | None) -> str:
    """How long after the start: ``+06:11``, ``+1:02:03`` or ``+12 d``; empty where nobody knows."""
    if start is None or time is None or time < start:
        return ""
    seconds = int((time - start).total_seconds())
    if seconds >= 86_400:
        return QCoreApplication.translate("Time", "+{days} d").format(days=f"{seconds // 86_400:,}")
    hours, rest = divmod(seconds, 3600)
    return f"+{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"+{rest // 60:02d}:{rest % 60:02d}"


def type_text(type_name: str) -> str:
    """``conversation.message-posted`` as ``message posted``."""
    return type_name.rsplit(".", 1)[-1].replace("-", " ")


def spoken(data: TimelineData | None, position: int) -> str:
    """What a screen reader says of the playhead: event 412 of 1,930, 14:03:22, items shown."""
    if data is None:
        return QCoreApplication.translate("Timeline", "no session open")
    if not 1 <= position <= data.head:
        return QCoreApplication.translate("Timeline", "before the first of {head} events").format(head=f"{data.head:,}")
    place = QCoreApplication.translate("Timeline", "event {position} of {head}").format(
        position=f"{position:,}", head=f"{data.head:,}"
    )
    parts = (place, clock_text(data.time_at(position)), type_text(data.type_at(position)))
    return ", ".join(part for part in parts if part)


def card_lines(data: TimelineData, position: int) -> tuple[str, str]:
    """The two lines of the card under the pointer: kind and type; place and time."""
    time = data.time_at(position)
    when = time.strftime("%Y-%m-%d %H:%M:%S") if time is not None else ""
    place = QCoreApplication.translate("Timeline", "event {position}").format(position=f"{position:,}")
    what = f"{lane_title(data.lane_at(position))} · {type_text(data.type_at(position))}"
    return what, " · ".join(part for part in (place, when) if part)
