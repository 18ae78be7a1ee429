"""A model that is being fetched: told as it comes, stopped at once, and one at a time."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from fakes.window_services import FakeHistory, LoopThread, make_services

from app.application.ports import PullProgress
from app.domain.errors import ModelError
from app.viewmodels.bridge import Bridge
from app.viewmodels.model_pulling import ModelPulling

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from pytestqt.qtbot import QtBot


class Server:
    """Fetches what it is told to; ``None`` in the script waits for ever."""

    def __init__(self) -> None:
        self.script: list[PullProgress | Exception | None] = []
        self.asked: list[str] = []
        self.was_left = False

    async def pull(self, name: str) -> AsyncIterator[PullProgress]:
        self.asked.append(name)
        try:
            for step in self.script:
                if isinstance(step, Exception):
                    raise step
                if step is None:
                    await asyncio.Event().wait()
                else:
                    yield step
        except asyncio.CancelledError:
            self.was_left = True
            raise


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def pulling(qtbot: QtBot, server: Server) -> Iterator[ModelPulling]:
    io, bridge = LoopThread(), Bridge()
    yield ModelPulling(replace(make_services(FakeHistory(), io), pull=server.pull), bridge)
    bridge.close()
    io.close()


def test_steps_are_told_and_then_that_it_is_there(pulling: ModelPulling, server: Server, qtbot: QtBot) -> None:
    server.script = [PullProgress(status="manifest"), PullProgress(status="layer", completed=4, total=9)]
    told: list[Any] = []
    pulling.progressed.connect(told.append)

    with qtbot.waitSignal(pulling.pulled) as there:
        pulling.start("tiny")

    assert there.args == ["tiny"]
    assert [one.status for one in told] == ["manifest", "layer"]
    assert not pulling.is_running


def test_a_stop_leaves_the_server_at_once(pulling: ModelPulling, server: Server, qtbot: QtBot) -> None:
    server.script = [PullProgress(status="layer", completed=4, total=9), None]
    with qtbot.waitSignal(pulling.progressed):
        pulling.start("huge")
    pulling.start("another")

    with qtbot.waitSignal(pulling.stopped):
        pulling.stop()

    assert server.asked == ["huge"]
    assert server.was_left
    assert not pulling.is_running


def test_why_it_failed_is_one_sentence(pulling: ModelPulling, server: Server, qtbot: QtBot) -> None:
    server.script = [PullProgress(status="manifest"), ModelError("no such model")]

    with qtbot.waitSignal(pulling.failed) as failed:
        pulling.start("nope")

    assert failed.args == ["no such model"]
    assert not pulling.is_running


def test_closed_in_the_middle_tells_nobody(pulling: ModelPulling, server: Server, qtbot: QtBot) -> None:
    server.script = [PullProgress(status="layer"), None]
    with qtbot.waitSignal(pulling.progressed):
        pulling.start("huge")

    with qtbot.assertNotEmitted(pulling.stopped, wait=50):
        pulling.close()

    qtbot.waitUntil(lambda: server.was_left)
