"""A continuation as the window follows it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from fakes.window_services import LoopThread

from app.application.continuing import ContinueRequest, ContinueResult, ContinueUpdate
from app.viewmodels.bridge import Bridge
from app.viewmodels.generation import Generation

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot


class SilentModel:
    """Says once that it reads the prompt, then nothing until it is stopped."""

    async def run(self, request: ContinueRequest, on_update: Callable[[ContinueUpdate], None]) -> ContinueResult:
        on_update(ContinueUpdate(phase="processing prompt", text="", tokens=0, elapsed_s=1.0, tokens_per_second=None))
        await asyncio.Event().wait()
        raise AssertionError("nobody sets it")


def test_the_clock_runs_on_while_the_server_is_silent(qtbot: QtBot) -> None:
    io, bridge = LoopThread(), Bridge()
    generation = Generation(SilentModel(), io, bridge)
    seen: list[ContinueUpdate] = []
    generation.updated.connect(seen.append)

    generation.start(ContinueRequest(branch="b"))
    qtbot.waitUntil(lambda: len(seen) >= 3)
    with qtbot.waitSignal(generation.stopped):
        generation.stop()

    clocks = [update.elapsed_s for update in seen]
    assert clocks[0] == 1.0
    assert clocks == sorted(set(clocks)), "each later than the one before"
    assert {update.phase for update in seen} == {"processing prompt"}
    generation.close()
    bridge.close()
    io.close()
