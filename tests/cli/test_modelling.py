"""Continue and models from the command line, against a server that behaves as told."""

from __future__ import annotations

import base64
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fakes import scripted_server as script
from fakes.places import DATA
from fakes.scripted_server import ScriptedServer

from app.__main__ import main
from app.cli.model_watching import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        server.models = [{**script.MODEL, "capabilities": ["completion", "tools", "thinking", "vision"]}]
        monkeypatch.setenv("OLLAMA_HOST", server.address)
        yield server


class Line:
    """Runs commands on a store with one branch to continue."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], files: str = "sgd") -> None:
        self.store, self._capsys = str(folder / "a.branchline"), capsys
        assert main(["import", "--store", self.store, str(DATA / files)]) == 0
        capsys.readouterr()
        self.session = self.json("sessions")[0]["id"]
        self.run("branch", self.session, "--at", "4", "--name", "b")

    def run(self, *words: str) -> tuple[int, str, str]:
        code = main([words[0], "--store", self.store, *words[1:]])
        printed = self._capsys.readouterr()
        return code, printed.out, printed.err

    def json(self, *words: str) -> Any:
        code, out, err = self.run(*words, "--json")
        assert code == 0, err
        return json.loads(out)

    def go(self, *words: str) -> tuple[int, str, str]:
        return self.run("continue", self.session, "--branch", "b", *words)

    def events(self) -> list[Any]:
        _, out, _ = self.run("events", self.session, "--branch", "b", "--from", "5", "--json")
        return [json.loads(text) for text in out.splitlines()]


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    return Line(tmp_path, capsys)


def sent(server: ScriptedServer) -> Any:
    return json.loads(server.bodies[-1])


def test_every_flag_reaches_the_server(server: ScriptedServer, line: Line, tmp_path: Path) -> None:
    (tmp_path / "p.png").write_bytes(PNG)
    (tmp_path / "schema.json").write_text('{"type": "object"}', encoding="utf-8")

    code, _, err = line.go(
        "--say", "What is it?", "--option", "top_p=0.5", "--option", "stop=END", "--option", "xtc=[1]", "--seed", "7",
        "--num-ctx", "2048", "--num-predict", "9", "--format", str(tmp_path / "schema.json"), "--think", "high",
        "--keep-alive", "10m", "--image", str(tmp_path / "p.png"), "--context", "last:1", "--instructions", "Be brief.",
    )  # fmt: skip

    body = sent(server)
    assert code == 0, err
    assert body["options"] == {
        "top_p": 0.5, "stop": ["END"], "xtc": [1], "seed": 7, "num_ctx": 2048, "num_predict": 9,
    }  # fmt: skip
    assert (body["format"], body["think"], body["keep_alive"]) == ({"type": "object"}, "high", "10m")
    assert body["messages"][0]["content"] == "Be brief."
    assert base64.b64decode(body["messages"][-1]["images"][0]) == PNG
    assert [one["role"] for one in body["messages"]].count("user") == 2
    assert "does not follow the format" in err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--option", "top_p=7"], "the option top_p must be a number between 0 and 1, not 7"),
        (["--option", "top_p"], "NAME=VALUE"),
        (["--format", "{"], "the format is no JSON"),
        (["--format", "no-such-file"], "no-such-file cannot be read"),
        (["--think", "hard"], "think is true, false or one of"),
        (["--keep-alive", "soon"], "keep_alive is a duration"),
        (["--context", "last:x"], "whole number, not 'x'"),
        (["--context", "nope"], "'nope' that could go along"),
        (["--image", "nothing.png"], "nothing.png cannot be read"),
        (["--tools", "stub", "--tool-definitions", "nothing.json"], "nothing.json cannot be read"),
        (["--tools", "stub", "--stub", "{"], "the stub is no JSON"),
    ],
)
def test_a_flag_that_cannot_be_is_one_sentence(
    server: ScriptedServer, line: Line, words: list[str], sentence: str
) -> None:
    code, _, err = line.go("--say", "?", *words)

    assert code == 1
    assert sentence in err
    assert "Traceback" not in err
    assert server.bodies == []


def test_a_file_that_is_no_picture_is_not_sent(server: ScriptedServer, line: Line, tmp_path: Path) -> None:
    (tmp_path / "p.png").write_text("hello", encoding="utf-8")

    assert "no picture in a form" in line.go("--say", "?", "--image", str(tmp_path / "p.png"))[2]


def test_the_result_tells_speed_and_the_request(server: ScriptedServer, line: Line) -> None:
    result = line.json("continue", line.session, "--branch", "b", "--say", "?")

    assert result["text"] == "Hello world"
    assert (result["prompt_tokens"], result["truncated"], result["truncation"]) == (12, False, None)
    assert result["first_token_s"] >= 0
    assert result["request"] == line.events()[1]["id"]


def test_what_could_steer_a_terminal_is_written_as_escapes(server: ScriptedServer, line: Line) -> None:
    server.chat = (script.begin_stream, script.text("a\x1b[2J\tb\n\u202ec"), script.line(script.DONE))

    _, out, _ = line.go("--say", "?")

    assert out == "a\\x1b[2J\tb\n\\u202ec\n"


@pytest.mark.parametrize("text", ["", "plain", "a\n\nb\t\tc\n", "\x00\r\x7f", "日本\n"])
def test_lines_and_tabs_stay(text: str) -> None:
    shown = printable(text)

    assert "".join(sign for sign in shown if sign in "\n\t") == "".join(sign for sign in text if sign in "\n\t")
    assert shown.replace("\n", "").replace("\t", "").isprintable()


def test_thinking_goes_beside_the_answer(server: ScriptedServer, line: Line) -> None:
    thought = script.line({"message": {"role": "assistant", "content": "", "thinking": "Hm."}, "done": False})
    server.chat = (script.begin_stream, thought, script.text("Tea."), script.line(script.DONE))

    _, out, err = line.go("--say", "?", "--think")

    assert out == "Tea.\n"
    assert "thinking …\nHm.\n" in err


def test_tools_that_the_session_has_called_can_be_called_again(
    server: ScriptedServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = Line(tmp_path, capsys, "tau-bench")
    events = [json.loads(text) for text in line.run("events", line.session, "--json")[1].splitlines()]
    first = next(one["data"] for one in events if one["type"] == "conversation.tool-called")
    result = next(one["data"] for one in events if one["type"] == "conversation.tool-returned")["result"]
    call = {"function": {"name": first["name"], "arguments": first["arguments"]}}
    calling = script.line({"message": {"role": "assistant", "content": "", "tool_calls": [call]}, "done": False})
    end = script.line(script.DONE)
    server.chats = [(script.begin_stream, calling, end), (script.begin_stream, script.text("Done."), end)]

    code, out, err = line.go("--say", "?", "--tools", "recorded")

    assert (code, out) == (0, "Done.\n"), err
    assert first["name"] in {tool["function"]["name"] for tool in sent(server)["tools"]}
    returned = next(one["data"] for one in line.events() if one["type"] == "conversation.tool-returned")
    assert (returned["source"], returned["result"]) == ("recorded", result)


def test_a_failed_answer_is_tried_again(server: ScriptedServer, line: Line) -> None:
    usual = server.chat
    server.chat = (script.answer(500, {"error": "no memory"}),)
    code, _, err = line.go("--say", "?", "--seed", "3", "--option", "top_k=5")
    server.chat = usual

    assert (code, "no memory" in err) == (1, True)
    assert line.go("--retry")[:2] == (0, "Hello world\n")
    assert [one["type"].rpartition(".")[2] for one in line.events()] == [
        "message-posted", "requested", "failed", "requested", "message-posted", "completed",
    ]  # fmt: skip
    assert json.loads(server.bodies[0]) == json.loads(server.bodies[1])


def test_a_retry_takes_other_options_but_nothing_new_to_say(server: ScriptedServer, line: Line) -> None:
    usual = server.chat
    server.chat = (script.answer(500, {"error": "no memory"}),)
    line.go("--say", "?", "--seed", "3", "--option", "top_k=5")
    server.chat = usual

    assert "leave --say and --instructions out" in line.go("--retry", "--say", "!")[2]
    assert line.go("--retry", "--seed", "4", "--num-ctx", "512")[0] == 0
    assert sent(server)["options"] == {"seed": 4, "top_k": 5, "num_ctx": 512}


def test_a_preview_says_how_much_of_the_window_it_takes_and_sends_nothing(server: ScriptedServer, line: Line) -> None:
    code, out, _ = line.go("--say", "Is it?", "--preview")
    told = line.json("continue", line.session, "--branch", "b", "--say", "Is it?", "--preview")

    assert code == 0
    assert "Is it?" in out
    assert "estimated" in out.splitlines()[-1]
    assert told["messages"][-1] == {"role": "user", "content": "Is it?"}
    assert told["verdict"] == "fits"
    assert (server.bodies, line.events()) == ([], [])


def test_models_tell_where_they_run(server: ScriptedServer, line: Line, capsys: pytest.CaptureFixture[str]) -> None:
    server.models = [script.MODEL, script.REMOTE_MODEL]

    main(["models"])
    table = capsys.readouterr().out
    main(["models", "--json"])
    listed = json.loads(capsys.readouterr().out)

    assert "this machine" in table
    assert "https://far.invalid" in table
    assert [one["local"] for one in listed] == [True, False]
    assert {"name", "digest", "size", "local", "capabilities", "context_length", "remote_host"} == set(listed[0])


def test_a_pull_shows_its_steps_and_then_the_models(server: ScriptedServer, capsys: pytest.CaptureFixture[str]) -> None:
    steps = [
        {"status": "pulling manifest"},
        {"status": "pulling 5f44", "total": 9, "completed": 4},
        {"status": "success"},
    ]
    server.pull = (script.begin_stream, *map(script.line, steps))

    assert main(["models", "--pull", "scripted:1b"]) == 0

    printed = capsys.readouterr()
    assert printed.err.splitlines()[0] == "pulling manifest"
    assert "scripted:1b" in printed.out


def test_a_pull_that_fails_is_one_sentence(server: ScriptedServer, capsys: pytest.CaptureFixture[str]) -> None:
    server.pull = (script.begin_stream, script.line({"error": "no such host"}))

    assert main(["models", "--pull", "nope"]) == 1
    assert "no such host" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="kills with a POSIX signal")
def test_killed_in_the_middle_leaves_a_request_that_the_next_opening_ends(server: ScriptedServer, line: Line) -> None:
    server.chat = (script.begin_stream, script.text("Half"), script.hang)
    command = ["continue", "--store", line.store, line.session, "--branch", "b", "--say", "?"]
    with subprocess.Popen(
        [sys.executable, "-m", "app", *command], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        assert process.stdout.read(4) == b"Half"
        beside = line.events()
        process.send_signal(signal.SIGKILL)
        process.wait()

    assert [one["type"] for one in beside][-1] == "generation.requested"
    last = line.events()[-1]
    assert (last["type"], last["data"]["reason"]) == ("generation.failed", "the program ended")
    assert last["causation_id"] == beside[-1]["id"]
    assert not Path(f"{line.store}.runs").exists()
    assert line.run("verify")[0] == 0


def test_what_broke_off_is_said_to_be_kept_and_becomes_a_message(server: ScriptedServer, line: Line) -> None:
    server.chat = (script.begin_stream, script.text("Half an "), script.text("ans"), script.line({"error": "gone"}))
    code, out, err = line.go("--say", "?")

    assert (code, out) == (1, "Half an ans\n")
    assert "branchline keep SESSION --branch B makes it a message" in err
    made = line.json("keep", line.session, "--branch", "b")
    assert (made["branch"], made["position"], made["text"]) == ("b", 8, "Half an ans")
    assert line.events()[-1]["data"]["partial"] is True
    assert line.run("keep", line.session, "--branch", "b", "--at", "7")[2].count("is a message already: event 8") == 1
    assert line.run("keep", line.session, "--branch", "b")[0] == 1


def test_a_run_that_failed_before_its_first_word_left_nothing_to_keep(server: ScriptedServer, line: Line) -> None:
    server.chat = (script.answer(500, {"error": "no memory"}),)

    assert "kept" not in line.go("--say", "?")[2]
    code, _, err = line.run("keep", line.session, "--branch", "b")
    assert (code, "no message yet" in err) == (1, True)
