"""The engine as a child process: it answers, it repeats itself, it is gone when it should be."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fakes.talking import Listener, question
from fakes.weights import model_file

from app.adapters.engine.process import EngineProcess
from app.adapters.io_thread import IoThread
from app.adapters.ollama.client import OllamaClient
from app.application.ports import ChatRequest, TextArrived
from app.domain.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.application.ports import ChatPart

PATIENCE_S = 60.0
STORY = "Tell me a story about a fox."


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return (
        Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z" if sys.platform == "linux" else True
    )


def wait_until_gone(pid: int) -> bool:
    deadline = time.monotonic() + PATIENCE_S
    while is_alive(pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    return not is_alive(pid)


def script(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "engine.py"
    path.write_text(text)
    return [sys.executable, str(path)]


def test_a_process_that_dies_while_starting_is_told_with_its_last_words(tmp_path: Path) -> None:
    command = script(tmp_path, "import sys\nsys.stderr.write('first\\nno memory left\\n')\nsys.exit(3)\n")

    with pytest.raises(ModelError, match=r"^The built-in model did not start: no memory left$"):
        EngineProcess(tmp_path / "x.gguf", command)


def test_a_process_that_dies_silently_is_told_with_its_status(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="ended with status 3"):
        EngineProcess(tmp_path / "x.gguf", script(tmp_path, "raise SystemExit(3)\n"))


def test_a_process_that_announces_nonsense_is_ended(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="did not start"):
        EngineProcess(tmp_path / "x.gguf", script(tmp_path, "print('hello', flush=True)\ninput()\n"))


def test_a_program_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be started"):
        EngineProcess(tmp_path / "x.gguf", [str(tmp_path / "nothing")])


def test_a_file_that_is_no_model_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "notes.gguf"
    path.write_text("hello, this is no model")

    with pytest.raises(ModelError, match=r"notes\.gguf is no GGUF model file\.$"):
        EngineProcess(path)


def test_a_model_that_llama_cpp_cannot_load_is_one_sentence(tiny_gguf: Path) -> None:
    with pytest.raises(ModelError, match=r"tiny\.gguf cannot be loaded"):
        EngineProcess(tiny_gguf)


@pytest.fixture(scope="module")
def engine() -> Iterator[EngineProcess]:
    with EngineProcess(model_file()) as process:
        yield process


class Talk:
    def __init__(self, io: IoThread, address: str) -> None:
        self.io, self.client = io, OllamaClient(address)

    def say(self, text: str, **options: Any) -> Listener:
        listener = Listener(self.client, question("smollm2:135m", text, **options))
        return self.io.submit(listener.listen()).result()


@pytest.fixture
def talk(engine: EngineProcess) -> Iterator[Talk]:
    with IoThread() as io:
        talk = Talk(io, engine.address)
        yield talk
        io.submit(talk.client.close()).result()


@pytest.mark.model
def test_the_built_in_model_names_itself(engine: EngineProcess, talk: Talk) -> None:
    (model,) = talk.io.submit(talk.client.models()).result()

    assert engine.model == model.name == "smollm2:135m"
    assert (model.local, model.context_length, model.size) == (True, 8192, 98_362_432)


@pytest.mark.model
def test_the_same_seed_gives_the_same_text_whatever_was_said_between(talk: Talk) -> None:
    first = talk.say(STORY, seed=42, num_predict=40).text
    other = talk.say(STORY, seed=43, num_predict=40).text
    again = talk.say(STORY, seed=42, num_predict=40).text

    assert first == again
    assert first != other


@pytest.mark.model
def test_a_continued_conversation_repeats_itself_too(talk: Talk) -> None:
    told = talk.say(STORY, seed=5, num_predict=40).text
    messages = (
        {"role": "user", "content": STORY},
        {"role": "assistant", "content": told},
        {"role": "user", "content": "And then?"},
    )
    request = ChatRequest(model="smollm2:135m", messages=messages, options={"seed": 5, "num_predict": 40})

    once, twice = (talk.io.submit(Listener(talk.client, request).listen()).result().text for _ in range(2))

    assert once == twice


@pytest.mark.model
def test_a_length_limit_and_a_stop_text_end_the_answer(talk: Talk) -> None:
    limited = talk.say("Count from 1 to 50.", temperature=0, num_predict=5)
    stopped = talk.say("Count from 1 to 50.", temperature=0, num_predict=60, stop=[limited.text.split()[-1]])

    assert (limited.done.done_reason, limited.done.tokens) == ("length", 5)
    assert stopped.done.done_reason == "stop"
    assert limited.text.split()[-1] not in stopped.text


@pytest.mark.model
def test_a_prompt_longer_than_the_window_is_refused_with_both_numbers(talk: Talk) -> None:
    with pytest.raises(ModelError, match=r"tokens long and does not fit the context window of 512 tokens"):
        talk.say("word " * 600, num_ctx=512)


@pytest.mark.model
def test_a_cancel_in_the_middle_frees_the_model_for_the_next_question(talk: Talk) -> None:
    talking = threading.Event()

    class Watching(Listener):
        def on_part(self, part: ChatPart) -> None:
            if isinstance(part, TextArrived):
                talking.set()

    endless = question("smollm2:135m", "Count from 1 to 5000.", seed=1, num_predict=-1)
    future = talk.io.submit(Watching(talk.client, endless).listen())
    assert talking.wait(PATIENCE_S)
    future.cancel()

    assert talk.say("hi", num_predict=2).done.tokens == 2


@pytest.mark.model
def test_after_close_the_process_is_gone() -> None:
    process = EngineProcess(model_file())
    assert is_alive(process.pid)

    process.close()
    process.close()

    assert not is_alive(process.pid)


KILLED_PARENT = """
import subprocess, sys, time
from pathlib import Path
from app.adapters.engine.process import EngineProcess
engine = EngineProcess(Path(sys.argv[1]))
heir = [engine._process.stdin.fileno()] if sys.argv[2] == "heir" else []
other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], pass_fds=heir)
print(engine.pid, other.pid, flush=True)
time.sleep(600)
"""


@pytest.mark.model
@pytest.mark.skipif(os.name == "nt", reason="kills with a POSIX signal")
@pytest.mark.parametrize("pipe", ["closed with the parent", "heir"])
def test_a_parent_that_is_killed_takes_the_engine_with_it(pipe: str) -> None:
    """Also when another process has inherited the pipe by which the engine would notice."""
    command = [sys.executable, "-c", KILLED_PARENT, str(model_file()), pipe]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        engine, other = map(int, parent.stdout.readline().split())
        assert is_alive(engine)

        parent.kill()
        parent.wait()

        assert wait_until_gone(engine)
        os.kill(other, signal.SIGKILL)
