"""A signal that asks the program to end closes the window, so that its place is kept and what runs ends in order."""

from __future__ import annotations

import signal
import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QSocketNotifier

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_NUMBERS: Final = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def told_to_end(close: Callable[[], object]) -> Iterator[None]:
    """SIGTERM and Ctrl+C call ``close`` in the main thread; the same signal once more ends the process at once.

    Qt's loop gives Python no chance to see a signal: the bytes that Python writes for it wake the loop.
    """
    ours, pythons = socket.socketpair()
    ours.setblocking(False)
    pythons.setblocking(False)
    notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read)

    def woken() -> None:
        ours.recv(64)
        close()

    notifier.activated.connect(woken)
    woken_before = signal.set_wakeup_fd(pythons.fileno())
    before: dict[int, Any] = {number: signal.signal(number, _heard) for number in _NUMBERS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(woken_before)
        notifier.setEnabled(False)
        ours.close()
        pythons.close()


def _heard(number: int, _: object) -> None:
    signal.signal(number, signal.SIG_DFL)
