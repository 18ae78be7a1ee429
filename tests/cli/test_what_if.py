"""Branches, edits and what is left out, from the command line, on recorded sessions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from fakes.places import DATA

from app.__main__ import main

if TYPE_CHECKING:
    from pathlib import Path


class Line:
    """Runs commands on one session of a store, and reads what they print."""

    def __init__(self, store: str, session: str, capsys: pytest.CaptureFixture[str]) -> None:
        self._store, self._session, self._capsys = store, session, capsys

    def run(self, command: str, *words: str) -> tuple[int, str, str]:
        code = main([command, "--store", self._store, self._session, *words])
        printed = self._capsys.readouterr()
        return code, printed.out, printed.err

    def json(self, command: str, *words: str) -> Any:
        code, out, err = self.run(command, *words, "--json")
        assert code == 0, err
        return json.loads(out)

    def events(self, *words: str) -> list[dict[str, Any]]:
        return [json.loads(one) for one in self.run("events", *words, "--json")[1].splitlines()]

    def first(self, event_type: str, *words: str) -> dict[str, Any]:
        return next(one for one in self.events(*words) if one["type"] == event_type)


@pytest.fixture
def store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    location = str(tmp_path / "a.branchline")
    assert main(["import", "--store", location, str(DATA)]) == 0
    capsys.readouterr()
    return location


@pytest.fixture
def line(store: str, capsys: pytest.CaptureFixture[str]) -> Line:
    """An agent with tools, as recorded by tau-bench."""
    assert main(["sessions", "--store", store, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    session = next(one["id"] for one in found if "tau" in one["source"])
    return Line(store, session, capsys)


def test_inside_an_open_call_a_branch_leaves_where_the_sentence_says(line: Line) -> None:
    called = line.first("conversation.tool-called")["position"]

    made = line.json("branch", "--at", str(called), "--name", "b")
    code, out, err = line.run("branch", "--at", str(called), "--name", "c")

    assert (made["asked"], made["fork_position"]) == (called, called + 1)
    assert made["moved"].startswith(f"event {called} is inside an open tool call (")
    assert code == 0
    moved, held = err.splitlines()
    assert moved == made["moved"]
    assert held == made["holds"]["sentence"]
    assert held.endswith("stay on main")
    assert len(out.splitlines()) == 1


def test_elsewhere_it_leaves_where_it_is_told(line: Line) -> None:
    made = line.json("branch", "--at", "3", "--name", "b")

    assert (made["asked"], made["fork_position"], made["moved"]) == (3, 3, None)
    assert made["holds"]["position"] == 3
