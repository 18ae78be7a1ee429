"""What every model client does: the fake of the tests, Ollama's over a scripted server, and over real ones."""

from __future__ import annotations

import asyncio
import json
import os
import threading
from concurrent.futures import CancelledError
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from fakes.fake_model_client import FakeModelClient
from fakes.scripted_server import ScriptedServer
from fakes.talking import Listener, question
from fakes.weights import model_file

from app.adapters.engine.process import EngineProcess
from app.adapters.io_thread import IoThread
from app.adapters.ollama.address import server_address
from app.adapters.ollama.client import OllamaClient
from app.application.ports import ChatDone, TextArrived
from app.domain.errors import ModelError, PromptTooLong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.application.ports import ChatPart, Outgoing

    Client = FakeModelClient | OllamaClient

PHASES = ["connecting", "loading", "processing prompt", "thinking", "generating"]
TOOL = {"type": "function", "function": {"name": "get_weather", "parameters": {"type": "object"}}}
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
CONFIGURED = os.environ.get("OLLAMA_HOST")


@pytest.fixture
def fake() -> Client:
    return FakeModelClient()


@pytest.fixture
def scripted() -> Iterator[Client]:
    with ScriptedServer() as server:
        yield OllamaClient(server.address)


@pytest.fixture(scope="module")
def engine_address() -> Iterator[str]:
    with EngineProcess(model_file()) as process:
        yield process.address


@pytest.fixture
def engine(engine_address: str) -> Client:
    return OllamaClient(engine_address)


@pytest.fixture
def configured() -> Client:
    if not CONFIGURED:
        pytest.skip("OLLAMA_HOST names no server to try this with")
    return OllamaClient(server_address(CONFIGURED))


class Setting:
    """A client, the loop it lives on, and the name of a model it can be asked for."""

    def __init__(self, io: IoThread, client: Client, *, is_real: bool) -> None:
        self.io, self.client, self.is_real = io, client, is_real
        self.models = io.submit(client.models()).result()
        self.model = self.models[0].name

    def listen(self, listener: Listener) -> Listener:
        return self.io.submit(listener.listen()).result()

    def ask(self, **options: Any) -> Listener:
        return self.listen(Listener(self.client, question(self.model, seed=1, num_predict=8, **options)))


REAL = ["engine", "configured"]


@pytest.fixture(params=["fake", "scripted", *(pytest.param(real, marks=pytest.mark.model) for real in REAL)])
def setting(request: pytest.FixtureRequest) -> Iterator[Setting]:
    client = request.getfixturevalue(request.param)
    with IoThread() as io:
        yield Setting(io, client, is_real=request.param in REAL)
        io.submit(client.close()).result()


def test_the_first_model_is_a_local_one_that_can_chat(setting: Setting) -> None:
    first = setting.models[0]

    assert first.local
    assert first.digest
    assert "completion" in first.capabilities


def test_an_answer_has_phases_in_order_then_text_then_its_end(setting: Setting) -> None:
    listener = setting.ask()

    assert listener.phases == [phase for phase in PHASES if phase in listener.phases]
    assert {"connecting", "processing prompt", "generating"} <= set(listener.phases)
    assert listener.text
    assert isinstance(listener.parts[-1], ChatDone)


def test_the_end_tells_counts_and_durations_by_the_servers_names(setting: Setting) -> None:
    done = setting.ask().done

    assert done.done_reason in ("stop", "length")
    assert done.prompt_tokens
    assert done.tokens
    assert done.durations["total_duration"] >= done.durations["eval_duration"] >= 0


def test_what_is_about_to_be_sent_is_told_once_and_before_any_text(setting: Setting) -> None:
    texts_before: list[str] = []

    class Noting(Listener):
        async def on_sending(self, outgoing: Outgoing) -> None:
            texts_before.append(self.text)
            await super().on_sending(outgoing)

    asked = question(setting.model, seed=1, num_predict=8)
    (sent,) = setting.listen(Noting(setting.client, asked)).sent

    body = json.loads(sent.body)
    assert texts_before == [""]
    assert (body["model"], body["messages"], body["options"]) == (asked.model, [*asked.messages], asked.options)
    assert sent.model == setting.model
    assert sent.digest == setting.models[0].digest
    assert sent.server_version == setting.io.submit(setting.client.version()).result()
    assert sent.endpoint == f"{setting.client.address}/api/chat"


def test_when_recording_fails_there_is_no_answer(setting: Setting) -> None:
    class Failing(Listener):
        async def on_sending(self, outgoing: Outgoing) -> None:
            raise OSError("disk full")

    listener = Failing(setting.client, question(setting.model, num_predict=8))

    with pytest.raises(OSError, match="disk full"):
        setting.listen(listener)
    assert listener.text == ""


