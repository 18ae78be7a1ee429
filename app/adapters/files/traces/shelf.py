"""Values put aside while a file is read, in memory up to a limit and beyond it in a file without a name.

Spans of one conversation lie anywhere in a file, and an agent's own span comes last: nothing can be told before all
are read, however large the file is.
"""

from __future__ import annotations

import pickle
import tempfile
from typing import Any, Final, NamedTuple

_IN_MEMORY: Final = 16 * 1024 * 1024


class Place(NamedTuple):
    """Where a value lies, in bytes."""

    start: int
    size: int


class Shelf:
    """Keeps values until it is closed; what is given back is equal and not the same. Raises OSError for a full disk."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY, prefix="branchline-")  # noqa: SIM115 - close()
        self._end = 0

    def put(self, value: Any) -> Place:
        raw = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        self._file.seek(self._end)
        self._file.write(raw)
        place = Place(self._end, len(raw))
        self._end += len(raw)
        return place

    def get(self, place: Place) -> Any:
        self._file.seek(place.start)
        return pickle.loads(self._file.read(place.size))  # noqa: S301 - nobody but this object writes to its file

    def close(self) -> None:
        self._file.close()
