"""An event of the timeline in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from app.ui.shapes import lane_title

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from app.viewmodels.marks import Mark, MarkKind
    from app.viewmodels.timeline_data import TimelineData

_DAY_S: Final = 86_400
_MARKS: Final = 3
_MARK_CHARACTERS: Final = 80


def clock_text(time: datetime | None) -> str:
    """The time of day as recorded; empty where nobody knows."""
    return time.strftime("%H:%M:%S") if time is not None else ""


def moment_text(start: datetime | None, time: datetime | None, end: datetime | None) -> str:
    """The time of day, with its date in a session that lasts longer than a day; empty where nobody knows."""
    if time is None:
        return ""
    is_long = start is not None and end is not None and (end - start).total_seconds() >= _DAY_S
    return time.strftime("%Y-%m-%d %H:%M") if is_long else clock_text(time)


def since_text(start: datetime | None, time: datetime | None) -> str:
    """How long after the start: ``+06:11``, ``+1:02:03`` or ``+12 d``; empty where nobody knows."""
    if start is None or time is None or time < start:
        return ""
    seconds = int((time - start).total_seconds())
    if seconds >= _DAY_S:
        return QCoreApplication.translate("Time", "+{days} d").format(days=f"{seconds // _DAY_S:,}")
    hours, rest = divmod(seconds, 3600)
    return f"+{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"+{rest // 60:02d}:{rest % 60:02d}"


def type_text(type_name: str) -> str:
    """``conversation.message-posted`` as ``message posted``."""
    return type_name.rsplit(".", 1)[-1].replace("-", " ")


def spoken(data: TimelineData | None, position: int) -> str:
    """What a screen reader says of the playhead: event 412 of 1,930, 14:03:22, Recommendation: items shown."""
    if data is None:
        return QCoreApplication.translate("Timeline", "no session open")
    if not 1 <= position <= data.head:
        return QCoreApplication.translate("Timeline", "before the first of {head} events").format(head=f"{data.head:,}")
    place = QCoreApplication.translate("Timeline", "event {position} of {head}").format(
        position=f"{position:,}", head=f"{data.head:,}"
    )
    what = f"{lane_title(data.lane_at(position))}: {type_text(data.type_at(position))}"
    parts = (place, clock_text(data.time_at(position)), what)
    return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Card:
    """What is told of the event under the pointer; ``summary`` may come later, ``marks`` may be empty."""

    what: str
    where: str
    summary: str = ""
    marks: str = ""


def card_of(data: TimelineData, position: int, playhead: int, marks: Sequence[Mark] = ()) -> Card:
    """Kind and type; place, time and how far from the playhead; the marks there."""
    time = data.time_at(position)
    place = QCoreApplication.translate("Timeline", "event {position}").format(position=f"{position:,}")
    when = (
        time.strftime("%Y-%m-%d %H:%M:%S")
        if time is not None
        else QCoreApplication.translate("Timeline", "no time recorded")
    )
    what = f"{lane_title(data.lane_at(position))} · {type_text(data.type_at(position))}"
    parts = (place, when, apart_text(data, position, playhead))
    own = [mark for mark in marks if mark.position == position]
    said = [f"{mark_title(mark.kind)}: {' '.join(mark.text.split())[:_MARK_CHARACTERS]}" for mark in own[:_MARKS]]
    if len(own) > _MARKS:
        said.append(QCoreApplication.translate("Timeline", "and {count} more").format(count=len(own) - _MARKS))
    return Card(what, " · ".join(part for part in parts if part), marks="\n".join(said))


def apart_text(data: TimelineData, position: int, playhead: int) -> str:
    """How far an event is from the playhead: ``+06:11`` in time, else in events; empty at the playhead."""
    if position == playhead:
        return ""
    here, there = data.time_at(playhead), data.time_at(position)
    if here is None or there is None or abs((there - here).total_seconds()) < 1:
        return QCoreApplication.translate("Timeline", "{count} events from the playhead").format(
            count=f"{position - playhead:+,}"
        )
    return since_text(here, there) if there >= here else since_text(there, here).replace("+", "−", 1)


def mark_title(kind: MarkKind) -> str:
    """What a kind of mark is called on screen."""
    titles: dict[str, str] = {
        "marker": QCoreApplication.translate("Mark", "Marker"),
        "note": QCoreApplication.translate("Mark", "Note"),
        "tag": QCoreApplication.translate("Mark", "Tag"),
        "rating": QCoreApplication.translate("Mark", "Rating"),
        "breadcrumb": QCoreApplication.translate("Mark", "Stop"),
        "derived": QCoreApplication.translate("Mark", "Derived"),
    }
    return titles[kind]
