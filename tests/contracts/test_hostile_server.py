"""A continuation against a server that does all it can to hurt: one sentence, the partial text kept, nothing stuck."""

from __future__ import annotations

import tracemalloc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from fakes import scripted_server as script
from fakes.continuing_scene import Scene
from fakes.scripted_server import ScriptedServer
from fakes.sequential_ids import SequentialIds

from app.adapters.io_thread import IoThread
from app.adapters.ollama.client import OllamaClient
from app.application.continuing import Continuing
from app.application.ports import NoRunMarks
from app.domain.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

    from app.application.continuing import ContinueResult

MEBIBYTE = 2**20
MOST_MEMORY = 96 * MEBIBYTE


class Talk:
    """A branch, a hostile server, and the real client between them."""

    def __init__(self, io: IoThread, server: ScriptedServer) -> None:
        self.io, self.server, self.scene = io, server, Scene()
        self.client = OllamaClient(server.address)
        scene = self.scene
        self.continuing = Continuing(
            scene.store, scene.machine, self.client, scene.clock, SequentialIds("h"), marks=NoRunMarks()
        )

    def start(self, **wish: Any) -> Future[ContinueResult]:
        return self.io.submit(self.continuing.run(self.scene.request(say="Hello?", **wish), self.scene.updates.append))

    def failure(self) -> str:
        """The sentence; the branch has the same one, and the partial text beside it."""
        with pytest.raises(ModelError) as caught:
            self.start().result()
        last = self.scene.recorded()[-1]
        assert (last.type, last.data["reason"]) == ("generation.failed", str(caught.value))
        assert "\n" not in str(caught.value)
        return str(caught.value)

    def kept(self) -> str:
        return str(self.scene.recorded()[-1].data["text"])

    def answers_again(self) -> bool:
        self.server.chat = (script.begin_stream, script.text("Well."), script.line(script.DONE))
        return self.start().result().text == "Well."


@contextmanager
def talking(*chat: script.Step) -> Iterator[Talk]:
    with ScriptedServer(*chat) as server, IoThread() as io:
        talk = Talk(io, server)
        yield talk
        io.submit(talk.client.close()).result()


@pytest.fixture
def talk() -> Iterator[Talk]:
    with talking() as talk:
        yield talk


def drip(content: bytes) -> script.Step:
    """Byte by byte."""

    def step(exchange: script.Exchange) -> None:
        for position in range(len(content)):
            exchange.write(content[position : position + 1])

    return step


HALF = (script.begin_stream, script.text("Half"))


@pytest.mark.parametrize(
    ("chat", "kept", "sentence"),
    [
        ((*HALF, script.line({"error": "unexpected EOF"})), "Half", "unexpected EOF"),
        ((*HALF, script.raw(b'{"message":{"content":"an')), "Half", "broke off in the middle of a line"),
        ((*HALF, script.raw(b'{"message":{"content":"\xff"}}\n')), "Half", "not valid UTF-8"),
        ((*HALF, script.raw(b"\x00\x01\x02\n")), "Half", "cannot be read"),
        (HALF, "Half", "without saying that it is done"),
        ((script.promise_more, script.text("Half")), "Half", "went away before its answer was complete"),
        ((script.answer(500, {"error": "a\nb"}),), "", "a b"),
        ((script.answer(500, b"<html><body>proxy</body></html>"),), "", "500 Internal Server Error"),
        ((script.answer(302, Location="http://elsewhere.invalid/api/chat"),), "", "redirects to http://elsewhere.invalid"),
        ((script.answer(307, Location="//elsewhere.invalid/api/chat"),), "", "follows no redirects"),
        ((script.answer(200, b"<html>hello</html>", Content_Type="text/html"),), "", "sent text/html in place"),
        ((script.answer(200, b"\x1f\x8b", Content_Encoding="gzip"),), "", "compresses"),
        ((lambda exchange: exchange.handler.connection.close(),), "", "went away"),
        ((*HALF, script.line({"message": {"content": "x", "tool_calls": "none"}})), "Half", "cannot be read"),
        ((*HALF, script.line({"done": "yes"})), "Half", "cannot be read"),
        ((*HALF, script.line({"error": {"deep": ["x"] * 9}})), "Half", "deep"),
    ],
)  # fmt: skip
def test_whatever_the_server_does_ends_in_one_sentence_and_keeps_what_came(
    chat: tuple[script.Step, ...], kept: str, sentence: str
) -> None:
    with talking(*chat) as talk:
        assert sentence in talk.failure()
        assert talk.kept() == kept
        assert talk.answers_again()


