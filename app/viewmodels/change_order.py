"""Which of several things that can be undone was done last."""

from __future__ import annotations

from itertools import count
from typing import Final

_numbers: Final = count(1)


def next_change() -> int:
    """A number above all that were given before, for a change that was just made in this program."""
    return next(_numbers)
