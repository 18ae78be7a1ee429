"""One asyncio loop in a thread of its own, for everything that waits on a network."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from types import TracebackType

T = TypeVar("T")


class IoThread:
    """Runs coroutines for other threads; after ``close`` nothing of it is left.

    The thread is no daemon: a daemon killed at exit in the middle of a request prints a traceback. So whoever makes
    one closes it.
    """

    def __init__(self, name: str = "branchline-io") -> None:
        self._lock = threading.Lock()
        self._closed = False
        started: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Future()
        self._thread = threading.Thread(target=asyncio.run, args=(_run_until_closed(started),), name=name)
        self._thread.start()
        self._loop, self._closing = started.result()

    def submit(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        """Start ``work``; cancelling the future cancels its task at once, wherever it waits."""
        with self._lock:
            if not self._closed:
                return asyncio.run_coroutine_threadsafe(work, self._loop)
        work.close()
        raise RuntimeError("the I/O thread is closed")

    def close(self) -> None:
        """Cancel every task, let each clean up, end the loop and join the thread."""
        if threading.current_thread() is self._thread:
            raise RuntimeError("the I/O thread cannot close itself")
        with self._lock:
            if not self._closed:
                self._closed = True
                self._loop.call_soon_threadsafe(self._closing.set)
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


async def _run_until_closed(started: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]]) -> None:
    """The loop's main task; when it returns, ``asyncio.run`` cancels and awaits all the others."""
    closing = asyncio.Event()
    started.set_result((asyncio.get_running_loop(), closing))
    await closing.wait()
