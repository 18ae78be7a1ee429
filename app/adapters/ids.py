"""Fresh identifiers: UUIDs of version 7 (RFC 9562), which sort by the time they were made."""

from __future__ import annotations

import os
import threading
import time
import uuid
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_COUNTER_BITS: Final = 42
_RANDOM_BITS: Final = 32


def _milliseconds() -> int:
    return time.time_ns() // 1_000_000


class TimeOrderedIds:
    """Gives UUIDv7 texts that always rise, also within a millisecond and when the clock goes back.

    The 74 bits after the time are a counter (seeded at random each millisecond, its top bit clear so that it
    has room to rise) and 32 random bits: RFC 9562, section 6.2, method 1.
    """

    def __init__(self, milliseconds: Callable[[], int] = _milliseconds) -> None:
        self._milliseconds = milliseconds
        self._lock = threading.Lock()
        self._last = 0
        self._counter = 0

    def new(self) -> str:
        with self._lock:
            moment = self._milliseconds()
            if moment > self._last:
                self._last = moment
                self._counter = int.from_bytes(os.urandom(6), "big") >> (48 - _COUNTER_BITS + 1)
            else:
                self._counter += 1
                if self._counter >> _COUNTER_BITS:
                    self._last, self._counter = self._last + 1, 0
            moment, counter = self._last, self._counter
        return str(uuid.UUID(int=_layout(moment, counter, int.from_bytes(os.urandom(4), "big"))))


def _layout(moment: int, counter: int, noise: int) -> int:
    low_bits = _COUNTER_BITS - 12
    return (
        (moment & (1 << 48) - 1) << 80
        | 0x7 << 76
        | (counter >> low_bits) << 64
        | 0b10 << 62
        | (counter & (1 << low_bits) - 1) << _RANDOM_BITS
        | noise
    )
