"""Random salts, many from one call to the system."""

from __future__ import annotations

import os
from typing import Final

from app.adapters.store.chain import SALT_BYTES

_FRESH: Final = 256 * SALT_BYTES


class Salts:
    """Each is given once. Only the holder of the write lock may call."""

    def __init__(self) -> None:
        self._bytes = b""
        self._next = 0

    def take(self) -> bytes:
        start = self._next
        if start == len(self._bytes):
            self._bytes, start = os.urandom(_FRESH), 0
        self._next = start + SALT_BYTES
        return self._bytes[start : self._next]
