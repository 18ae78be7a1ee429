"""Which files are the store's own. Nothing but its driver may open them: whoever else closes one gives up its locks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

_BESIDE: Final = re.compile(r"(\.(cache|search)\w*)?(-wal|-shm|-journal)?")


def is_of_store(path: Path, location: str) -> bool:
    """Whether a path leads to the store at ``location``, a log of it, or what is derived from it."""
    real, store = path.resolve(), Path(location).resolve()
    if real.parent != store.parent or not real.name.startswith(store.name):
        return False
    return _BESIDE.fullmatch(real.name.removeprefix(store.name)) is not None
