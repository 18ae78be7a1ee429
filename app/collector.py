"""When Python looks for cycles of garbage: seldom, and never for long."""

from __future__ import annotations

import gc


def collect_seldom() -> None:
    """Look at new values only, some thousands at a time; call it once, when the program starts.

    States and events are many small values that live long and form no cycles. Python's defaults look through all of
    them again and again: up to 150 ms, in which neither the window nor any other thread can do anything. What stands
    already, modules for the most part, is left out for good.
    """
    gc.freeze()
    gc.set_threshold(20_000, 1_000, 1_000)
