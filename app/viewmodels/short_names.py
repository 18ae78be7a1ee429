"""Names side by side: what they all begin with says nothing about any of them."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def short_names(names: Sequence[str]) -> tuple[str, ...]:
    """Each without the words that all begin with, for which there is an …; names that are all the same stay whole."""
    shared = _shared(names)
    return tuple(f"…{name[shared:]}" if shared else name for name in names)


def _shared(names: Sequence[str]) -> int:
    """Characters that all names begin with, up to the end of a word; the last word of each is its own."""
    words = [name.split(" ")[:-1] for name in names]
    common = takewhile(lambda column: len(set(column)) == 1, zip(*words, strict=False))
    return sum(len(column[0]) + 1 for column in common) if len(set(names)) > 1 else 0
