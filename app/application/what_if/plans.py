"""What a what-if will do, told before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.edits import Draft
    from app.domain.events import Event
    from app.domain.forks import Fork, Holding

Reason = Literal["chosen", "caused", "refers"]


@dataclass(frozen=True, slots=True)
class Dependent:
    """An event that is left out, or kept although it depends on one that is.

    Attributes:
        why: ``chosen`` by the person; ``caused`` by the event at ``on``; ``refers`` to what that one brought.
        is_problem: it stays and cannot be applied: the state will list it among its problems.
    """

    position: int
    event: str
    type: str
    why: Reason
    on: int | None = None
    is_problem: bool = False

    def to_json(self) -> dict[str, Any]:
        return {
            "position": self.position,
            "event": self.event,
            "type": self.type,
            "why": self.why,
            "on": self.on,
            "problem": self.is_problem,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A what-if that can be made.

    Attributes:
        branch: id of the branch that it starts from; ``head`` is where that one ended when this was planned.
        fork: where the new branch leaves; ``asked`` is where it would without tool calls in the way.
        onto: nothing is forked: the edit is appended to ``branch`` itself, a what-if that ends here.
        before: positions of events that are applied again before the edit, so that no call is left open.
        edit: the event that is new; None when something is only left out.
        replaced: the event that it stands in place of or supersedes.
        after: positions of events that are applied again after it; those in ``skipped`` are not.
        left_out, kept: what depends on what is left out, and either goes too or stays.
        unanswered: names of tools whose call stays open on the new branch.
    """

    branch: str
    head: int
    fork: Fork
    holding: Holding
    onto: bool = False
    before: range = range(0)
    edit: Draft | None = None
    replaced: Event | None = None
    after: Sequence[int] = ()
    left_out: tuple[Dependent, ...] = ()
    kept: tuple[Dependent, ...] = ()
    unanswered: tuple[str, ...] = ()
    skipped: frozenset[int] = field(default=frozenset(), repr=False)

    @property
    def reapplied(self) -> int:
        """How many recorded events are applied again."""
        return len(self.before) + len(self.after) - len(self.skipped)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What will happen, one sentence after the other, the most important first."""
        told = [self._held(), self._left_out(), self._again(), self._kept()]
        open_calls = [f"the call of {name} stays open" for name in self.unanswered]
        return tuple(one for one in (*told, *open_calls) if one)

    def _held(self) -> str:
        if self.onto:
            return f"the change is appended to {self.holding.parent} after event {self.holding.position:,}"
        return self.holding.sentence

    def _left_out(self) -> str:
        others = len(self.left_out) - 1
        if others < 0:
            return ""
        also = f" and {_counted(others, 'event')} that {'depends' if others == 1 else 'depend'} on it" if others else ""
        return f"left out: event {self.left_out[0].position:,}{also}"

    def _again(self) -> str:
        if not self.reapplied:
            return ""
        return f"{_counted(self.reapplied, 'later event' if not self.before else 'event')} applied again"

    def _kept(self) -> str:
        problems = sum(one.is_problem for one in self.kept)
        if not self.kept:
            return ""
        cannot = f", {problems:,} of them cannot be applied any more" if problems else ""
        return f"{_counted(len(self.kept), 'event')} kept although depending on it{cannot}"

    def to_json(self) -> dict[str, Any]:
        return {
            "fork": self.fork.to_json(),
            "holds": self.holding.to_json(),
            "onto": self.holding.parent if self.onto else None,
            "edit": {"type": self.edit.type, "data": dict(self.edit.data)} if self.edit is not None else None,
            "replaces": self.replaced.position if self.replaced is not None else None,
            "left_out": [one.to_json() for one in self.left_out],
            "kept": [one.to_json() for one in self.kept],
            "reapplied": self.reapplied,
            "stays_open": list(self.unanswered),
            "sentences": list(self.sentences),
        }


def _counted(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"
