"""The part of a branch that is played: from an in point to an out point, once or in a loop."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class PlayRange:
    """Positions where the part begins and ends; None is the beginning or the end of the branch."""

    first: int | None = None
    last: int | None = None
    loops: bool = False

    @property
    def is_limited(self) -> bool:
        return self.first is not None or self.last is not None

    def starting_at(self, position: int) -> PlayRange:
        """With another in point; an out point that would lie before it is forgotten."""
        return replace(
            self, first=position, last=None if self.last is not None and self.last <= position else self.last
        )

    def ending_at(self, position: int) -> PlayRange:
        """With another out point; an in point that would lie after it is forgotten."""
        kept = None if self.first is not None and self.first >= position else self.first
        return replace(self, last=position, first=kept)

    def without_limits(self) -> PlayRange:
        return replace(self, first=None, last=None)

    def looping(self, *, loops: bool) -> PlayRange:
        return replace(self, loops=loops)

    def within(self, head: int) -> tuple[int, int]:
        """The positions between which it plays on a branch of so many events."""
        first = min(self.first or 0, head)
        return first, max(min(self.last if self.last is not None else head, head), first)
