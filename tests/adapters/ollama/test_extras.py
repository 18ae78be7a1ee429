"""Thinking, tools, forms, pulls: what is sent to Ollama and what is made of its answers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from fakes import scripted_server as script
from fakes.scripted_server import ScriptedServer
from fakes.talking import Listener, question

from app.adapters.io_thread import IoThread
from app.adapters.ollama.client import OllamaClient
from app.application.ports import ChatRequest, PullProgress, ThinkingArrived, ToolCallArrived
from app.domain.errors import ModelError, PromptTooLong

if TYPE_CHECKING:
    from collections.abc import Iterator

TOOL = {"type": "function", "function": {"name": "get_weather", "parameters": {"type": "object"}}}
HELLO = ({"role": "user", "content": "hi"},)


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


@pytest.fixture
def io() -> Iterator[IoThread]:
    with IoThread() as io:
        yield io


@pytest.fixture
def client(server: ScriptedServer, io: IoThread) -> Iterator[OllamaClient]:
    client = OllamaClient(server.address)
    yield client
    io.submit(client.close()).result()


def message(**content: Any) -> script.Step:
    return script.line({"message": {"role": "assistant", "content": "", **content}, "done": False})


END = script.line({**script.DONE, "message": {"role": "assistant", "content": ""}})


def test_every_wish_is_in_the_body(server: ScriptedServer, io: IoThread, client: OllamaClient) -> None:
    asked = ChatRequest(
        model="scripted:1b", messages=HELLO, format={"type": "object"}, think="high", tools=(TOOL,), keep_alive=-1
    )

    io.submit(Listener(client, asked).listen()).result()

    body = json.loads(server.bodies[0])
    assert (body["format"], body["think"], body["tools"], body["keep_alive"]) == (
        {"type": "object"},
        "high",
        [TOOL],
        -1,
    )


def test_what_was_not_wished_for_is_not_in_the_body(server: ScriptedServer, io: IoThread, client: OllamaClient) -> None:
    io.submit(Listener(client, ChatRequest(model="scripted:1b", messages=HELLO, may_cut=True)).listen()).result()

    assert set(json.loads(server.bodies[0])) == {"model", "messages", "stream", "options"}


def test_thinking_comes_apart_from_the_answer_and_is_a_phase(
    server: ScriptedServer, io: IoThread, client: OllamaClient
) -> None:
    server.chat = (script.begin_stream, message(thinking="The sky"), message(thinking=" is"), script.text("Blue."), END)

    heard = io.submit(Listener(client, question("scripted:1b")).listen()).result()

    thought = [part.text for part in heard.parts if isinstance(part, ThinkingArrived)]
    assert (thought, heard.text) == (["The sky", " is"], "Blue.")
    assert heard.phases == ["connecting", "processing prompt", "thinking", "generating"]


def test_calls_of_tools_come_as_they_are(server: ScriptedServer, io: IoThread, client: OllamaClient) -> None:
    calls = [
        {"id": "call_1", "function": {"index": 0, "name": "get_weather", "arguments": {"city": "Paris"}}},
        {"function": {"name": "get_weather", "arguments": {}}},
    ]
    server.chat = (script.begin_stream, message(tool_calls=calls), END)

    heard = io.submit(Listener(client, question("scripted:1b")).listen()).result()

    assert [part for part in heard.parts if isinstance(part, ToolCallArrived)] == [
        ToolCallArrived(call_id="call_1", name="get_weather", arguments={"city": "Paris"}),
        ToolCallArrived(call_id="", name="get_weather", arguments={}),
    ]


@pytest.mark.parametrize("version", ["0.32.15", "0.7.0"])
def test_mirostat_is_refused_where_it_would_be_ignored(
    server: ScriptedServer, io: IoThread, client: OllamaClient, version: str
) -> None:
    server.version = script.answer(200, {"version": version})

    with pytest.raises(ModelError, match=f"Ollama {version} does not know mirostat any more"):
        io.submit(Listener(client, question("scripted:1b", mirostat=2)).listen()).result()
    assert server.bodies == []


def test_mirostat_is_sent_where_it_is_known(server: ScriptedServer, io: IoThread, client: OllamaClient) -> None:
    server.version = script.answer(200, {"version": "0.5.4"})

    io.submit(Listener(client, question("scripted:1b", mirostat=2)).listen()).result()

    assert json.loads(server.bodies[0])["options"] == {"mirostat": 2}


def test_a_prompt_that_is_too_long_is_told_with_its_numbers(
    server: ScriptedServer, io: IoThread, client: OllamaClient
) -> None:
    inner = {"error": {"type": "exceed_context_size_error", "message": "…", "n_prompt_tokens": 9010, "n_ctx": 4096}}
    server.chat = (script.answer(400, {"error": json.dumps(inner)}),)

    with pytest.raises(PromptTooLong) as caught:
        io.submit(Listener(client, question("scripted:1b")).listen()).result()
    assert (caught.value.tokens, caught.value.room) == (9010, 4096)


def test_more_than_the_window_is_looked_into(server: ScriptedServer, io: IoThread, client: OllamaClient) -> None:
    server.loaded = [{**script.MODEL, "context_length": 1024}]
    server.chat = (script.begin_stream, script.line({**script.DONE, "prompt_eval_count": 1001, "eval_count": 9}))

    heard = io.submit(Listener(client, question("scripted:1b", num_ctx=1000)).listen()).result()

    assert heard.done.window == 1024


def test_tokens_from_the_cache_are_told_where_the_server_tells(
    server: ScriptedServer, io: IoThread, client: OllamaClient
) -> None:
    server.chat = (script.begin_stream, script.line({**script.DONE, "prompt_eval_cached_count": 9}))

    assert io.submit(Listener(client, question("scripted:1b")).listen()).result().done.cached_tokens == 9


async def pulled(client: OllamaClient, name: str, **wish: Any) -> list[PullProgress]:
    return [one async for one in client.pull(name, **wish)]


def test_a_pull_tells_its_steps_until_the_model_is_there(
    server: ScriptedServer, io: IoThread, client: OllamaClient
) -> None:
    server.pull = (
        script.begin_stream,
        script.line({"status": "pulling manifest"}),
        script.line({"status": "pulling 5f44", "digest": "sha256:5f44", "total": 100, "completed": 40}),
        script.line({"status": "success"}),
        script.hang,
    )

    steps = io.submit(pulled(client, "tiny:1b")).result()

    assert [one.status for one in steps] == ["pulling manifest", "pulling 5f44", "success"]
    assert (steps[1].completed, steps[1].total, steps[1].digest) == (40, 100, "sha256:5f44")
    assert server.disconnected.wait(60)


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        (
            (script.begin_stream, script.line({"error": "pull model manifest: connection refused"})),
            "connection refused",
        ),
        ((script.begin_stream, script.line({"status": "pulling manifest"})), "without saying that the model is there"),
        ((script.answer(400, {"error": "invalid model name"}),), "invalid model name"),
        ((script.answer(200, b"<html>", Content_Type="text/html"),), "text/html in place of an answer"),
    ],
)
def test_a_pull_that_fails_says_why(
    server: ScriptedServer, io: IoThread, client: OllamaClient, steps: tuple[script.Step, ...], sentence: str
) -> None:
    server.pull = steps

    with pytest.raises(ModelError, match=sentence):
        io.submit(pulled(client, "tiny:1b")).result()


def test_a_model_of_somebody_elses_machine_is_not_pulled(
    server: ScriptedServer, io: IoThread, client: OllamaClient
) -> None:
    with pytest.raises(ModelError, match="would not run on this machine"):
        io.submit(pulled(client, "gpt-oss:120b-cloud")).result()
    assert server.asked == []


def test_whose_machine_a_model_runs_on_is_told(server: ScriptedServer, io: IoThread, client: OllamaClient) -> None:
    server.models = [script.REMOTE_MODEL]

    (model,) = io.submit(client.models()).result()

    assert (model.local, model.remote_host) == (False, "https://far.invalid")


def test_what_a_model_is_is_asked_once(server: ScriptedServer, io: IoThread, client: OllamaClient) -> None:
    for _ in range(3):
        assert io.submit(Listener(client, question("scripted:1b")).listen()).result().text == "Hello world"

    assert server.asked.count(("POST", "/api/show")) == 1


def test_a_pull_that_is_cancelled_leaves_the_server(server: ScriptedServer, io: IoThread, client: OllamaClient) -> None:
    server.pull = (script.begin_stream, script.line({"status": "pulling manifest"}), script.hang)

    fetching = io.submit(pulled(client, "tiny:1b"))
    assert server.hanging.wait(60)
    fetching.cancel()

    assert server.disconnected.wait(60)
