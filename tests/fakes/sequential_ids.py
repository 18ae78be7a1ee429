"""Identifiers that count, so that tests can name them."""

from __future__ import annotations

from itertools import count


class SequentialIds:
    """Gives ``<prefix>-0001``, ``<prefix>-0002`` …"""

    def __init__(self, prefix: str = "id") -> None:
        self._prefix = prefix
        self._numbers = count(1)

    def new(self) -> str:
        return f"{self._prefix}-{next(self._numbers):04d}"
