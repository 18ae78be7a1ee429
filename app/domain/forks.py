"""Where a branch may leave its parent, and what it then holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Fork:
    """The place nearest to the one asked for at which a branch may leave: never inside an open tool call.

    Attributes:
        asked: the position that was asked for.
        position: where the branch leaves.
        call: name of the tool whose call is open at ``asked``; empty when nothing is in the way.
        called_at: position of that call; 0 when there is none.
        returned_at: position of what it returned; None when nothing was recorded.
    """

    asked: int
    position: int
    call: str = ""
    called_at: int = 0
    returned_at: int | None = None

    @property
    def is_moved(self) -> bool:
        return self.position != self.asked

    @property
    def why(self) -> str:
        """One sentence on where it branches instead; empty when that is where it was asked to."""
        if not self.is_moved:
            return ""
        end = "not returned" if self.returned_at is None else f"to event {self.returned_at:,}"
        where = f"after event {self.position:,}" if self.position else "before the first event"
        return (
            f"event {self.asked:,} is inside an open tool call ({self.call}, event {self.called_at:,}, {end}); "
            f"branches {where} instead"
        )

    def to_json(self) -> dict[str, Any]:
        return {"asked": self.asked, "position": self.position, "why": self.why or None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What a branch holds of its parent.

    Attributes:
        turns: messages of customer and assistant up to the fork.
        position: of the last event it holds; 0 = none.
        later: events of the parent after that.
        parent: the parent's name.
    """

    turns: int
    position: int
    later: int
    parent: str

    @property
    def sentence(self) -> str:
        """Such as ``14 turns and the state of event 412; 6 later events stay on main``."""
        state = f"the state of event {self.position:,}" if self.position else "the state before the first event"
        held = f"{_counted(self.turns, 'turn')} and {state}" if self.turns else state
        if not self.later:
            return f"{held}; no later event is on {self.parent}"
        stays = "stays" if self.later == 1 else "stay"
        return f"{held}; {_counted(self.later, 'later event')} {stays} on {self.parent}"

    def to_json(self) -> dict[str, Any]:
        return {
            "turns": self.turns,
            "position": self.position,
            "later": self.later,
            "parent": self.parent,
            "sentence": self.sentence,
        }


def _counted(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"
