"""What the timeline shows beside the events: forks, problems, marks, a pinned field, what was found and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.viewmodels.fork_points import ForkPoint
    from app.viewmodels.marks import Mark


@dataclass(frozen=True, slots=True, eq=False)
class PinnedField:
    """A field of the state over time: from ``positions[i]`` on it reads ``labels[i]``."""

    title: str
    positions: Sequence[int]
    labels: Sequence[str]


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """All positions rise.

    Attributes:
        found: where a search for words found some.
        hits: where a condition becomes true.
    """

    forks: tuple[ForkPoint, ...] = ()
    problems: Sequence[int] = ()
    marks: tuple[Mark, ...] = ()
    field: PinnedField | None = None
    found: Sequence[int] = ()
    hits: Sequence[int] = ()

    def marks_of(self, *, derived: bool) -> tuple[Mark, ...]:
        """The marks of one of the two side streams."""
        return tuple(mark for mark in self.marks if (mark.kind == "derived") is derived)
