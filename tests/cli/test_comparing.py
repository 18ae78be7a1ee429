"""``branchline compare`` and what a winner is exported as, as scripts and people use them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from fakes.making import new_event
from fakes.modelfile_reader import read_modelfile
from fakes.places import DATA

from app import bootstrap
from app.__main__ import main
from app.adapters.files.exports import COMPARISONS
from app.cli import compare_grammar
from app.domain.compare import comparison
from app.domain.diff import patched, same

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Run = "Callable[..., tuple[int, str, str]]"


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """A real dialogue with two branches made at event 10: one asks and answers otherwise, one only answers."""
    location = str(tmp_path / "a.branchline")
    assert main(["import", "--store", location, str(DATA / "star" / "465.json")]) == 0
    with bootstrap.core(location) as core:
        session = core.library.sessions()[0].header.id
        branch = core.library.branch(session)
        fork = next(one.position for one in core.store.iterate(branch.id) if one.data.get("role") == "assistant")
        for number, (name, text) in enumerate((("kinder", "Welcome \x1b[31mback!"), ("strict", "State your name."))):
            made = core.branching.branch(branch.id, fork - 1, name)
            texts = {"message_id": f"m{number}", "role": "assistant", "text": text}
            sent = {"options": {"seed": number, "temperature": 0.5}, "messages": []}
            core.store.append(
                made.id,
                [
                    new_event(
                        10 * number + 1, "generation.requested", {"model": "tiny", "digest": "d1", "request": sent}
                    ),
                    new_event(10 * number + 2, "conversation.message-posted", texts, actor="assistant"),
                    new_event(
                        10 * number + 3,
                        "generation.completed",
                        {"tokens": 5 + number, "prompt_tokens": 40, "durations": {"eval_duration": 10**9}},
                        causation_id=f"n{10 * number + 1}",
                    ),
                ],
                expected=None,
            )
    capsys.readouterr()

    def ran(*words: str) -> tuple[int, str, str]:
        code = main([words[0], "--store", location, session, *words[1:]])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return ran


def told(run: Any, *words: str) -> Any:
    code, out, err = run("compare", *words, "--json")
    assert code == 0, err
    return json.loads(out)


def test_the_json_is_the_promised_contract(run: Any) -> None:
    found = told(run, "main", "kinder", "strict")

    assert {"trunk", "first_divergence", "branches", "turns", "state"} <= set(found)
    assert found["first_divergence"] == found["trunk"] + 1
    assert [one["branch"] for one in found["branches"]] == ["main", "kinder", "strict"]
    assert [one["metrics"]["tokens"] for one in found["branches"]] == [None, 5, 6]
    for turn in found["turns"]:
        assert set(turn["positions"]) <= {"main", "kinder", "strict"}
        assert isinstance(turn["same"], bool)
    before, after = (json.loads(run("state", "--branch", name)[1]) for name in ("main", "kinder"))
    after |= {key: before[key] for key in ("branch", "branch_id", "position", "events", "hash")}
    assert same(patched(before, found["state"]), after)


def test_a_terminal_is_told_everything_and_steered_by_nothing(run: Any) -> None:
    code, out, _ = run("compare", "main", "kinder", "strict")

    assert code == 0
    assert "\x1b" not in out
    assert "Welcome \\x1b[31mback!" in out
    assert "first difference  event" in out
    assert (
        "strict: model tiny, digest d1, server –, seed 1, temperature 0.5, options –, instructions none, runs 1" in out
    )
    assert "has no such turn" in out
    assert "state of kinder against main" in out


def test_only_what_differs_is_told_when_asked_for(run: Any) -> None:
    run("branch", "--at", "5", "--name", "copy")
    whole, different = told(run, "kinder", "copy"), told(run, "kinder", "copy", "--different-only")

    assert different["turns"] == [turn for turn in whole["turns"] if not turn["same"]]
    assert different["turns_compared"] == len(whole["turns"])


def test_branches_are_sorted_and_compared_as_they_were(run: Any) -> None:
    def names(*words: str) -> list[str]:
        return [one["branch"] for one in told(run, "main", "kinder", "strict", *words)["branches"]]

    assert names("--sort", "tokens") == ["kinder", "strict", "main"]
    assert names("--sort", "tokens", "--reverse") == ["strict", "kinder", "main"]
    at = told(run, "main", "kinder")["trunk"]
    assert told(run, "main", "kinder", "--at", str(at))["first_divergence"] is None
    event = json.loads(run("events", "--branch", "kinder", "--from", str(at + 1), "--json")[1].splitlines()[0])["id"]
    assert [one["at"] for one in told(run, "main", "kinder", "--at", event)["branches"]] == [at + 1, at + 1]


@pytest.mark.parametrize(("form", "start"), [("html", "<!doctype html>"), ("markdown", "# "), ("json", "{")])
def test_a_comparison_is_written_to_a_new_file(form: str, start: str, run: Any, tmp_path: Path) -> None:
    file = tmp_path / "comparison"

    assert run("compare", "main", "kinder", "--format", form, "--out", str(file))[:2] == (0, "")
    assert file.read_text(encoding="utf-8").startswith(start)
    assert run("compare", "main", "kinder", "--format", form)[1] == file.read_text(encoding="utf-8")
    code, _, err = run("compare", "main", "kinder", "--format", form, "--out", str(file))
    assert (code, err) == (1, f"branchline: {file} is there already; it was not touched\n")


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("main",), 2, "2 to 8 different branches can be compared"),
        (("main", "main"), 2, "2 to 8 different branches can be compared"),
        (tuple("abcdefghi"), 2, "2 to 8 different branches can be compared"),
        (("main", "nowhere"), 1, "the session has no branch 'nowhere'"),
        (("main", "kinder", "--at", "9999"), 1, "there is no position 9999: main has"),
        (("main", "kinder", "--at", "no-event"), 1, "has no event 'no-event'"),
        (("main", "kinder", "--sort", "beauty"), 1, "there is no metric 'beauty'; there are prompt_tokens, tokens,"),
        (("main", "kinder", "--out", "x"), 1, "text is for the screen"),
        (("main", "kinder", "--json", "--format", "html"), 1, "--json is --format json"),
    ],
)
def test_what_makes_no_sense_is_one_sentence(words: tuple[str, ...], code: int, sentence: str, run: Any) -> None:
    found, out, err = run("compare", *words)

    assert (found, out) == (code, "")
    assert sentence in err.splitlines()[-1]


def test_a_winner_becomes_a_modelfile(run: Any) -> None:
    found = read_modelfile(run("export", "--branch", "strict", "--format", "modelfile")[1])

    assert found.all("FROM") == ["tiny"]
    assert found.commands[1:3] == [("PARAMETER seed", "1"), ("PARAMETER temperature", "0.5")]
    assert found.commands[-1] == ("MESSAGE assistant", "State your name.")
    code, _, err = run("export", "--format", "modelfile")
    assert (code, err) == (1, "branchline: no model answered on main; name the one to build on with --model\n")
    assert "FROM big\n" in run("export", "--format", "modelfile", "--model", "big")[1]


def test_a_winner_gives_preference_pairs(run: Any) -> None:
    everyone = [json.loads(line) for line in run("export", "--branch", "strict", "--format", "pairs")[1].splitlines()]
    (one,) = run("export", "--branch", "strict", "--format", "openai-pairs", "--against", "kinder")[1].splitlines()

    assert [pair["metadata"]["rejected_branch"] for pair in everyone] == ["main", "kinder"]
    assert all(pair["chosen"] == [{"role": "assistant", "content": "State your name."}] for pair in everyone)
    assert json.loads(one)["preferred_output"] == everyone[0]["chosen"]
    said = run("export", "--branch", "kinder", "--format", "pairs", "--against", "kinder")
    assert said[:2] == (0, "")
    assert said[2].startswith("0 pairs: a branch gives one where it first answers otherwise")
    assert run("export", "--format", "markdown", "--against", "kinder")[0] == 1
    assert run("export", "--format", "pairs", "--model", "big")[0] == 1


def test_what_the_grammar_offers_is_what_there_is() -> None:
    assert set(compare_grammar.COMPARISONS) == {"text", *COMPARISONS}
    assert (compare_grammar.FEWEST, compare_grammar.MOST) == (comparison.FEWEST, comparison.MOST)


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_a_comparison_is_redacted_when_that_is_asked(form: str, run: Any) -> None:
    run("rename", "jane@example.com asks", "--branch", "kinder")

    plain = run("compare", "main", "jane@example.com asks", "--format", form)
    code, out, err = run("compare", "main", "jane@example.com asks", "--format", form, "--redact", "standard")

    assert "example.com" in plain[1].replace("\u2060", "")
    assert (code, err) == (0, "")
    assert "example.com" not in out.replace("\u2060", "")
    assert "[EMAIL-1\\]" in out if form == "markdown" else "[EMAIL-1]" in out
