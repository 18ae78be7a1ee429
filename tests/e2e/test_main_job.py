"""The main job with nothing faked: real sessions, the real store, the real model in its child process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import CancelledError
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from fakes.places import DATA
from fakes.weights import model_file

from app import bootstrap
from app.__main__ import main
from app.adapters.fallback import FallbackModels
from app.adapters.io_thread import IoThread
from app.application.continuing import ContinueRequest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.application.continuing import ContinueUpdate

ROOT = Path(__file__).resolve().parents[2]
NOBODY = "http://127.0.0.1:9"
"""The discard port: nothing answers there."""

pytestmark = pytest.mark.model


@pytest.fixture
def model_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """The built-in model where the program looks for it, and no Ollama."""
    found = model_file()
    monkeypatch.setenv("BRANCHLINE_DATA", str(found.parent))
    monkeypatch.setenv("OLLAMA_HOST", NOBODY)


@pytest.fixture
def store(tmp_path: Path) -> str:
    location = str(tmp_path / "main-job.branchline")
    with bootstrap.core(location, create=True) as core:
        assert core.importing.run([DATA / "sgd"]).sessions
    return location


@pytest.fixture
def gateway() -> Iterator[bootstrap.Models]:
    """The fallback client, on its own thread, with the real engine behind it."""
    path = model_file()
    with IoThread() as io:
        client = FallbackModels(NOBODY, lambda: bootstrap.start_engine(path), lambda text: None)
        yield bootstrap.Models(io, client)
        io.submit(client.close()).result()


def raw_events(core: bootstrap.Core, branch: str) -> list[str]:
    return [repr(event) for event in core.store.iterate(branch)]


def fork_in_the_middle(core: bootstrap.Core) -> tuple[str, str]:
    """(main, a new branch of it at a middle turn) of the longest session."""
    session = max(core.library.sessions(), key=lambda one: one.events).header.id
    main_branch = core.library.branch(session)
    return main_branch.id, core.branching.branch(main_branch.id, main_branch.head // 2, "what if").id


def test_a_branch_continues_and_its_parent_stays_as_it_was(store: str, gateway: bootstrap.Models) -> None:
    with bootstrap.core(store) as core:
        parent, branch = fork_in_the_middle(core)
        before, fork = raw_events(core, parent), core.store.branch(branch).head
        updates: list[ContinueUpdate] = []
        request = ContinueRequest(branch=branch, say="Is it far?", options={"num_predict": 12, "seed": 3})

        result = gateway.io.submit(core.continuing(gateway.client).run(request, updates.append)).result()

        asked, sent, answered, completed = core.store.read(branch, fork + 1, fork + 9)
        assert [one.type.split(".")[1] for one in (asked, sent, answered, completed)] == [
            "message-posted",
            "requested",
            "message-posted",
            "completed",
        ]
        assert answered.data["text"] == result.text == updates[-1].text
        assert completed.data["tokens"] == result.tokens <= 12
        assert sent.data["request"]["messages"][-1] == {"role": "user", "content": "Is it far?"}
        assert len(sent.data["digest"]) == 64
        assert len({update.text for update in updates}) > 2, "the text came in pieces"
        assert raw_events(core, parent) == before
        assert core.store.verify().ok


def test_stopping_keeps_what_came_as_an_event(store: str, gateway: bootstrap.Models) -> None:
    with bootstrap.core(store) as core:
        _, branch = fork_in_the_middle(core)
        speaking, ended = Event(), Event()

        def watch(update: ContinueUpdate) -> None:
            if update.tokens >= 3:
                speaking.set()
            if update.phase == "cancelled":
                ended.set()

        request = ContinueRequest(branch=branch, say="Tell me everything.", options={"num_predict": 2_000})
        run = gateway.io.submit(core.continuing(gateway.client).run(request, watch))
        assert speaking.wait(120)
        run.cancel()
        assert ended.wait(10)

        with pytest.raises(CancelledError):
            run.result()
        last = core.store.read(branch, core.store.branch(branch).head, 10**6)[-1]
        assert last.type == "generation.cancelled"
        assert last.data["text"]


@pytest.mark.usefixtures("model_in_place")
def test_the_command_line_continues_with_the_built_in_model(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    with bootstrap.core(store) as core:
        session = core.library.sessions()[0].header.id
    assert main(["branch", "--store", store, session, "--at", "2", "--name", "b"]) == 0
    capsys.readouterr()

    words = ["--branch", "b", "--say", "Hello?", "--seed", "1", "--num-predict", "5", "--json"]
    code = main(["continue", "--store", store, session, *words])
    printed = capsys.readouterr()

    assert code == 0, printed.err
    result: dict[str, Any] = json.loads(printed.out)
    promised = {
        "branch",
        "position",
        "text",
        "model",
        "done_reason",
        "prompt_tokens",
        "tokens",
        "durations",
        "truncated",
    }
    assert promised <= set(result)
    assert (result["branch"], result["position"], result["truncated"]) == ("b", 6, False)
    assert "no Ollama answers" in printed.err


def test_self_test_passes_from_another_folder(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "BRANCHLINE_DATA": str(model_file().parent),
        "OLLAMA_HOST": NOBODY,
        "PYTHONPATH": str(ROOT),
    }
    result = subprocess.run(
        [sys.executable, "-m", "app", "self-test", "--require-model"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines()[-1] == "all passed"


def test_a_command_told_to_end_records_what_came(store: str) -> None:
    with bootstrap.core(store) as core:
        session = core.library.sessions()[0].header.id
        core.branching.branch(core.library.branch(session).id, 2, "b")
    words = ["continue", "--store", store, session, "--branch", "b", "--say", "Tell me all.", "--num-predict", "4000"]
    environment = {**os.environ, "BRANCHLINE_DATA": str(model_file().parent), "OLLAMA_HOST": NOBODY}

    with subprocess.Popen(
        [sys.executable, "-m", "app", *words], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as command:
        assert command.stdout is not None
        assert command.stdout.read(1), "the answer has begun"
        command.terminate()
        command.communicate()

    assert command.returncode == 130
    with bootstrap.core(store) as core:
        branch = core.library.branch(session, "b")
        (last,) = core.store.read(branch.id, branch.head, branch.head)
        assert last.type == "generation.cancelled"
        assert last.data["text"]
        assert core.store.verify().ok
