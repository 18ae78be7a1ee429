"""OllamaClient against a server that behaves as told, mostly badly."""

from __future__ import annotations

import json
import threading
from concurrent.futures import CancelledError
from typing import TYPE_CHECKING, Any

import pytest
from fakes import scripted_server as script
from fakes.scripted_server import ScriptedServer
from fakes.talking import Listener, question

from app.adapters.io_thread import IoThread
from app.adapters.ollama.client import OllamaClient
from app.application.ports import ChatRequest, PhaseChanged, TextArrived
from app.domain.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.application.ports import ChatPart, Outgoing


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


class Talk:
    """A client and the thread it lives on."""

    def __init__(self, io: IoThread, address: str) -> None:
        self.io, self.client = io, OllamaClient(address)

    def run(self, request: ChatRequest | None = None) -> Listener:
        listener = Listener(self.client, request or question("scripted:1b"))
        return self.io.submit(listener.listen()).result()

    def refusal(self, request: ChatRequest | None = None) -> str:
        with pytest.raises(ModelError) as caught:
            self.run(request)
        return str(caught.value)

    def models(self) -> Any:
        return self.io.submit(self.client.models()).result()


@pytest.fixture
def talk(server: ScriptedServer) -> Iterator[Talk]:
    with IoThread() as io:
        talk = Talk(io, server.address)
        yield talk
        io.submit(talk.client.close()).result()


def test_the_body_captured_is_the_body_received_byte_for_byte(server: ScriptedServer, talk: Talk) -> None:
    asked = ChatRequest(
        model="scripted:1b",
        messages=({"role": "system", "content": "Be brief — “ja”."}, {"role": "user", "content": "naïve\n\u2028"}),
        options={"seed": 7, "temperature": 0.25},
        keep_alive="10m",
    )

    listener = talk.run(asked)

    (sent,) = listener.sent
    assert [sent.body.encode()] == server.bodies
    assert json.loads(sent.body) == {
        "model": "scripted:1b",
        "messages": [dict(message) for message in asked.messages],
        "stream": True,
        "options": {"seed": 7, "temperature": 0.25},
        "keep_alive": "10m",
        "truncate": False,
        "shift": False,
    }
    assert (sent.model, sent.digest, sent.server_version) == ("scripted:1b", "5" * 64, "0.32.15")
    assert sent.endpoint == f"{server.address}/api/chat"


def test_nothing_has_left_while_on_sending_is_awaited(server: ScriptedServer, talk: Talk) -> None:
    received_before: list[int] = []

    class Early(Listener):
        async def on_sending(self, outgoing: Outgoing) -> None:
            received_before.append(len(server.bodies))

    talk.io.submit(Early(talk.client, question("scripted:1b")).listen()).result()

    assert received_before == [0]
    assert len(server.bodies) == 1


def test_an_error_while_recording_stops_the_request(server: ScriptedServer, talk: Talk) -> None:
    class Failing(Listener):
        async def on_sending(self, outgoing: Outgoing) -> None:
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        talk.io.submit(Failing(talk.client, question("scripted:1b")).listen()).result()
    assert server.bodies == []


def test_truncate_is_not_sent_to_a_server_that_is_too_old_to_know_it(server: ScriptedServer, talk: Talk) -> None:
    server.version = script.answer(200, {"version": "0.11.4"})

    assert "truncate" not in json.loads(talk.run().sent[0].body)


def test_an_answer_comes_in_pieces_and_ends_with_the_servers_figures(talk: Talk) -> None:
    listener = talk.run()

    assert [part.text for part in listener.parts if isinstance(part, TextArrived)] == ["Hello", " world"]
    assert listener.phases == ["connecting", "processing prompt", "generating"]
    assert listener.done.done_reason == "stop"
    assert (listener.done.prompt_tokens, listener.done.tokens) == (12, 3)
    assert listener.done.durations == {
        "total_duration": 5_000_000,
        "load_duration": 1_000_000,
        "prompt_eval_duration": 2_000_000,
        "eval_duration": 2_000_000,
    }


def test_a_model_that_is_not_loaded_is_told_to_be_loading(server: ScriptedServer, talk: Talk) -> None:
    server.loaded = []

    assert talk.run().phases == ["connecting", "loading", "processing prompt", "generating"]


