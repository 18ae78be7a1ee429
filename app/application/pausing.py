"""A switch that long asynchronous work waits at."""

from __future__ import annotations

import asyncio
import threading


class PauseSwitch:
    """Tells work to wait at its next step, and to go on. Any thread may turn it; tasks of any loop may wait at it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._paused = False
        self._waiting: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    @property
    def is_paused(self) -> bool:
        return self._paused

    def pause(self) -> None:
        with self._lock:
            self._paused = True

    def go_on(self) -> None:
        with self._lock:
            self._paused = False
            waiting, self._waiting = self._waiting, []
        for loop, event in waiting:
            if not loop.is_closed():
                loop.call_soon_threadsafe(event.set)

    async def passed(self) -> None:
        """Returns at once, or when the switch is told to go on."""
        while True:
            with self._lock:
                if not self._paused:
                    return
                event = asyncio.Event()
                self._waiting.append((asyncio.get_running_loop(), event))
            await event.wait()
