"""The command line as scripts use it: shapes of JSON, exit codes, sentences."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from fakes.places import DATA

from app.__main__ import main
from app.adapters.files.new_file import write_new
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    location = str(tmp_path / "a.branchline")
    for name in ("sgd", "star", "tau-bench"):
        assert main(["import", "--store", location, str(DATA / name)]) == 0
    capsys.readouterr()
    return location


class Line:
    """Runs commands and reads what they print."""

    def __init__(self, store: str, capsys: pytest.CaptureFixture[str]) -> None:
        self._store, self._capsys = store, capsys

    def run(self, *words: str) -> tuple[int, str, str]:
        code = main([words[0], "--store", self._store, *words[1:]])
        printed = self._capsys.readouterr()
        return code, printed.out, printed.err

    def json(self, *words: str) -> Any:
        code, out, err = self.run(*words, "--json")
        assert code == 0, err
        return json.loads(out)


@pytest.fixture
def line(store: str, capsys: pytest.CaptureFixture[str]) -> Line:
    return Line(store, capsys)


def test_sessions_have_the_promised_shape(line: Line) -> None:
    sessions = line.json("sessions")

    assert len(sessions) > 5
    for one in sessions:
        assert {"id", "title", "source", "external_id", "subject", "started", "events", "branches"} <= set(one)
        assert one["events"] > 0
        assert one["branches"] == 1


def test_events_are_one_object_a_line_with_inclusive_ends(line: Line) -> None:
    session = line.json("sessions")[0]["id"]

    code, out, _ = line.run("events", session, "--from", "2", "--to", "5", "--json")
    events = [json.loads(text) for text in out.splitlines()]

    assert code == 0
    assert [one["position"] for one in events] == [2, 3, 4, 5]
    assert {one["branch"] for one in events} == {"main"}
    assert {"id", "source", "type", "version", "session", "branch", "position", "time", "actor", "data", "hash"} <= set(
        events[0]
    )


def test_state_has_the_promised_shape_and_zero_is_before_the_first_event(line: Line) -> None:
    one = line.json("sessions")[0]

    state, start = line.json("state", one["id"]), line.json("state", one["id"], "--at", "0")

    assert (state["session"], state["branch"], state["position"], state["events"]) == (
        one["id"],
        "main",
        one["events"],
        one["events"],
    )
    assert {"messages", "slots", "instructions", "classification", "feedback", "open_calls", "status"} <= set(
        state["conversation"]
    )
    assert {"shown", "strategy", "interests", "seen", "purchased", "predicted"} <= set(state["recommendation"])
    assert set(state["generation"]) >= {"strategy", "runs"}
    assert start["conversation"]["messages"] == []
    assert len(start["hash"]) == 64


def test_a_session_is_found_by_external_id_prefix_and_title(line: Line) -> None:
    one = line.json("sessions")[0]

    for named in (one["id"], one["external_id"], one["id"][:-2]):
        assert line.json("state", named, "--at", "1")["session"] == one["id"]


def test_a_position_can_be_named_by_an_event(line: Line) -> None:
    session = line.json("sessions")[0]["id"]
    _, out, _ = line.run("events", session, "--from", "3", "--to", "3", "--json")

    assert line.json("state", session, "--at", json.loads(out)["id"])["position"] == 3


def test_a_branch_shares_its_past_and_has_the_parents_positions(line: Line) -> None:
    session = line.json("sessions")[0]["id"]

    made = line.json("branch", session, "--at", "4", "--name", "what if")
    listed = line.json("branches", session)

    assert (made["name"], made["parent"], made["fork_position"], made["events"], made["own_events"]) == (
        "what if",
        "main",
        4,
        4,
        0,
    )
    assert [one["name"] for one in listed] == ["main", "what if"]
    theirs = line.json("state", session, "--branch", "what if")
    ours = line.json("state", session, "--at", "4")
    differing = {key for key in ours if ours[key] != theirs[key]}
    assert differing == {"branch", "branch_id", "events"}
    assert line.json("sessions")[0]["branches"] == 2


def test_a_difference_is_a_patch_between_two_states(line: Line) -> None:
    session = line.json("sessions")[0]["id"]

    patch = line.json("diff", session, "--from", "1", "--to", "6")

    assert patch
    assert {one["op"] for one in patch} <= {"add", "remove", "replace"}
    assert line.json("diff", session, "--from", "3", "--to", "3") == []


@pytest.mark.parametrize("at", ["9999", "-1"])
def test_a_position_out_of_range_fails_with_the_number_there_are(line: Line, at: str) -> None:
    one = line.json("sessions")[0]

    code, out, err = line.run("state", one["id"], f"--at={at}")

    assert (code, out) == (1, "")
    assert str(one["events"]) in err
    assert len(err.splitlines()) == 1


def test_what_is_not_there_fails_in_one_line(line: Line) -> None:
    session = line.json("sessions")[0]["id"]

    for words in (
        ("state", "nobody"),
        ("state", session, "--branch", "nowhere"),
        ("state", session, "--at", "no-event"),
    ):
        code, _, err = line.run(*words)
        assert code == 1
        assert len(err.splitlines()) == 1


def test_wrong_usage_is_exit_code_two(line: Line) -> None:
    assert line.run("state")[0] == 2
    assert line.run("no-such-command")[0] == 2


def test_a_branch_name_can_be_used_once(line: Line) -> None:
    session = line.json("sessions")[0]["id"]
    line.json("branch", session, "--at", "4", "--name", "twice")

    code, _, err = line.run("branch", session, "--at", "5", "--name", "twice")

    assert code == 1
    assert "twice" in err


def test_importing_again_changes_nothing(line: Line) -> None:
    before = line.json("sessions")

    report = line.json("import", str(DATA / "sgd"))

    assert report["events"] == 0
    assert report["duplicates"] > 0
    assert line.json("sessions") == before


def test_verify_and_backup_agree_on_what_is_there(line: Line, tmp_path: Path) -> None:
    verified = line.json("verify")
    copy = line.json("backup", str(tmp_path / "copy.branchline"))

    assert verified["ok"] is True
    assert verified["problems"] == []
    assert copy == {"file": str(tmp_path / "copy.branchline"), "events": verified["events"], "verified": True}


def test_a_backup_restores_into_a_new_store_only(
    line: Line, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy, fresh = str(tmp_path / "copy.branchline"), str(tmp_path / "fresh.branchline")
    line.json("backup", copy)

    assert main(["restore", "--store", fresh, copy]) == 0
    assert main(["restore", "--store", fresh, copy]) == 1
    capsys.readouterr()
    assert main(["sessions", "--store", fresh, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == line.json("sessions")


def test_a_native_export_restores_identical_hashes(
    line: Line, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    session = line.json("sessions")[0]["id"]
    line.json("branch", session, "--at", "4", "--name", "what if")
    written, fresh = tmp_path / "one.jsonl", str(tmp_path / "fresh.branchline")

    assert line.run("export", session, "--format", "native", "--output", str(written))[0] == 0
    assert main(["import", "--store", fresh, str(written)]) == 0
    capsys.readouterr()
    assert main(["state", "--store", fresh, session, "--branch", "what if"]) == 0

    assert json.loads(capsys.readouterr().out)["hash"] == line.json("state", session, "--branch", "what if")["hash"]
    assert line.run("export", session, "--format", "native", "--output", str(written))[0] == 1


def test_markdown_tells_the_conversation(line: Line) -> None:
    session = line.json("sessions")[0]["id"]
    first = line.json("state", session)["conversation"]["messages"]

    code, out, _ = line.run("export", session, "--format", "markdown")

    assert code == 0
    assert first[0]["text"].split()[0] in out


def test_a_store_that_is_not_there_is_said_to_be_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sessions", "--store", str(tmp_path / "none.branchline")]) == 1

    assert str(tmp_path / "none.branchline") in capsys.readouterr().err
    assert not (tmp_path / "none.branchline").exists()


def test_the_users_own_store_is_made_when_first_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sessions", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_foreign_text_cannot_steer_the_terminal(line: Line) -> None:
    session = line.json("sessions")[0]["id"]
    line.run("branch", session, "--name", "red \x1b[31m\nand more " + "x" * 150)
    line.run("branch", session, "--branch", "main", "--name", "plain", "--hypothesis", "\x1b[2J" + "y" * 500)

    _, out, _ = line.run("branches", session)
    _, _, err = line.run("state", session, "--branch", "\x1b[31m")

    assert "\x1b" not in out + err
    assert "red \\x1b[31m and more" in out
    assert max(map(len, out.splitlines())) < 250
    assert err.count("\n") == 1


@pytest.mark.parametrize("number", ["0", "-5"])
def test_measuring_nothing_is_wrong_usage(line: Line, number: str) -> None:
    assert main(["bench", "append", "--events", number]) == 2


def test_differences_for_people_show_values_as_json(line: Line) -> None:
    session = line.json("sessions")[0]["id"]

    _, out, _ = line.run("diff", session, "--from", "0")
    values = [text.split("  ", 1)[1] for text in out.splitlines() if text.startswith("+")]

    assert values
    assert all(json.loads(value) is not ... for value in values)


def test_an_unknown_customer_is_not_called_an_empty_store(line: Line) -> None:
    assert line.run("sessions", "--subject", "nobody")[1].startswith("no sessions about nobody")


def test_an_export_onto_a_full_disk_leaves_no_half_file(tmp_path: Path) -> None:
    def pieces() -> Iterator[str]:
        yield "some of it"
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(BadInput, match="No space left"):
        write_new(tmp_path / "out", pieces())

    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_what_the_output_cannot_encode_is_escaped(line: Line, store: str, form: list[str]) -> None:
    session = line.json("sessions")[0]["id"]
    line.run("branch", session, "--name", "schön")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "app", "branches", "--store", store, session, *form]

    found = subprocess.run(command, env=environment, capture_output=True, check=False)

    assert (found.returncode, found.stderr) == (0, b"")
    if form:
        assert json.loads(found.stdout)[1]["name"] == "schön"
    else:
        assert b"sch\\xf6n" in found.stdout


def test_a_range_that_ends_before_it_begins_is_refused(line: Line) -> None:
    session = line.json("sessions")[0]["id"]

    code, out, err = line.run("events", session, "--from", "5", "--to", "3")

    assert (code, out) == (1, "")
    assert "after --to 3" in err


def test_an_empty_file_is_no_store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "empty.branchline"
    empty.touch()

    assert main(["sessions", "--store", str(empty)]) == 1

    assert "empty file" in capsys.readouterr().err
    assert empty.stat().st_size == 0
