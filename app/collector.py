"""When Python looks for cycles of garbage: seldom, and never for long."""

from __future__ import annotations

import gc

_has_begun = False


def collect_seldom(*, again: bool = False) -> None:
    """Call it when the program starts, and ``again`` when all that stays was made; other calls do nothing more.

    States and events are many small values that form no cycles and die with the states that hold them. Python's
    defaults look through all of them again and again: up to 200 ms, in which neither the window nor any other thread
    can do anything. So they are looked through only when a million more came than went, which states alone, of which
    few are kept, never bring about. What stands already, modules for the most part, is left out for good.
    """
    global _has_begun  # noqa: PLW0603 - a process collects in one way
    if _has_begun and not again:
        return  # what is garbage by now would be kept for good
    _has_begun = True
    gc.freeze()
    gc.set_threshold(1_000_000, 20, 100)