def test_the_end_of_loading_is_told_before_the_first_byte_of_the_answer(server: ScriptedServer, talk: Talk) -> None:
    server.loaded = []
    processing = threading.Event()

    def wait_until_told(_: script.Exchange) -> None:
        server.loaded = [script.MODEL]
        assert processing.wait(60)

    server.chat = (wait_until_told, *server.chat)

    class Watching(Listener):
        def on_part(self, part: ChatPart) -> None:
            if part == PhaseChanged("processing prompt"):
                processing.set()

    listener = Watching(talk.client, question("scripted:1b"))
    talk.io.submit(listener.listen()).result()

    assert listener.phases == ["connecting", "loading", "processing prompt", "generating"]


def test_cancelling_in_a_stall_closes_the_connection(server: ScriptedServer, talk: Talk) -> None:
    server.chat = (script.begin_stream, script.text("Hel"), script.hang)
    listener = Listener(talk.client, question("scripted:1b"))

    future = talk.io.submit(listener.listen())
    assert server.hanging.wait(60)
    future.cancel()

    assert server.disconnected.wait(60)
    assert listener.text in ("", "Hel")
    with pytest.raises(CancelledError):
        future.result()


def test_cancelling_before_the_server_says_anything_closes_the_connection(server: ScriptedServer, talk: Talk) -> None:
    server.chat = (script.hang,)

    future = talk.io.submit(Listener(talk.client, question("scripted:1b")).listen())
    assert server.hanging.wait(60)
    future.cancel()

    assert server.disconnected.wait(60)


def test_the_client_serves_again_after_a_cancel(server: ScriptedServer, talk: Talk) -> None:
    usual = server.chat
    server.chat = (script.hang,)
    future = talk.io.submit(Listener(talk.client, question("scripted:1b")).listen())
    assert server.hanging.wait(60)
    future.cancel()
    assert server.disconnected.wait(60)

    server.chat = usual

    assert talk.run().text == "Hello world"


@pytest.mark.parametrize(
    ("chat", "sentence"),
    [
        ((script.begin_stream, script.text("a"), script.line({"error": "an error was encountered: unexpected EOF"})),
         "an error was encountered: unexpected EOF"),
        ((script.begin_stream, script.text("a"), script.raw(b'{"message":{"content":"b')), "middle of a line"),
        ((script.begin_stream, script.raw(b'{"message":{"content":"\xff\xfe"}}\n')), "not valid UTF-8"),
        ((script.begin_stream, script.raw(b"<html>\n")), "cannot be read"),
        ((script.begin_stream, script.raw(b'{"message":{"content":5}}\n')), "cannot be read"),
        ((script.begin_stream, script.text("a")), "without saying that it is done"),
        ((script.begin_stream,), "without saying that it is done"),
        ((script.begin_stream, script.endless_line), "line of more than 8,388,608 bytes"),
        ((script.promise_more, script.text("a")), "went away before its answer was complete"),
        ((), "went away before its answer was complete"),
        ((script.answer(500, {"error": 'option "temperature" must be of type float32'}),),
         'option "temperature" must be of type float32'),
        ((script.answer(500, b"<html>proxy</html>"),), "The model server answered 500 Internal Server Error."),
        ((script.answer(405, b"405 method not allowed", Content_Type="text/plain"),), "405 method not allowed"),
        ((script.answer(403),), "The model server answered 403 Forbidden."),
        ((script.answer(307, b"", Location="http://elsewhere.invalid/api/chat"),),
         "redirects to http://elsewhere.invalid/api/chat; Branchline follows no redirects"),
    ],
)  # fmt: skip
def test_what_goes_wrong_is_told_in_one_sentence(
    server: ScriptedServer, talk: Talk, chat: tuple[script.Step, ...], sentence: str
) -> None:
    server.chat = chat or (lambda exchange: exchange.handler.connection.close(),)

    said = talk.refusal()

    assert sentence in said
    assert "\n" not in said


