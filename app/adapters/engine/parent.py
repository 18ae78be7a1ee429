"""How the engine's process notices that whoever started it is gone."""

from __future__ import annotations

import os
import select
import threading
from typing import Final

_STDIN: Final = 0
_LOOK_S: Final = 1.0


def die_with_parent() -> None:
    """End this process, whatever it is doing, when standard input ends or its parent changes.

    The parent holds the other end of the pipe, so its death, however sudden, closes it. Not ``PR_SET_PDEATHSIG``:
    that one fires already when the *thread* that started us ends.
    """
    threading.Thread(target=_watch, args=(os.getppid(),), name="parent-watch", daemon=True).start()


def _watch(parent: int) -> None:
    while _is_alive(parent):
        pass
    os._exit(0)


def _is_alive(parent: int) -> bool:
    if os.name != "nt":
        readable, _, _ = select.select([_STDIN], [], [], _LOOK_S)
        if not readable:
            return os.getppid() == parent
    return bool(os.read(_STDIN, 1024))
