"""Lists of Branchline's own and templates on the command line, against a server that behaves as told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from fakes.places import DATA
from fakes.scripted_server import ScriptedServer

from app.__main__ import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        monkeypatch.setenv("OLLAMA_HOST", server.address)
        yield server


class Line:
    """Runs commands on a branch of a service dialogue that has slots and offers."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.store, self._capsys = str(folder / "a.branchline"), capsys
        assert main(["import", "--store", self.store, str(DATA / "sgd")]) == 0
        capsys.readouterr()
        sessions = self.json("sessions")
        states = ((one["id"], self.json("state", one["id"])) for one in sessions)
        self.session = next(key for key, state in states if state["recommendation"]["predicted"])
        self.json("branch", self.session, "--name", "b")

    def run(self, *words: str) -> tuple[int, str, str]:
        code = main([*words, "--store", self.store])
        printed = self._capsys.readouterr()
        return code, printed.out, printed.err

    def json(self, *words: str) -> Any:
        code, out, err = self.run(*words, "--json")
        assert code == 0, err
        return json.loads(out)

    def go(self, *words: str) -> tuple[int, str, str]:
        return self.run("continue", self.session, "--branch", "b", "--say", "Anything else?", *words)

    def own(self) -> list[Any]:
        fork = self.json("branches", self.session)[1]["fork_position"]
        out = self.run("events", self.session, "--branch", "b", "--from", str(fork + 1), "--json")[1]
        return [json.loads(text) for text in out.splitlines()]


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    return Line(tmp_path, capsys)


def test_the_shipped_template_and_the_list_are_previewed_exactly_and_then_sent(
    server: ScriptedServer, line: Line
) -> None:
    flags = ("--recommend", "interests", "--template", "state")
    code, out, _ = line.go(*flags, "--preview")
    previewed = line.json("continue", line.session, "--branch", "b", "--say", "Anything else?", *flags, "--preview")
    assert line.own() == []

    assert line.go(*flags)[0] == 0

    assert code == 0
    assert out.startswith("--- system\nWhat the customer wants so far:\n- ")
    assert "\nWhat can be recommended now, best first:\n1. " in out
    assert "\nestimated " in out
    changed, said, shown, requested, *_ = line.own()
    assert changed["data"] == {"recommender": "branchline", "name": "interests"}
    assert shown["causation_id"] == said["id"]
    assert previewed["messages"] == requested["data"]["request"]["messages"]
    assert previewed["recommended"] == shown["data"]
    assert requested["data"]["addition"]["template"]["name"] == "state"


def test_a_template_from_a_file(server: ScriptedServer, line: Line, tmp_path: Path) -> None:
    file = tmp_path / "mine.txt"
    file.write_text("Known: {{ slots[0].name }}", encoding="utf-8")

    assert line.go("--template", str(file))[0] == 0

    requested = next(one for one in line.own() if one["type"] == "generation.requested")
    template = requested["data"]["addition"]["template"]
    assert (template["name"], template["version"]) == ("mine.txt", None)
    assert requested["data"]["addition"]["text"].startswith("Known: ")


def test_templates_are_kept_with_versions_and_used_by_name(server: ScriptedServer, line: Line) -> None:
    assert "{% for slot in slots %}" in line.run("templates", "show", "state")[1]
    line.json("templates", "save", "mine", "--text", "One {{ message }}")
    line.json("templates", "save", "mine", "--text", "Two {{ message }}")

    assert line.go("--template", "mine@1")[0] == 0

    requested = next(one for one in line.own() if one["type"] == "generation.requested")
    assert requested["data"]["addition"]["text"] == "One Anything else?"
    assert requested["data"]["addition"]["template"]["version"] == 1
    assert [one["versions"] for one in line.json("templates", "list")] == [2]
    assert "[-One-]{+Two+}" in line.run("templates", "diff", "mine")[1]
    assert all("templates" not in one["source"] for one in line.json("sessions"))


@pytest.mark.parametrize(
    ("flags", "sentence"),
    [
        (("--recommend", "best"), "there is no strategy 'best'; there are interests, popular, recent, off"),
        (("--template", "mine"), "there is no template named 'mine'; there are none yet"),
        (("--template", " @1"), "a template needs a name"),
    ],
)
def test_what_is_not_there_is_told_with_what_there_is(
    server: ScriptedServer, line: Line, flags: tuple[str, ...], sentence: str
) -> None:
    code, _, err = line.go(*flags)

    assert code == 1
    assert sentence in err.splitlines()[-1]
    assert line.own() == []


def test_a_wrong_template_is_told_with_its_place(server: ScriptedServer, line: Line, tmp_path: Path) -> None:
    file = tmp_path / "bad.txt"
    file.write_text("a\n{{ slotz }}", encoding="utf-8")

    told = (
        line.go("--template", str(file)),
        line.run("templates", "save", "mine", "--file", str(file)),
    )

    for code, _, err in told:
        assert code == 1
        assert "line 2, column 4 of the template: there is no name 'slotz' here" in err.splitlines()[-1]
