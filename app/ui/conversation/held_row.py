"""Where the eye rests while another branch is shown: the entry before the fork stays where it stood."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from app.viewmodels.row_heights import Anchor

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.viewmodels.row_heights import Place


class HeldRow:
    """Holds from the choice of a way until the playhead moves on the branch that came, or somebody scrolls."""

    def __init__(self) -> None:
        self._held: tuple[int, int, int] | None = None
        self._has_come = False
        self._playhead: int | None = None

    def __bool__(self) -> bool:
        return self._held is not None

    def hold(self, fork: int, births: Sequence[int], place_of: Callable[[int], Place | None]) -> None:
        """Hold the last entry at a fork (position), or the one behind it, where it stands now."""
        before = _row(fork, births)
        shown = ((after, place_of(before + after)) for after in (0, 1))
        self._held = next(((fork, after, place.y) for after, place in shown if place is not None), None)
        self._has_come, self._playhead = False, None

    def release(self) -> None:
        self._held = None

    def forgotten(self) -> None:
        """What is shown goes: for the way that was chosen, or, when that has come already, for something else."""
        if self._has_come:
            self.release()

    def births_came(self) -> None:
        self._has_come = True

    def playhead_came(self, position: int) -> None:
        """The first one comes with the branch; another is a move."""
        if not self._has_come:
            return
        if self._playhead not in (None, position):
            self.release()
        self._playhead = position

    def anchor(self, births: Sequence[int]) -> Anchor | None:
        """Where that entry has to stand; None where the branch ends before it."""
        if self._held is None or not births:
            return None
        fork, after, y = self._held
        row = _row(fork, births) + after
        return Anchor(row, y) if row < len(births) else None


def _row(fork: int, births: Sequence[int]) -> int:
    return max(0, bisect_right(births, fork) - 1)
