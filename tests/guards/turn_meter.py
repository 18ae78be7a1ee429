"""Measures how long the turns of an event loop keep their thread busy."""

from __future__ import annotations

import gc
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_SLOWNESS: Final = 1.8
"""However slow the machine is just now, a turn of twice the limit is one too long."""
_RUNS: Final = 5


def _work() -> int:
    """About a millisecond of what programs in Python do: calls, attributes, dictionaries and lists."""
    known: dict[int, list[int]] = {}
    for number in range(4_000):
        known.setdefault(number % 97, []).append(number)
    return sum(map(len, known.values()))


def work_seconds(runs: int = _RUNS) -> float:
    """CPU seconds of this thread for the same work every time; the best of several runs."""
    best = float("inf")
    for _ in range(runs):
        start = time.thread_time()
        _work()
        best = min(best, time.thread_time() - start)
    return best


_usual: Final = work_seconds(20)


def slowness() -> float:
    """How much longer the same work takes now than when this process began: neighbours take caches and clock away."""
    return min(max(1.0, work_seconds() / _usual), MOST_SLOWNESS)


class TurnMeter:
    """The longest turn of a loop, in CPU seconds of its own thread.

    CPU time, not wall clock: waiting costs none. Left out are pauses for collecting garbage, which depend on all that
    the process holds and not on what the turn did. A turn over the limit is divided by how slow the machine is at
    that moment, at most ``MOST_SLOWNESS``.
    """

    def __init__(
        self,
        limit_s: float,
        clock: Callable[[], float] = time.thread_time,
        machine: Callable[[], float] = slowness,
    ) -> None:
        self.longest = 0.0
        self._limit, self._clock, self._machine = limit_s, clock, machine
        self._thread = threading.get_ident()
        self._began: float | None = None
        self._collecting: float | None = None
        self._collected = 0.0

    @property
    def is_over(self) -> bool:
        return self.longest > self._limit

    def begin(self) -> None:
        """What went before is part of no turn."""
        self._began, self._collected = self._clock(), 0.0

    def turned(self) -> None:
        """A turn may have ended here; nothing happens between ``end`` and ``begin``."""
        if self._began is None:
            return
        busy = self._clock() - self._began - self._collected
        if busy > self._limit:
            busy /= self._machine()
        self.longest = max(self.longest, busy)
        self.begin()

    def end(self) -> None:
        self.turned()
        self._began = None

    @contextmanager
    def watching_collector(self) -> Iterator[None]:
        """Know of the pauses that are left out."""
        gc.callbacks.append(self._on_collector)
        try:
            yield
        finally:
            gc.callbacks.remove(self._on_collector)

    def _on_collector(self, phase: str, info: dict[str, Any]) -> None:
        if threading.get_ident() != self._thread:
            return
        if phase == "start":
            self._collecting = self._clock()
        elif self._collecting is not None:
            self._collected += self._clock() - self._collecting
            self._collecting = None
