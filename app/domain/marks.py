"""Marks in the data of events that stand for another event; they are no part of what the event says.

``replaces``: a person changed something, and this event stands in place of the one named, or supersedes it.
``reapplies`` and ``rerun_of``: see ``reapplying``. All three are ``{"branch", "position", "event"}`` of another event.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.domain.reapplying import REAPPLIES, RERUN_OF, position_in, reapplied_position, rerun_position

if TYPE_CHECKING:
    from collections.abc import Mapping

REPLACES: Final = "replaces"
OWN: Final = "branchline"
"""Who recommends, in the strategy of a list that Branchline itself worked out."""
_MARKS: Final = frozenset({REPLACES, REAPPLIES, RERUN_OF})


def replaced_position(data: Mapping[str, Any]) -> int | None:
    """Position of the event that an event with this data was put in place of by a person; None for all others."""
    return position_in(data.get(REPLACES))


def origin(data: Mapping[str, Any]) -> str:
    """What an event stands for, in a few words; empty for what was recorded, or said, where it stands."""
    if (position := replaced_position(data)) is not None:
        return f"changed here, was event {position}"
    if (position := reapplied_position(data)) is not None:
        return f"applied again, event {position} of the record"
    if (position := rerun_position(data)) is not None:
        return f"asked again, in place of event {position}"
    made, strategy = data.get("generated_by"), data.get("strategy")
    if isinstance(made, dict):
        return f"continued by {made.get('model') or 'a model that is not named'}"
    if isinstance(strategy, dict) and strategy.get("recommender") == OWN:
        return f"computed by Branchline ({strategy.get('name')})"
    return ""


def content(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the event says: its data without marks; itself where there are none.

    A member of such a name that names no position is the producer's own, and stays.
    """
    if _MARKS.isdisjoint(data):
        return data
    return {name: value for name, value in data.items() if name not in _MARKS or position_in(value) is None}
