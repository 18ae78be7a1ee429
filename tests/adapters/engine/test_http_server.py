"""Ollama's API as the engine speaks it, held against the transcript of the real server."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any

import pytest

from app.adapters.engine.api import VERSION

if TYPE_CHECKING:
    from conftest import Served

MODEL = "tiny:1b"
HELLO = [{"role": "user", "content": "hi"}]


def test_it_greets_like_ollama_and_tells_its_version(served: Served) -> None:
    assert served.ask("/", method="GET") == (200, b"Ollama is running")
    assert served.get("/api/version") == {"version": VERSION}


def test_the_model_is_listed_and_shown_with_what_its_file_says(served: Served) -> None:
    (listed,) = served.get("/api/tags")["models"]
    shown = json.loads(served.ask("/api/show", {"model": MODEL})[1])

    assert (listed["name"], listed["digest"]) == (MODEL, served.engine.card.digest)
    assert listed["details"]["context_length"] == 2048
    assert shown["model_info"]["llama.context_length"] == 2048
    assert shown["capabilities"] == ["completion"]


@pytest.mark.parametrize(
    ("path", "body", "status", "error"),
    [
        ("/api/chat", "", 400, "missing request body"),
        ("/api/chat", '{"model": "tiny:1b", "messages": [', 400, "unexpected EOF"),
        ("/api/chat", "{model: x}", 400, "invalid character 'm' looking for beginning of object key string"),
        ("/api/chat", b'{"model": "\xff"}', 400, "invalid UTF-8 in request body"),
        ("/api/chat", [], 400, "json: cannot unmarshal array into Go value of type api.ChatRequest"),
        ("/api/chat", {}, 400, "model is required"),
        ("/api/show", {}, 400, "model is required"),
        ("/api/chat", {"model": "bad name!!", "messages": HELLO}, 400, "invalid model name"),
        ("/api/chat", {"model": "nope:1b", "messages": HELLO}, 404, "model 'nope:1b' not found"),
        ("/api/show", {"model": "nope:1b"}, 404, "model 'nope:1b' not found"),
        ("/api/chat", {"model": MODEL, "messages": "hi"}, 400,
         "json: cannot unmarshal string into Go struct field ChatRequest.messages of type []api.Message"),
        ("/api/chat", {"model": MODEL, "messages": [{"role": "user", "content": 5}]}, 400,
         "json: cannot unmarshal number into Go struct field Alias.content of type string"),
        ("/api/chat", {"model": MODEL, "messages": HELLO, "options": {"temperature": "hot"}}, 500,
         'option "temperature" must be of type float32'),
        ("/api/chat", {"model": MODEL, "messages": HELLO, "think": True}, 400, '"tiny:1b" does not support thinking'),
        ("/api/chat", {"model": MODEL, "messages": HELLO, "think": "bogus"}, 400,
         'invalid think value: "bogus" (must be "high", "medium", "low", "max", true, or false)'),
        ("/api/chat", {"model": MODEL, "messages": HELLO, "tools": [{}]}, 400, '"tiny:1b" does not support tools'),
        ("/api/chat", {"model": MODEL, "messages": HELLO, "format": "yaml"}, 500,
         'invalid format: "\\"yaml\\""; expected "json" or a valid JSON Schema object'),
        ("/api/chat", {"model": MODEL, "messages": HELLO, "keep_alive": "abc"}, 400, 'time: invalid duration "abc"'),
        ("/api/generate", {"model": MODEL, "prompt": "x", "suffix": "y"}, 400, '"tiny:1b" does not support insert'),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_refused_in_ollamas_words(
    served: Served, path: str, body: Any, status: int, error: str
) -> None:
    answered, content = served.ask(path, body)

    assert (answered, json.loads(content)) == (status, {"error": error})


@pytest.mark.parametrize(
    ("method", "path", "headers", "status", "body"),
    [
        ("GET", "/api/nope", {}, 404, b"404 page not found"),
        ("GET", "/api/chat", {}, 405, b"405 method not allowed"),
        ("GET", "/api/tags", {"Host": "x"}, 403, b""),
        ("GET", "/api/tags", {"Host": "evil.example:11434"}, 403, b""),
        ("GET", "/api/tags", {"Origin": "https://evil.example"}, 403, b""),
    ],
)
def test_wrong_paths_methods_and_visitors_get_plain_answers(
    served: Served, method: str, path: str, headers: dict[str, str], status: int, body: bytes
) -> None:
    assert served.ask(path, method=method, headers=headers) == (status, body)


def test_a_chat_streams_piece_by_piece_and_ends_with_figures(served: Served) -> None:
    status, lines = served.chat("hi")

    assert status == 200
    assert [line["message"]["content"] for line in lines] == ["Hello", " world", ""]
    assert [line["done"] for line in lines] == [False, False, True]
    last = lines[-1]
    assert (last["done_reason"], last["prompt_eval_count"], last["eval_count"]) == ("stop", 2, 2)
    assert (last["prompt_eval_duration"], last["eval_duration"]) == (2_000_000, 3_000_000)
    assert last["total_duration"] >= last["load_duration"] >= 0


def test_a_chat_without_streaming_is_one_object(served: Served) -> None:
    _, (answer,) = served.chat("hi", stream=False)

    assert (answer["message"]["content"], answer["done"]) == ("Hello world", True)


def test_generate_answers_with_the_context_of_the_next_question(served: Served) -> None:
    asked = {"model": MODEL, "system": "be brief", "prompt": "hi there", "stream": False}
    _, content = served.ask("/api/generate", asked)
    answer = json.loads(content)
    served.ask("/api/generate", {"model": MODEL, "prompt": "more", "stream": False, "context": answer["context"]})

    assert answer["response"] == "Hello world"
    assert served.model.prompts == [
        "system: be brief user: hi there",
        "system: be brief user: hi there Hello world user: more",
    ]


def test_raw_text_reaches_the_model_without_a_template(served: Served) -> None:
    served.ask("/api/generate", {"model": MODEL, "prompt": "just this", "raw": True})

    assert served.model.prompts == ["just this"]


def test_an_error_in_the_middle_comes_as_a_last_line(served: Served) -> None:
    served.model.fails_after = 1

    status, lines = served.chat("hi")

    assert status == 200
    assert lines[0]["message"]["content"] == "Hello"
    assert lines[-1] == {"error": "the model fell over"}


def test_no_messages_only_load_or_unload(served: Served) -> None:
    _, (loaded,) = served.chat()
    in_memory = served.get("/api/ps")["models"]
    _, (unloaded,) = served.chat(keep_alive=0)

    assert (loaded["done_reason"], unloaded["done_reason"]) == ("load", "unload")
    assert [(entry["name"], entry["context_length"]) for entry in in_memory] == [(MODEL, 2048)]
    assert served.get("/api/ps") == {"models": []}
    assert served.model.closed


def test_an_idle_model_leaves_memory_when_its_time_is_over(served: Served) -> None:
    served.chat("hi", keep_alive="1ns")

    served.engine.unload_if_expired()

    assert served.engine.loaded() is None


def test_another_context_length_loads_the_model_again_but_never_beyond_its_own(served: Served) -> None:
    for num_ctx in (512, 512, 1024, 999_999):
        served.chat("hi", options={"num_ctx": num_ctx})

    assert [n_ctx for n_ctx, _ in served.loads] == [512, 1024, 2048]


def test_a_conversation_too_long_loses_its_oldest_messages(served: Served) -> None:
    messages = [{"role": "system", "content": "rule"}]
    messages += [{"role": "user", "content": f"question{number}"} for number in range(20)]

    asked = {"model": MODEL, "messages": messages, "options": {"num_ctx": 9}}
    status, _ = served.ask("/api/chat", asked)

    assert status == 200
    assert served.model.prompts == ["system: rule user: question17 user: question18 user: question19"]


def test_with_truncate_false_nothing_is_dropped_but_the_request_is_refused(served: Served) -> None:
    status, (answer,) = served.chat(*["word"] * 20, truncate=False, options={"num_ctx": 9})

    inner = json.loads(answer["error"])["error"]
    assert status == 400
    assert (inner["type"], inner["n_prompt_tokens"], inner["n_ctx"]) == ("exceed_context_size_error", 40, 9)
    assert served.model.prompts == []


def test_one_message_too_long_for_the_window_keeps_its_beginning_and_end(served: Served) -> None:
    status, _ = served.chat(" ".join(f"w{number}" for number in range(50)), options={"num_ctx": 12, "num_keep": 2})

    assert status == 200
    assert served.model.prompts == ["user: w0 w45 w46 w47 w48 w49"]


def test_a_client_that_leaves_stops_the_generation(served: Served) -> None:
    served.model.endless = True
    connection = served.connect()
    connection.request("POST", "/api/chat", json.dumps({"model": MODEL, "messages": HELLO}))
    assert connection.getresponse().readline()

    connection.close()

    assert served.model.stopped.wait(60)


def test_a_client_that_leaves_before_the_first_piece_stops_it_too(served: Served) -> None:
    served.model.endless = True
    connection = served.connect()
    connection.request("POST", "/api/chat", json.dumps({"model": MODEL, "messages": HELLO, "stream": False}))
    assert served.model.started.wait(60)

    connection.close()

    assert served.model.stopped.wait(60)


def test_one_generation_runs_at_a_time_and_the_next_one_follows(served: Served) -> None:
    served.model.endless = True
    first = served.connect()
    first.request("POST", "/api/chat", json.dumps({"model": MODEL, "messages": HELLO}))
    assert served.model.started.wait(60)
    answers: list[Any] = []
    second = threading.Thread(target=lambda: answers.append(served.chat("me too")))

    second.start()
    assert served.model.prompts == ["user: hi"]
    served.model.endless = False
    first.close()
    second.join()

    assert served.model.prompts == ["user: hi", "user: me too"]
    assert answers[0][0] == 200


def test_closing_the_engine_stops_what_is_being_generated(served: Served) -> None:
    served.model.endless = True
    connection = served.connect()
    connection.request("POST", "/api/chat", json.dumps({"model": MODEL, "messages": HELLO}))
    assert served.model.started.wait(60)

    served.engine.close()

    assert served.model.stopped.is_set()
    assert served.model.closed
    connection.close()


@pytest.mark.parametrize(
    "form", [{"type": "nonsense"}, {"$ref": "#/$defs/none"}, {"properties": {"a": {"pattern": "("}}}]
)
def test_a_schema_that_llama_cpp_would_pass_over_is_refused(served: Served, form: Any) -> None:
    status, (answer,) = served.chat("hi", format=form)

    assert status == 500
    assert 'expected "json" or a valid JSON Schema object' in answer["error"]


def test_the_model_that_is_there_is_pulled_at_once_and_no_other(served: Served) -> None:
    status, answer = served.ask("/api/pull", {"model": MODEL})
    refused, why = served.ask("/api/pull", {"model": "llama3:8b"})

    assert (status, json.loads(answer)) == (200, {"status": "success"})
    assert (refused, json.loads(why)) == (
        501,
        {"error": "the built-in model server has tiny:1b and cannot pull others"},
    )
