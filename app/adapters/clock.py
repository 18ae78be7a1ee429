"""The computer's clock."""

from __future__ import annotations

import time


class SystemClock:
    """Tells the time of the operating system."""

    def now(self) -> int:
        return time.time_ns() // 1_000
