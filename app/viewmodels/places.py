"""Where each session was left: branch, position, and the part of the timeline in view."""

from __future__ import annotations

import json
from collections import OrderedDict
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from app.viewmodels.axis_kinds import AXIS_KINDS

if TYPE_CHECKING:
    from app.viewmodels.axis_kinds import AxisKind

REMEMBERED: Final = 200
"""Sessions; of more the one left longest ago is forgotten."""


@dataclass(frozen=True, slots=True)
class Place:
    """The moment that was shown last of a session.

    Attributes:
        part: first and last event that the timeline showed; None when it showed all.
    """

    session: str
    branch: str
    position: int
    axis: AxisKind = "event"
    part: tuple[int, int] | None = None


class Places:
    """The newest place of each session."""

    def __init__(self, text: str = "") -> None:
        """``text``: what ``to_json`` gave; what cannot be read is forgotten silently."""
        self._places: OrderedDict[str, Place] = OrderedDict()
        for stored in _stored(text):
            if (place := _place(stored)) is not None:
                self.remember(place)

    @property
    def latest(self) -> Place | None:
        return next(reversed(self._places.values()), None)

    def of(self, session: str) -> Place | None:
        return self._places.get(session)

    def remember(self, place: Place) -> None:
        self._places.pop(place.session, None)
        self._places[place.session] = place
        while len(self._places) > REMEMBERED:
            self._places.popitem(last=False)

    def to_json(self) -> str:
        return json.dumps([asdict(place) for place in self._places.values()], ensure_ascii=False)


def _stored(text: str) -> list[Any]:
    try:
        found = json.loads(text) if text else []
    except ValueError:
        return []
    return found if isinstance(found, list) else []


def _place(stored: Any) -> Place | None:
    if not isinstance(stored, dict):
        return None
    session, branch, position = stored.get("session"), stored.get("branch"), stored.get("position")
    if not isinstance(session, str) or not isinstance(branch, str) or not isinstance(position, int):
        return None
    axis = next((kind for kind in AXIS_KINDS if kind == stored.get("axis")), AXIS_KINDS[0])
    match stored.get("part"):
        case [int(first), int(last)]:
            return Place(session, branch, position, axis, (first, last))
        case _:
            return Place(session, branch, position, axis)
