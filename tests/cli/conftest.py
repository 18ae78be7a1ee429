"""A store with real sessions, a server that answers as it is told, and commands run as scripts run them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from fakes.places import DATA
from fakes.scripted_server import ScriptedServer

from app.__main__ import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


class Shell:
    """Runs commands on one store and reads what they print."""

    def __init__(self, store: str, capsys: pytest.CaptureFixture[str]) -> None:
        self.store, self._capsys = store, capsys

    def run(self, *words: str) -> tuple[int, str, str]:
        """(exit code, stdout, stderr); the store is named behind the command's words."""
        code = main([*words, "--store", self.store])
        printed = self._capsys.readouterr()
        return code, printed.out, printed.err

    def json(self, *words: str, code: int = 0) -> Any:
        found, out, err = self.run(*words, "--json")
        assert found == code, err
        return json.loads(out)

    def fails(self, *words: str) -> str:
        """The sentence of a command that fails."""
        code, out, err = self.run(*words)
        assert (code, out) == (1, ""), (code, out, err)
        return err


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    location = str(tmp_path / "a.branchline")
    for name in ("sgd", "star"):
        assert main(["import", "--store", location, str(DATA / name)]) == 0
    capsys.readouterr()
    return Shell(location, capsys)


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs commands on a store of the STAR dialogues: (exit code, stdout, stderr)."""
    store = str(tmp_path / "a.branchline")
    assert main(["import", "--store", store, str(DATA / "star")]) == 0
    capsys.readouterr()

    def ran(*words: str) -> tuple[int, str, str]:
        code = main([words[0], "--store", store, *words[1:]])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return ran


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedServer]:
    """Answers ``Hello world`` to everything; ``scripted:1b`` is its only model."""
    with ScriptedServer() as started:
        monkeypatch.setenv("OLLAMA_HOST", started.address)
        yield started