def test_an_unknown_model_is_an_error_in_the_servers_words_and_nothing_is_recorded(setting: Setting) -> None:
    listener = Listener(setting.client, question("no-such-model:1b"))

    with pytest.raises(ModelError, match="'no-such-model:1b' not found"):
        setting.listen(listener)
    assert listener.sent == []


def test_a_remote_model_is_refused_unless_allowed(setting: Setting) -> None:
    listener = Listener(setting.client, question("far:120b-cloud"))

    with pytest.raises(ModelError, match="does not run on this machine"):
        setting.listen(listener)
    assert listener.sent == []


def test_cancelling_the_task_ends_it_and_the_client_can_be_asked_again(setting: Setting) -> None:
    sending, ended = threading.Event(), threading.Event()

    class Waiting(Listener):
        async def listen(self) -> Listener:
            try:
                return await super().listen()
            finally:
                ended.set()

        async def on_sending(self, outgoing: Outgoing) -> None:
            sending.set()
            await asyncio.Event().wait()

    future = setting.io.submit(Waiting(setting.client, question(setting.model)).listen())
    assert sending.wait(60)
    future.cancel()

    assert ended.wait(60)
    with pytest.raises(CancelledError):
        future.result()
    assert setting.ask().text


def test_leaving_the_iteration_in_the_middle_leaves_the_client_usable(setting: Setting) -> None:
    class Impatient(Listener):
        def on_part(self, part: ChatPart) -> None:
            if isinstance(part, TextArrived):
                raise TypeError("enough")

    with pytest.raises(TypeError, match="enough"):
        setting.listen(Impatient(setting.client, question(setting.model)))
    assert setting.ask().text


def test_two_chats_may_run_at_once(setting: Setting) -> None:
    listeners = [Listener(setting.client, question(setting.model, seed=1, num_predict=4)) for _ in range(2)]

    futures = [setting.io.submit(listener.listen()) for listener in listeners]

    assert all(future.result().done for future in futures)


def test_closing_twice_is_allowed(setting: Setting) -> None:
    setting.io.submit(setting.client.close()).result()
    setting.io.submit(setting.client.close()).result()


def test_what_the_request_wishes_for_is_what_is_sent(setting: Setting) -> None:
    schema = {"type": "object", "properties": {"fruit": {"enum": ["fig", "pear"]}}, "required": ["fruit"]}
    asked = replace(question(setting.model, seed=1, num_predict=60), format=schema, think=False, keep_alive="5m")

    listener = setting.listen(Listener(setting.client, asked))

    body = json.loads(listener.sent[0].body)
    assert (body["format"], body["think"], body["keep_alive"]) == (schema, False, "5m")
    if setting.is_real:
        assert json.loads(listener.text)["fruit"] in ("fig", "pear")


@pytest.mark.parametrize(
    ("capability", "wish"),
    [
        ("tools", {"tools": (TOOL,)}),
        ("thinking", {"think": True}),
        ("vision", {"messages": ({"role": "user", "content": "What is it?", "images": [PIXEL]},)}),
    ],
)
def test_what_a_model_cannot_do_is_refused_in_the_servers_words(
    setting: Setting, capability: str, wish: dict[str, Any]
) -> None:
    if not setting.is_real or capability in setting.models[0].capabilities:
        pytest.skip(f"this model, or its stand-in, does not refuse {capability}")
    listener = Listener(setting.client, replace(question(setting.model, num_predict=2), **wish))

    with pytest.raises(ModelError, match="not support"):
        setting.listen(listener)
    assert listener.text == ""


def test_a_prompt_beyond_the_window_is_refused_with_its_exact_length(setting: Setting) -> None:
    if not setting.is_real:
        pytest.skip("a stand-in counts no tokens")
    long = question(setting.model, "word " * 600, seed=1, num_ctx=512, num_predict=2)

    with pytest.raises(PromptTooLong) as caught:
        setting.listen(Listener(setting.client, long))
    assert caught.value.tokens > 600 > caught.value.room >= 512


def test_pulling_a_model_that_nobody_has_says_why(setting: Setting) -> None:
    async def pulled() -> None:
        async for _ in setting.client.pull("127.0.0.1:9/library/no-such-model"):
            pass

    if setting.client.address.startswith("http://127.0.0.1") and not setting.is_real:
        pytest.skip("a scripted server pulls whatever it is told to")
    with pytest.raises(ModelError):
        setting.io.submit(pulled()).result()
