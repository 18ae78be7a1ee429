"""``branchline variants`` and ``branchline continue --variants`` as scripts use them."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

import pytest

from app.cli.lab_grammar import number_list

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Shell
    from fakes.scripted_server import ScriptedServer

SESSION = "6063"


def test_a_matrix_is_planned_and_then_played_in_that_order(shell: Shell, server: ScriptedServer) -> None:
    shell.run("instructions", "save", "kind", "--text", "Be kind.")
    words = (
        "variants", SESSION, "--at", "5", "--instructions", "kind@1", "--unchanged", "--temperatures", "0,0.7",
        "--seeds", "1-2",
    )  # fmt: skip

    plan = [one["branch"] for one in shell.json(*words, "--plan")]
    told = shell.json(*words)

    assert plan == [
        "scripted:1b t0 s1", "scripted:1b t0 s2", "scripted:1b t0.7 s1", "scripted:1b t0.7 s2",
        "scripted:1b kind@1 t0 s1", "scripted:1b kind@1 t0 s2", "scripted:1b kind@1 t0.7 s1",
        "scripted:1b kind@1 t0.7 s2",
    ]  # fmt: skip
    assert [one["branch"] for one in told["variants"]] == plan
    assert {one["outcome"] for one in told["variants"]} == {"completed"}
    assert told["variants"][-1]["instructions"]["version"] == 1
    asked = [json.loads(body)["options"] for body in server.bodies]
    assert [(one["temperature"], one["seed"]) for one in asked][:3] == [(0, 1), (0, 2), (0.7, 1)]
    assert json.loads(server.bodies[-1])["messages"][0] == {"role": "system", "content": "Be kind."}
    assert len(shell.json("branches", SESSION)) == 9
    assert len(shell.json("sessions")) == len({one["id"] for one in shell.json("sessions")})


def test_a_plan_asks_and_stores_nothing(shell: Shell, server: ScriptedServer) -> None:
    code, out, _ = shell.run("variants", SESSION, "--at", "5", "--seeds", "1,2", "--plan")

    assert code == 0
    assert [line.split() for line in out.splitlines()] == [["1", "scripted:1b", "s1"], ["2", "scripted:1b", "s2"]]
    assert server.bodies == []
    assert len(shell.json("branches", SESSION)) == 1


def test_the_same_matrix_again_plays_what_is_new(shell: Shell, server: ScriptedServer) -> None:
    shell.json("variants", SESSION, "--at", "5", "--seeds", "1,2")
    asked = len(server.bodies)

    told = shell.json("variants", SESSION, "--at", "5", "--seeds", "1-3")

    assert len(server.bodies) == asked + 1
    assert len(told["variants"]) == 3


def test_continue_with_variants_is_an_array_of_the_shape_of_continue(shell: Shell, server: ScriptedServer) -> None:
    told = shell.json("continue", SESSION, "--say", "And on Sunday?", "--variants", "3", "--seed", "5")

    assert [one["seed"] for one in told] == [5, 6, 7]
    for one in told:
        assert {"branch", "position", "text", "model", "done_reason", "prompt_tokens", "tokens", "durations"} <= set(
            one
        )
        assert one["text"] == "Hello world"
    assert json.loads(server.bodies[0])["messages"][-1]["content"] == "And on Sunday?"


def test_continue_tells_which_version_of_the_library_it_used(shell: Shell, server: ScriptedServer) -> None:
    shell.run("instructions", "save", "kind", "--text", "Be kind.")
    shell.run("branch", SESSION, "--name", "b", "--at", "5")

    told = shell.json("continue", SESSION, "--branch", "b", "--say", "Hi", "--instructions-from", "kind")

    code, out, _ = shell.run("events", SESSION, "--branch", "b", "--from", "6", "--json")
    events = [json.loads(line) for line in out.splitlines()]
    changed, requested = (
        next(one["data"] for one in events if one["type"] == name)
        for name in ("conversation.instructions-changed", "generation.requested")
    )
    assert code == 0
    assert told["text"] == "Hello world"
    assert (changed["text"], changed["name"], changed["version"]) == ("Be kind.", "kind", 1)
    assert requested["instructions"] == {"name": "kind", "version": 1, "hash": changed["hash"]}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--seeds", "1-400"), "at most 300"),
        (("--models", "huge"), ""),
        (("--instructions", "kind@9"), "no instructions named 'kind'"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    shell: Shell, server: ScriptedServer, words: tuple[str, ...], sentence: str
) -> None:
    code, _, err = shell.run("variants", SESSION, "--at", "5", *words)

    assert code == 1
    assert sentence in err


@pytest.mark.parametrize(
    "words",
    [
        ("--context", "last:1"), ("--with-thinking",), ("--stub", "1"), ("--may-cut",), ("--retry",), ("--preview",),
        ("--image", "x.png"), ("--tool-definitions", "x.json"),
    ],
)  # fmt: skip
def test_what_is_for_one_continuation_alone_is_not_silently_passed_over(
    shell: Shell, server: ScriptedServer, words: tuple[str, ...]
) -> None:
    error = shell.fails("continue", SESSION, "--say", "Hi", "--variants", "2", *words)

    assert f"{words[0]} is for one continuation and does not go with --variants" in error
    assert server.bodies == []


def test_variants_take_a_template_a_strategy_and_tools(shell: Shell, server: ScriptedServer, tmp_path: Path) -> None:
    server.shown = {"capabilities": ["completion", "tools"], "model_info": {}}
    server.models = [{**server.models[0], "capabilities": ["completion", "tools"]}]
    template = tmp_path / "t.txt"
    template.write_text("The customer is {{ customer }}.", encoding="utf-8")

    told = shell.json(
        "variants", SESSION, "--at", "5", "--template", str(template), "--recommend", "popular", "--tools", "stub",
        "--seeds", "1,2",
    )  # fmt: skip

    assert {one["outcome"] for one in told["variants"]} == {"completed"}
    sent = json.loads(server.bodies[-1])
    assert "The customer is " in sent["messages"][0]["content"]
    assert sent["tools"]
    assert "no strategy 'nope'" in shell.fails("variants", SESSION, "--at", "5", "--recommend", "nope")


@pytest.mark.parametrize("words", [("--seeds", "a"), ("--temperatures", "hot"), ("--variants", "0")])
def test_lists_that_are_none_are_wrong_usage(shell: Shell, words: tuple[str, ...]) -> None:
    command = "continue" if words[0] == "--variants" else "variants"

    assert shell.run(command, SESSION, *words)[0] == 2


def test_numbers_and_ranges() -> None:
    assert number_list("1, 3-5,9") == [1, 3, 4, 5, 9]
    for bad in ("", "x", "1-", "-1", "1,,2"):
        with pytest.raises(argparse.ArgumentTypeError):
            number_list(bad)
    with pytest.raises(argparse.ArgumentTypeError, match="names no number"):
        number_list("5-3")
