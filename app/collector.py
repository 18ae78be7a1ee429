"""When Python looks for cycles of garbage: seldom, and never for long."""

from __future__ import annotations

import gc


def collect_seldom() -> None:
    """Call it when the program starts, and again when all that stays was made.

    States and events are many small values that form no cycles and die with the states that hold them. Python's
    defaults look through all of them again and again: up to 200 ms, in which neither the window nor any other thread
    can do anything. So they are looked through only when a million more came than went, which states alone, of which
    few are kept, never bring about. What stands already, modules for the most part, is left out for good.
    """
    gc.freeze()
    gc.set_threshold(1_000_000, 20, 100)
