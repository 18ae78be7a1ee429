"""The built-in model stands in where no Ollama answers, and is started again when its process has died."""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from fakes import scripted_server as script
from fakes.scripted_server import ScriptedServer
from fakes.talking import Listener, question
from fakes.weights import model_file

from app.adapters.engine.process import EngineProcess
from app.adapters.fallback import FallbackModels
from app.adapters.io_thread import IoThread
from app.application.ports import TextArrived
from app.domain.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.application.ports import ChatPart

NOBODY = "http://127.0.0.1:9"


class ScriptedEngine:
    """A process that is a scripted server."""

    def __init__(self) -> None:
        self.server = ScriptedServer()
        self.address, self.is_running = self.server.address, True

    def close(self) -> None:
        self.is_running = False
        self.server.close()


class Gateway:
    def __init__(self, io: IoThread, configured: str) -> None:
        self.io, self.engines, self.said = io, list[ScriptedEngine](), list[str]()
        self.client = FallbackModels(configured, self._start, self.said.append)

    def _start(self) -> ScriptedEngine:
        self.engines.append(ScriptedEngine())
        return self.engines[-1]

    def ask(self) -> str:
        return self.io.submit(Listener(self.client, question("scripted:1b")).listen()).result().text


@contextmanager
def gateway(configured: str = NOBODY) -> Iterator[Gateway]:
    with IoThread() as io:
        made = Gateway(io, configured)
        yield made
        io.submit(made.client.close()).result()


def test_an_ollama_that_answers_is_used() -> None:
    with ScriptedServer() as server, gateway(server.address) as models:
        assert models.ask() == "Hello world"
        assert (models.engines, models.said, models.client.address) == ([], [], server.address)


def test_the_built_in_model_stands_in_and_that_is_said_once() -> None:
    with gateway() as models:
        assert [models.ask(), models.ask()] == ["Hello world"] * 2
        assert len(models.engines) == len(models.said) == 1
        assert models.client.address == models.engines[0].address


def test_a_process_that_died_is_started_again_by_the_next_request() -> None:
    with gateway() as models:
        models.ask()
        models.engines[0].close()

        assert models.ask() == "Hello world"
        assert models.said[-1] == "the built-in model had ended and is started again"
        assert models.client.address == models.engines[1].address


def test_a_start_that_fails_is_tried_again_the_next_time() -> None:
    with gateway() as models:
        models.ask()
        models.engines[0].close()
        start, models.client._start = models.client._start, _fail
        with pytest.raises(ModelError, match="no memory"):
            models.ask()
        models.client._start = start

        assert models.ask() == "Hello world"


def test_what_could_not_stand_in_is_not_announced() -> None:
    with gateway() as models:
        start, models.client._start = models.client._start, _fail
        for _ in range(2):
            with pytest.raises(ModelError, match="The built-in model cannot stand in: no memory"):
                models.ask()
        assert models.said == []
        models.client._start = start

        assert models.ask() == "Hello world"
        assert models.said == [f"no Ollama answers at {NOBODY}: the built-in model is used"]


def test_pulling_goes_through() -> None:
    with ScriptedServer() as server, gateway(server.address) as models:
        server.pull = (script.begin_stream, script.line({"status": "success"}))

        async def pulled() -> list[str]:
            return [step.status async for step in models.client.pull("tiny:1b")]

        assert models.io.submit(pulled()).result() == ["success"]


def _fail() -> ScriptedEngine:
    raise ModelError("no memory")


@pytest.mark.model
@pytest.mark.skipif(os.name == "nt", reason="kills with a POSIX signal")
def test_a_model_that_crashes_in_the_middle_answers_the_next_question() -> None:
    engines: list[EngineProcess] = []

    def start() -> EngineProcess:
        engines.append(EngineProcess(model_file()))
        return engines[-1]

    class Killing(Listener):
        def on_part(self, part: ChatPart) -> None:
            if isinstance(part, TextArrived):
                os.kill(engines[-1].pid, signal.SIGKILL)

    with IoThread() as io:
        client = FallbackModels(NOBODY, start, lambda _: None)
        asked = question("smollm2:135m", "Count from 1 to 500.", seed=1)
        killed = Killing(client, asked)
        with pytest.raises(ModelError, match="went away before its answer was complete"):
            io.submit(killed.listen()).result()
        again = io.submit(Listener(client, question("smollm2:135m", seed=1, num_predict=4)).listen()).result()
        io.submit(client.close()).result()

    assert killed.text
    assert again.text
    assert len(engines) == 2