@pytest.mark.parametrize("steps", [(script.hang,), (script.begin_stream, script.hang), (*HALF, script.hang)])
def test_a_server_that_hangs_can_be_left_at_once(steps: tuple[script.Step, ...]) -> None:
    with talking(*steps) as talk:
        run = talk.start()
        assert talk.server.hanging.wait(60)
        run.cancel()

        assert talk.server.disconnected.wait(60)
        assert talk.answers_again()
        assert "generation.cancelled" in {one.type for one in talk.scene.recorded()}


def test_a_line_without_end_does_not_fill_the_memory() -> None:
    with talking(*HALF, script.endless_line) as talk:
        tracemalloc.start()
        sentence = talk.failure()
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()

        assert "line of more than 8,388,608 bytes" in sentence
        assert talk.kept() == "Half"
        assert most < MOST_MEMORY
        assert talk.server.disconnected.wait(60)
        assert talk.answers_again()


def test_a_stream_without_end_is_ended() -> None:
    def endless(exchange: script.Exchange) -> None:
        try:
            while True:
                script.text("more " * 5_000)(exchange)
        except OSError:
            exchange.server.disconnected.set()

    with talking(script.begin_stream, endless) as talk:
        assert "no end in sight" in talk.failure()
        assert 16 * MEBIBYTE < len(talk.kept()) < 17 * MEBIBYTE
        assert talk.server.disconnected.wait(60)
        assert talk.answers_again()


def test_a_stream_of_nothing_without_end_is_ended_too() -> None:
    def endless(exchange: script.Exchange) -> None:
        try:
            while True:
                exchange.write((b" " * 60_000 + b"\n") * 4)
        except OSError:
            exchange.server.disconnected.set()

    with talking(*HALF, endless) as talk:
        assert "more than 67,108,864 bytes" in talk.failure()
        assert talk.kept() == "Half"


def test_an_answer_that_comes_byte_by_byte_is_an_answer() -> None:
    lines = b'{"message":{"content":"na\xc3\xafve"},"done":false}\n{"done":true,"done_reason":"stop"}\n'

    with talking(script.begin_stream, drip(lines)) as talk:
        assert talk.start().result().text == "naïve"


def test_a_model_of_another_machine_gets_nothing(talk: Talk) -> None:
    talk.server.models = [script.REMOTE_MODEL]

    with pytest.raises(ModelError, match="does not run on this machine"):
        talk.start(model="far:120b").result()
    assert talk.server.bodies == []
    assert talk.scene.recorded() == []
    talk.start(model="far:120b", allow_remote=True).result()
    assert len(talk.server.bodies) == 1


@pytest.mark.parametrize(
    "models", [b"[]", b'{"models": 5}', b"<html>", b'{"models": [{"name": 5, "details": []}, 7, null]}', b"\xff"]
)
def test_a_list_of_models_that_is_none_is_one_sentence(talk: Talk, models: bytes) -> None:
    talk.server.tags = script.answer(200, models)

    with pytest.raises(ModelError) as caught:
        talk.start().result()
    assert "\n" not in str(caught.value)
    assert talk.scene.recorded() == []


def test_a_model_described_with_nonsense_can_be_asked_all_the_same(talk: Talk) -> None:
    talk.server.models = [{"name": "scripted:1b", "size": "big", "digest": None, "details": 5, "capabilities": 7}]
    talk.server.shown = {"model_info": [], "capabilities": {}}

    assert talk.start().result().text == "Hello world"


def test_answers_to_other_questions_are_bounded(talk: Talk) -> None:
    def endless(exchange: script.Exchange) -> None:
        exchange.head(200, Content_Type="application/json")
        script.endless_line(exchange)

    talk.server.tags = endless

    with pytest.raises(ModelError, match="more than 67,108,864 bytes"):
        talk.start().result()