def test_a_prompt_that_is_too_long_is_told_with_both_numbers(server: ScriptedServer, talk: Talk) -> None:
    inner = {
        "error": {
            "code": 400,
            "message": "request (9010 tokens) exceeds the available context size (4096 tokens), try increasing it",
            "type": "exceed_context_size_error",
            "n_prompt_tokens": 9010,
            "n_ctx": 4096,
        }
    }
    server.chat = (script.answer(400, {"error": json.dumps(inner)}),)

    said = talk.refusal()

    assert "9,010 tokens" in said
    assert "4,096 tokens" in said
    assert "{" not in said


def test_other_json_inside_an_error_is_unpacked(server: ScriptedServer, talk: Talk) -> None:
    inner = {"error": {"code": 400, "message": "no pictures please", "type": "invalid_request_error"}}
    server.chat = (script.answer(400, {"error": json.dumps(inner)}),)

    assert talk.refusal() == "no pictures please"


def test_a_model_that_is_not_there_is_told_in_the_servers_words(server: ScriptedServer, talk: Talk) -> None:
    assert talk.refusal(question("nope:1b")) == "model 'nope:1b' not found"
    assert server.bodies == []


def test_no_server_is_told_with_the_address() -> None:
    with ScriptedServer() as gone:
        address = gone.address
    with IoThread() as io:
        client = OllamaClient(address)
        with pytest.raises(ModelError, match=f"^No Ollama answers at {address}"):
            io.submit(client.version()).result()
        io.submit(client.close()).result()


@pytest.mark.parametrize("content", [b"hello", {"name": "another program"}, []])
def test_something_else_at_the_address_is_recognised(server: ScriptedServer, talk: Talk, content: Any) -> None:
    server.version = script.answer(200, content)

    with pytest.raises(ModelError, match=r"is no Ollama|is it an Ollama"):
        talk.io.submit(talk.client.version()).result()


REMOTE_BY_NAME = {**script.MODEL, "name": "gpt-oss:120b-cloud", "model": "gpt-oss:120b-cloud"}


@pytest.mark.parametrize("model", [script.REMOTE_MODEL, REMOTE_BY_NAME])
def test_a_remote_model_is_refused_before_anything_is_said_to_it(
    server: ScriptedServer, talk: Talk, model: dict[str, Any]
) -> None:
    server.models = [model]

    assert "does not run on this machine" in talk.refusal(question(model["name"]))
    assert ("POST", "/api/show") not in server.asked
    assert server.bodies == []


def test_a_model_that_only_show_tells_to_be_remote_is_refused_too(server: ScriptedServer, talk: Talk) -> None:
    server.shown = {"remote_model": "gpt-oss:120b", "remote_host": "https://far.invalid"}

    assert "does not run on this machine" in talk.refusal()
    assert server.bodies == []


def test_a_remote_model_is_asked_when_that_is_allowed(server: ScriptedServer, talk: Talk) -> None:
    server.models = [script.REMOTE_MODEL]
    asked = ChatRequest(model="far:120b", messages=({"role": "user", "content": "hi"},), allow_remote=True)

    assert talk.run(asked).text == "Hello world"


def test_models_are_local_first_and_otherwise_in_the_servers_order(server: ScriptedServer, talk: Talk) -> None:
    second = {**script.MODEL, "name": "another:2b"}
    only_embeds = {**script.MODEL, "name": "embed:1b", "capabilities": ["embedding"]}
    server.models = [script.REMOTE_MODEL, only_embeds, script.MODEL, second]

    models = talk.models()

    assert [model.name for model in models] == ["scripted:1b", "another:2b", "embed:1b", "far:120b"]
    assert [model.local for model in models] == [True, True, True, False]
    assert models[0].context_length == 4_096


def test_what_an_older_server_leaves_out_of_its_list_is_asked_for(server: ScriptedServer, talk: Talk) -> None:
    server.models = [{"name": "old:1b", "digest": "0" * 64, "size": 5, "details": {}}]
    server.shown = {
        "capabilities": ["completion", "tools"],
        "model_info": {"general.architecture": "llama", "llama.context_length": 2_048},
    }

    (model,) = talk.models()

    assert (model.capabilities, model.context_length) == (("completion", "tools"), 2_048)


def test_only_the_configured_server_is_asked_whatever_proxies_are_set(
    server: ScriptedServer, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")

    assert talk.run().text == "Hello world"
