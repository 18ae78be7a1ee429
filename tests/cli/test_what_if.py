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


def test_an_edited_message_names_what_it_stands_for_and_the_parent_stays(line: Line) -> None:
    before = line.events()
    said = next(one for one in before if one["type"] == "conversation.message-posted" and one["actor"] == "user")

    made = line.json("edit", "--at", "1", "--message", "Something else.", "--name", "b")

    (event,) = line.events("--branch", "b", "--from", str(made["fork_position"] + 1))
    assert made["fork_position"] == said["position"] - 1
    assert (event["data"]["text"], event["causation_id"]) == ("Something else.", said["id"])
    assert event["data"]["replaces"] == {
        "branch": said["branch_id"],
        "event": said["id"],
        "position": said["position"],
    }
    assert made["what_if"]["replaces"] == said["position"]
    assert line.events() == before


def test_a_tools_result_is_replaced_without_leaving_its_call_open(line: Line) -> None:
    called = line.first("conversation.tool-called")
    call = called["data"]["call_id"]

    code, out, err = line.run(
        "edit", "--at", "9", "--tool-result", f'{call}={{"gone": true}}', "--failed", "--name", "b"
    )

    assert code == 0
    assert err.startswith(f"event {called['position']} is inside an open tool call (")
    state = line.json("state", "--branch", out.strip())["conversation"]
    assert (state["calls"][-1]["result"], state["calls"][-1]["error"]) == ({"gone": True}, True)
    assert state["open_calls"] == []


def test_instructions_and_slots_are_changed_and_changed_again_on_the_same_branch(line: Line) -> None:
    branch = line.run("edit", "--at", "5", "--instructions", "Be brief.", "--name", "b")[1].strip()

    first = line.json("edit", "--branch", "b", "--slot", "Flights.day=Monday")
    line.json("edit", "--branch", "b", "--slot", 'Flights.via=["Rome", "Oslo"]')
    last = line.json("edit", "--branch", "b", "--slot", "Flights.day=")

    assert {first["id"], last["id"]} == {branch}
    state = line.json("state", "--branch", "b")["conversation"]
    assert state["instructions"] == "Be brief."
    assert state["slots"] == {"Flights": {"via": ["Rome", "Oslo"]}}


def test_the_list_shown_is_read_from_a_file(line: Line, tmp_path: Path) -> None:
    listed = tmp_path / "list.json"
    listed.write_text(json.dumps(["B07", {"item": "A12", "score": 0.4}]), encoding="utf-8")

    line.json("edit", "--at", "5", "--shown", str(listed), "--name", "b")

    assert line.json("state", "--branch", "b")["recommendation"]["shown"] == [
        {"item": "B07", "rank": 1},
        {"item": "A12", "score": 0.4, "rank": 2},
    ]


def test_leaving_out_is_shown_first_and_then_made(line: Line) -> None:
    called = line.first("conversation.tool-called")["position"]

    code, out, _ = line.run("leave-out", "--at", str(called), "--preview")
    assert len(line.json("branches")) == 1
    made = line.json("leave-out", "--at", str(called), "--name", "without")

    assert code == 0
    assert out.splitlines()[1] == f"left out: event {called} and 1 event that depends on it"
    assert out.splitlines()[-1].split() == [str(called + 1), "conversation.tool-returned", "caused", "by", str(called)]
    assert [one["position"] for one in made["what_if"]["left_out"]] == [called, called + 1]
    recorded, again = line.events(), line.events("--branch", "without")
    assert len(again) == len(recorded) - 2
    assert again[called - 1]["data"]["reapplies"]["event"] == recorded[called + 1]["id"]
    assert line.json("leave-out", "--at", str(called), "--keep-dependents", "--preview")["kept"][0]["problem"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("edit", "--message", "x"), "main holds what was recorded"),
        (("edit", "--message", " ", "--name", "b"), "a message needs words"),
        (("edit", "--slot", "city=Rome", "--name", "b"), "a slot is given as SERVICE.SLOT=VALUE"),
        (("edit", "--slot", "R.city=[1", "--name", "b"), "the slot's list of values is no JSON"),
        (("edit", "--tool-result", "find", "--name", "b"), "a tool's result is given as CALL=JSON"),
        (("edit", "--tool-result", "find=ok", "--name", "b"), "the tool's result is no JSON"),
        (("edit", "--tool-result", "find=NaN", "--name", "b"), "no tool call 'find' here"),
        (("edit", "--message", "x", "--failed", "--name", "b"), "it goes with --tool-result"),
        (("edit", "--shown", "/nowhere.json", "--name", "b"), "/nowhere.json cannot be read"),
        (("leave-out", "--at", "3"), "needs a name"),
        (("leave-out", "--at", "0", "--name", "b"), "nothing to leave out"),
        (("leave-out", "--at", "3", "--name", "main"), "main"),
    ],
)
def test_what_makes_no_sense_gets_one_clear_sentence(line: Line, words: tuple[str, ...], sentence: str) -> None:
    code, out, err = line.run(words[0], *words[1:])

    assert (code, out) == (1, "")
    assert len(err.splitlines()) == 1
    assert sentence in err
    assert len(line.json("branches")) == 1


def test_what_was_not_recorded_says_so_in_lists_and_exports(line: Line) -> None:
    called = line.first("conversation.tool-called")
    line.json("edit", "--at", "9", "--tool-result", f"{called['data']['call_id']}=[]", "--name", "b")

    listed = line.run("events", "--branch", "b")[1].splitlines()
    exported = line.run("export", "--branch", "b", "--format", "markdown")[1]

    assert listed[-2].endswith(f"[applied again, event {called['position']} of the record]")
    assert listed[-1].endswith(f"[changed here, was event {called['position'] + 1}]")
    assert f"changed here, was event {called['position'] + 1}" in exported
    assert "[" not in line.run("events")[1].splitlines()[0]
