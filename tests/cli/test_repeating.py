"""``branchline jitter`` as scripts use it."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING

import pytest
from fakes import scripted_server as script

if TYPE_CHECKING:
    from conftest import Shell
    from fakes.scripted_server import Exchange, ScriptedServer

SESSION = "6063"
FEW = ("--k", "10", "--turns", "1")


@pytest.fixture
def talkative(server: ScriptedServer) -> ScriptedServer:
    """Answers with words that follow from the seed, and others when told to be kind.

    Seeds are drawn by chance. So that no verdict is, the first seed of every temperature gets the same words, and so
    does the second.
    """
    met: dict[float | None, dict[int, int]] = {}

    def speak(exchange: Exchange) -> None:
        sent = json.loads(server.bodies[-1])
        known = met.setdefault(sent["options"].get("temperature"), {})
        chance = Random(known.setdefault(sent["options"].get("seed", 0), len(known)))
        kind = any("kind" in one["content"] for one in sent["messages"] if one["role"] == "system")
        words = ("dear", "friend", "gladly", "lovely") if kind else ("order", "parcel", "street", "number")
        said = " ".join(chance.choices(words, k=8))
        script.text(said)(exchange)

    server.chat = (script.begin_stream, speak, script.line({**script.DONE, "message": {"content": ""}}))
    return server


def test_a_floor_is_measured_and_its_branches_are_folded_away(shell: Shell, talkative: ScriptedServer) -> None:
    told = shell.json("jitter", SESSION, "--at", "5", *FEW)

    assert len(talkative.bodies) == len(told["branches"]) == 10
    assert told["floor"]["repetitions"] == 10
    assert 0 < told["floor"]["mean"] < 1
    branches = {one["name"]: one for one in shell.json("branches", SESSION)}
    assert branches["jitter scripted:1b #1"]["archived"]
    seeds = [json.loads(body)["options"]["seed"] for body in talkative.bodies]
    assert len(set(seeds)) == 10


def test_a_planted_change_of_instructions_is_found(shell: Shell, talkative: ScriptedServer) -> None:
    told = shell.json("jitter", SESSION, "--at", "5", *FEW, "--to-instructions", "Be kind.")

    assert told["verdict"] == "differs"
    assert told["p_value"] <= told["alpha"]
    assert told["asked"]["b"]["instructions"]["hash"]
    assert "energy distance" in told["test"]
    code, out, _ = shell.run("jitter", SESSION, "--at", "5", *FEW, "--to-instructions", "Be kind.")
    assert code == 0
    assert "differs: p = " in out
    assert len(talkative.bodies) == 20  # what was done is found again


def test_a_change_that_changes_nothing_is_not_called_a_difference(shell: Shell, talkative: ScriptedServer) -> None:
    told = shell.json("jitter", SESSION, "--at", "5", *FEW, "--to-temperature", "0.3")

    assert told["verdict"] == "no more than repetition"


def test_a_branch_that_a_model_answered_is_repeated_as_it_was_asked(shell: Shell, talkative: ScriptedServer) -> None:
    made = shell.json("rerun", SESSION, "--turn", "2", "--turns", "1", "--temperature", "0.4", "--seed", "3")
    other = shell.json("rerun", SESSION, "--turn", "2", "--turns", "1", "--instructions", "Be kind.")

    told = shell.json("jitter", SESSION, "--branch", made["branch"], "--k", "10", "--against", other["branch"])

    assert told["asked"]["a"]["options"]["temperature"] == 0.4
    assert told["verdict"] == "differs"
    assert told["repetitions"] == [11, 11]  # the two that were there are of their groups


def test_recorded_seeds_are_used_again(shell: Shell, talkative: ScriptedServer) -> None:
    made = shell.json("rerun", SESSION, "--turn", "2", "--turns", "1", "--seed", "3")
    at = str(shell.json("branches", SESSION)[1]["fork_position"])
    asked = len(talkative.bodies)

    told = shell.json("jitter", SESSION, "--branch", made["branch"], "--at", at, "--k", "3", "--seeds", "recorded")

    seeds = {json.loads(body)["options"]["seed"] for body in talkative.bodies[asked:]}
    assert seeds == {3}
    assert told["floor"]["identical"] == 1


def test_the_seed_of_a_trial_is_its_recorded_one(shell: Shell, talkative: ScriptedServer) -> None:
    (made,) = shell.json("variants", SESSION, "--at", "5", "--seeds", "3")["variants"]
    asked = len(talkative.bodies)

    told = shell.json("jitter", SESSION, "--branch", made["branch"], "--k", "3", "--seeds", "recorded")

    assert {json.loads(body)["options"]["seed"] for body in talkative.bodies[asked:]} == {3}
    assert told["floor"]["identical"] == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "say with --at from where"),
        (("--at", "5", *FEW, "--to-model", "huge"), "no model 'huge'"),
        (("--at", "5", "--against", "nobody"), "no branch 'nobody'"),
        (("--at", "5", "--against", "main"), "no model wrote answers on main"),
    ],
)
def test_what_cannot_be_done_is_told(
    shell: Shell, talkative: ScriptedServer, words: tuple[str, ...], sentence: str
) -> None:
    code, _, err = shell.run("jitter", SESSION, *words)

    assert code == 1
    assert sentence in err


@pytest.mark.parametrize("alpha", ["0", "1", "x"])
def test_a_level_lies_between_0_and_1(shell: Shell, alpha: str) -> None:
    assert shell.run("jitter", SESSION, "--at", "5", "--alpha", alpha)[0] == 2
