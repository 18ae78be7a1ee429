"""Names, stars, colours, archive and reasons of branches from the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from app.__main__ import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def session(run: Callable[..., tuple[int, str, str]]) -> str:
    session = str(json.loads(run("sessions", "--json")[1])[0]["id"])
    assert run("branch", session, "--at", "4", "--name", "kinder", "--hypothesis", "tone matters")[0] == 0
    assert run("branch", session, "--branch", "kinder", "--at", "4", "--name", "kindest")[0] == 0
    return session


def told(run: Any, session: str) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in json.loads(run("branches", session, "--json")[1])}


def test_branches_tell_what_was_made_of_them(run: Any, session: str) -> None:
    run("star", session, "--branch", "kinder")
    run("colour", session, "rose", "--branch", "kinder")
    run("archive", session, "--branch", "kindest")
    run("reason", session, "--branch", "kinder", "--expected", "fewer refunds")

    branches = told(run, session)

    kinder = branches["kinder"]
    assert (kinder["starred"], kinder["colour"], kinder["archived"]) == (True, "rose", False)
    assert (kinder["hypothesis"], kinder["expected"], kinder["author"]) == ("tone matters", "fewer refunds", "analyst")
    assert (branches["kindest"]["archived"], branches["kindest"]["parent"]) == (True, "kinder")
    assert {"id", "name", "parent", "fork_position", "events", "own_events"} <= set(branches["main"])


def test_the_list_folds_archived_branches_away_and_says_so(run: Any, session: str) -> None:
    run("star", session, "--branch", "kinder")
    run("archive", session, "--branch", "kindest")

    _, out, err = run("branches", session)
    assert "★" in out
    assert "kindest" not in out
    assert "1 archived; --all lists them too" in err
    assert "archived" in run("branches", session, "--all")[1]


def test_the_list_is_the_tree(run: Any, session: str) -> None:
    run("colour", session, "rose", "--branch", "kinder")

    lines = run("branches", session)[1].splitlines()

    assert lines[0].startswith("● main")
    assert lines[1].startswith("├─● kinder")
    assert "after 4 of main" in lines[1]
    assert "0 own" in lines[1]
    assert "rose" in lines[1]
    assert lines[1].endswith("tone matters")
    assert lines[2].startswith("╰─● kindest")  # made where kinder begins, so it leaves main too
    assert "after 4 of kinder" in lines[2]


def test_a_renamed_branch_answers_to_both_names(run: Any, session: str) -> None:
    code, out, _ = run("rename", session, "softer", "--branch", "kinder", "--json")

    assert (code, json.loads(out)["name"]) == (0, "softer")
    assert told(run, session)["kindest"]["parent"] == "softer"
    assert json.loads(run("state", session, "--branch", "kinder")[1])["branch"] == "softer"
    assert json.loads(run("events", session, "--branch", "softer", "--json")[1].splitlines()[0])["branch"] == "main"


def test_archiving_takes_what_was_made_from_it_along_and_undo_brings_all_back(run: Any, session: str) -> None:
    run("archive", session, "--branch", "kinder", "--with-children")
    assert [one["archived"] for one in told(run, session).values()] == [False, True, True]

    code, out, _ = run("branches", session, "--undo", "--json")

    assert code == 0
    assert [one["archived"] for one in json.loads(out)] == [False, False, False]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("archive",), "main is the trunk of the session and cannot be archived"),
        (("rename", "kinder"), "the session has a branch named kinder already"),
        (("colour", "pink", "--branch", "kinder"), "there is no colour 'pink'"),
        (("reason", "--branch", "kinder"), "nothing is said"),
        (("branches", "--undo"), "nothing to undo"),
        (("star", "--branch", "softest"), "the session has no branch 'softest'; it has main, kinder, kindest"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(run: Any, session: str, words: tuple[str, ...], sentence: str) -> None:
    code, _, err = run(words[0], session, *words[1:])

    assert code == 1
    assert sentence in err


def test_what_is_so_already_is_said_and_not_written(run: Any, session: str) -> None:
    run("star", session, "--branch", "kinder")
    before = run("events", session, "--stream", "analyst", "--json")[1]

    code, _, err = run("star", session, "--branch", "kinder")

    assert (code, "it is so already" in err) == (0, True)
    assert run("events", session, "--stream", "analyst", "--json")[1] == before


def test_labels_survive_an_export_and_an_import(
    run: Any, session: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("rename", session, "softer", "--branch", "kinder")
    run("star", session, "--branch", "softer")
    before = told(run, session)
    file, other = tmp_path / "out.jsonl", str(tmp_path / "b.branchline")
    assert run("export", session, "--format", "native", "--output", str(file))[0] == 0

    assert main(["import", "--store", other, str(file)]) == 0
    assert main(["verify", "--store", other]) == 0
    capsys.readouterr()
    assert main(["branches", "--store", other, session, "--json"]) == 0

    assert {one["name"]: one for one in json.loads(capsys.readouterr().out)} == before
