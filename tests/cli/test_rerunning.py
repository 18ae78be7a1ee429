"""``branchline rerun`` as scripts use it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Shell
    from fakes.scripted_server import ScriptedServer

SESSION = "6063"


def test_one_session_has_the_promised_shape(shell: Shell, server: ScriptedServer) -> None:
    told = shell.json("rerun", SESSION, "--turn", "2", "--turns", "2", "--seed", "7", "--num-predict", "9")

    assert {
        "branch",
        "position",
        "text",
        "model",
        "done_reason",
        "prompt_tokens",
        "tokens",
        "durations",
        "truncated",
    } <= (set(told))
    assert [set(turn) >= {"position", "recorded", "rerun"} for turn in told["turns"]] == [True, True]
    assert [turn["rerun"] for turn in told["turns"]] == ["Hello world"] * 2
    assert told["turns"][0]["recorded"]
    assert told["branch"] == "rerun scripted:1b s7"
    sent = json.loads(server.bodies[0])
    assert (sent["options"]["seed"], sent["options"]["num_predict"]) == (7, 9)
    state = shell.json("state", SESSION, "--branch", told["branch"])
    assert state["problems"] == []
    marked = [one for one in state["conversation"]["messages"] if one["rerun_of"] is not None]
    assert [one["rerun_of"] for one in marked] == [turn["recorded_position"] for turn in told["turns"]]


def test_the_same_command_again_asks_nothing_more(shell: Shell, server: ScriptedServer) -> None:
    words = ("rerun", SESSION, "--turn", "2", "--turns", "1")
    first = shell.json(*words)
    asked = len(server.bodies)

    again = shell.json(*words)

    assert len(server.bodies) == asked
    assert again["turns"] == first["turns"]
    assert {"tokens", "durations", "truncated"} <= set(again)


def test_a_branch_that_was_renamed_is_told_by_its_name(shell: Shell, server: ScriptedServer) -> None:
    words = ("rerun", SESSION, "--turn", "2", "--turns", "1")
    first = shell.json(*words)
    shell.run("rename", SESSION, "kinder", "--branch", first["branch"])

    assert shell.json(*words)["branch"] == "kinder"


def test_checks_from_flags_and_a_file_decide_the_exit_code(
    shell: Shell, server: ScriptedServer, tmp_path: Path
) -> None:
    file = tmp_path / "checks.toml"
    file.write_text('[[check]]\nname = "greets"\nmatches = "^Hello"\n\n[[check]]\nsimilar = 0.9\n', encoding="utf-8")
    words = ("rerun", SESSION, "--turn", "2", "--turns", "1", "--checks", str(file), "--lacks", "world")

    told = shell.json(*words)

    assert [(one["name"], one["passed"]) for one in told["turns"][0]["checks"]] == [
        ("greets", True), ("similar 0.9", False), ("lacks world", False),
    ]  # fmt: skip
    code, out, _ = shell.run(*words, "--fail-on-check")
    assert code == 1
    assert "FAILED    lacks world: 'world' is in the answer" in out
    assert "passed    greets" in out


def test_many_sessions_give_a_table_and_its_total(shell: Shell, server: ScriptedServer) -> None:
    words = ("rerun", "--sessions", "6063,465", "--turns", "1", "--contains", "Hello", "--similar", "0.99")

    told = shell.json(*words)

    assert [
        (row["outcome"], row["answers"], row["passed"], row["failed"], row["changed"]) for row in told["sessions"]
    ] == [("completed", 1, 1, 1, 1)] * 2
    assert told["total"] == {
        "trials": 2, "completed": 2, "answers": 2, "passed": 2, "failed": 2, "skipped": 0, "changed": 2,
    }  # fmt: skip
    code, out, _ = shell.run(*words, "--fail-on-check")
    assert code == 1
    assert "total" in out.splitlines()[-1]
    assert len(server.bodies) == 2


def test_sessions_are_chosen_by_file_subject_and_condition(
    shell: Shell, server: ScriptedServer, tmp_path: Path
) -> None:
    file = tmp_path / "chosen.txt"
    file.write_text("# those that matter\n6063\n465\n6063\n", encoding="utf-8")
    words = ("rerun", "--turns", "1", "--seed", "1")

    assert shell.json(*words, "--sessions", f"@{file}")["total"]["trials"] == 2
    sessions = shell.json("sessions")
    subject = next(one["subject"] for one in sessions if one["external_id"] == "6063")
    assert shell.json(*words, "--subject", subject)["total"]["trials"] == 1
    everything = shell.json(*words, "--all")["total"]["trials"]
    chosen = shell.json(*words, "--filter", "len(conversation.messages) > 12")["total"]["trials"]
    assert 0 < chosen < everything <= len(sessions)


def test_a_server_that_fails_is_told_per_session_and_the_same_command_goes_on(
    shell: Shell, server: ScriptedServer
) -> None:
    from fakes.scripted_server import answer

    good, words = server.chat, ("rerun", "--sessions", "6063,465", "--turns", "1")
    server.chat = (answer(500, {"error": "out of memory"}),)

    told = shell.json(*words, code=1)

    assert [row["outcome"] for row in told["sessions"]] == ["failed", "failed"]
    assert all("out of memory" in row["reason"] for row in told["sessions"])
    server.chat = good
    assert shell.json(*words)["total"]["completed"] == 2
    branches = shell.json("branches", "6063")
    assert [one["name"] for one in branches] == ["main", "rerun scripted:1b"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("rerun",), "name one SESSION, or several"),
        (("rerun", SESSION, "--all"), "name one SESSION, or several"),
        (("rerun", "--all", "--at", "3"), "--at is a place of one session"),
        (("rerun", SESSION, "--at", "3", "--turn", "2"), "give one of them"),
        (("rerun", SESSION, "--turn", "99"), "the customer has no turn 99"),
        (("rerun", SESSION, "--at", "9999"), "there is no position 9999"),
        (("rerun", SESSION, "--leave-out", "weather"), "'weather' cannot be left out"),
        (("rerun", SESSION, "--matches", "("), "no regular expression"),
        (("rerun", SESSION, "--similar", "2"), "from 0 to 1"),
        (("rerun", SESSION, "--contains", "a", "--contains", "a"), "two checks are named"),
        (("rerun", SESSION, "--checks", "/nowhere.toml"), "cannot be read"),
        (("rerun", "--sessions", "@/nowhere.txt"), "cannot be read"),
        (("rerun", "--sessions", "nobody"), "there is no session 'nobody'"),
        (("rerun", "--filter", "len(conversation.messages) > 1000"), "no session is meant"),
        (("rerun", SESSION, "--model", "huge"), "no model 'huge'"),
        (("rerun", SESSION, "--option", "seed"), "an option is written NAME=VALUE"),
        (("rerun", SESSION, "--option", "top_p=3"), "top_p"),
        (("rerun", SESSION, "--instructions-from", "kind"), "no instructions named 'kind'"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    shell: Shell, server: ScriptedServer, words: tuple[str, ...], sentence: str
) -> None:
    error = shell.fails(*words)

    assert sentence in error
    assert len(error.splitlines()) == 1


def test_a_file_that_holds_no_checks_names_itself(shell: Shell, server: ScriptedServer, tmp_path: Path) -> None:
    for name, text in (("a.toml", "x"), ("b.json", "{"), ("c.toml", "[[check]]\ncontain = 'x'\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")

        assert str(tmp_path / name) in shell.fails("rerun", SESSION, "--checks", str(tmp_path / name))
    (tmp_path / "schema.json").write_text('{"type": "objekt"}', encoding="utf-8")
    assert "no JSON schema" in shell.fails("rerun", SESSION, "--schema", str(tmp_path / "schema.json"))
