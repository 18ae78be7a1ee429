"""Between a run that waits for a tool's result, on the I/O thread, and the person who types it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    import asyncio

    from app.application.tool_answers import ToolAnswer, ToolQuestion
    from app.viewmodels.bridge import Bridge


class ToolAsking(QObject):
    """Signals: ``asked(object)`` with the ``ToolQuestion``; ``withdrawn`` when nobody waits for the answer any more."""

    asked = Signal(object)
    withdrawn = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._waiting: tuple[asyncio.AbstractEventLoop, asyncio.Future[ToolAnswer]] | None = None

    async def ask(self, question: ToolQuestion) -> ToolAnswer:
        """Awaited on the I/O thread. Cancelling it takes the question back."""
        import asyncio  # noqa: PLC0415 -- start-up time

        loop = asyncio.get_running_loop()
        answer: asyncio.Future[ToolAnswer] = loop.create_future()
        self._waiting = (loop, answer)
        self._bridge.post(partial(self.asked.emit, question))
        try:
            return await answer
        except asyncio.CancelledError:
            self._bridge.post(self.withdrawn.emit)
            raise
        finally:
            self._waiting = None

    def answer(self, given: ToolAnswer) -> None:
        """From the main thread; without effect when nobody waits."""
        waiting = self._waiting
        if waiting is not None and not waiting[0].is_closed():
            waiting[0].call_soon_threadsafe(_settle, waiting[1], given)


def _settle(answer: asyncio.Future[ToolAnswer], given: ToolAnswer) -> None:
    if not answer.done():
        answer.set_result(given)
