"""Marks in the data of events that stand for another event; they are no part of what the event says.

``replaces``: a person changed something, and this event stands in place of the one named, or supersedes it.
``reapplies`` and ``rerun_of``: see ``reapplying``. All three are ``{"branch", "position", "event"}`` of another event.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.domain.reapplying import REAPPLIES, RERUN_OF, position_in

if TYPE_CHECKING:
    from collections.abc import Mapping

REPLACES: Final = "replaces"
_MARKS: Final = frozenset({REPLACES, REAPPLIES, RERUN_OF})


def replaced_position(data: Mapping[str, Any]) -> int | None:
    """Position of the event that an event with this data was put in place of by a person; None for all others."""
    return position_in(data.get(REPLACES))


def content(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the event says: its data without marks; itself where there are none.

    A member of such a name that names no position is the producer's own, and stays.
    """
    if _MARKS.isdisjoint(data):
        return data
    return {name: value for name, value in data.items() if name not in _MARKS or position_in(value) is None}
