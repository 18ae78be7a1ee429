"""Between which entries of the conversation the forks of the line stand."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.viewmodels.fork_groups import ForkGroup

Groups = tuple["ForkGroup", ...]


class ForkPlaces:
    """Forks by the row (ord - 1) of the entry after them; those after the last entry stand below it."""

    def __init__(self, groups: Sequence[ForkGroup] = (), births: Sequence[int] = ()) -> None:
        self._above: Mapping[int, Groups] = {}
        self._last = len(births) - 1
        above: dict[int, Groups] = {}
        for group in groups:
            row = bisect_right(births, group.position)
            above[row] = (*above.get(row, ()), group)
        self._above = above

    def above(self, row: int) -> Groups:
        return self._above.get(row, ()) if row <= self._last else ()

    def below(self, row: int) -> Groups:
        return self._above.get(row + 1, ()) if row == self._last else ()
