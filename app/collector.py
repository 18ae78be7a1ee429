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


def collect_when_asked_only() -> None:
    """From here on nothing is collected but by ``collect_what_is_due``, on the thread that calls it.

    Python collects on whatever thread makes the value that is one too many. Widgets that hang together in a cycle would
    be destroyed there, beside the thread that draws them, and the process would crash.
    """
    gc.disable()


def collect_what_is_due() -> None:
    """Collect what Python would have collected by itself up to now."""
    due = [
        which for which, (held, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)) if held > most
    ]
    if due:
        gc.collect(due[-1])
