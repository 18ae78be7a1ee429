"""Marks in the data of events that stand for another event; they are no part of what the event says.

``replaces``: a person changed something, and this event stands in place of the one named, or supersedes it.
``said_here``: true for what a person had the customer say here.
``reapplies`` and ``rerun_of``: see ``reapplying``. Those two and ``replaces`` are
``{"branch", "position", "event"}`` of another event.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.domain.reapplying import REAPPLIES, RERUN_OF, position_in, reapplied_position, rerun_position

if TYPE_CHECKING:
    from collections.abc import Mapping

REPLACES: Final = "replaces"
SAID_HERE: Final = "said_here"
OWN: Final = "branchline"
"""Who recommends, in the strategy of a list that Branchline itself worked out."""
_MARKS: Final = frozenset({REPLACES, REAPPLIES, RERUN_OF})


def replaced_position(data: Mapping[str, Any]) -> int | None:
    """Position of the event that an event with this data was put in place of by a person; None for all others."""
    return position_in(data.get(REPLACES))


def is_said_here(data: Mapping[str, Any]) -> bool:
    """Whether a person typed this in place of the customer; stores of earlier versions did not tell."""
    return data.get(SAID_HERE) is True


def origin(data: Mapping[str, Any]) -> str:
    """What an event stands for, in a few words; empty for what was recorded, or said, where it stands."""
    if (position := replaced_position(data)) is not None:
        return f"changed here, was event {position}"
    if (position := reapplied_position(data)) is not None:
        return f"applied again, event {position} of the record"
    if (position := rerun_position(data)) is not None:
        return f"asked again, in place of event {position}"
    return _maker(data)


def _maker(data: Mapping[str, Any]) -> str:
    """Who made what stands for nothing else: a person or a model here, or Branchline; empty for production."""
    made, strategy = data.get("generated_by"), data.get("strategy")
    if is_said_here(data):
        return "typed here"
    if isinstance(made, dict):
        return f"continued by {made.get('model') or 'a model that is not named'}"
    if isinstance(strategy, dict) and strategy.get("recommender") == OWN:
        return f"computed by Branchline ({strategy.get('name')})"
    return ""


def content(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the event says: its data without marks; itself where there are none.

    A member of such a name that names no position is the producer's own, and stays.
    """
    if _MARKS.isdisjoint(data) and not is_said_here(data):
        return data
    return {
        name: value
        for name, value in data.items()
        if not (name == SAID_HERE and value is True) and (name not in _MARKS or position_in(value) is None)
    }
