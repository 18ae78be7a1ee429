"""The analyst's record from the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def session(run: Callable[..., tuple[int, str, str]]) -> str:
    return str(json.loads(run("sessions", "--json")[1])[0]["id"])


def listed(run: Callable[..., tuple[int, str, str]], session: str, *more: str) -> list[dict[str, Any]]:
    code, out, err = run("notebook", session, "--json", *more)
    assert code == 0, err
    found: list[dict[str, Any]] = json.loads(out)
    return found


def test_what_is_noted_is_listed_in_the_promised_shape(run: Any, session: str) -> None:
    code, out, _ = run("mark", session, "--at", "2", "--label", "odd")
    run("note", session, "--at", "3", "why this? 为什么")
    run("tag", session, "--at", "1", "slow")
    run("rate", session, "--at", "4", "2", "--why", "curt")

    entries = listed(run, session)

    assert code == 0
    assert out.strip() == entries[1]["id"]
    assert [(one["kind"], one["position"], one["text"], one["rating"]) for one in entries] == [
        ("tag", 1, "slow", None),
        ("marker", 2, "odd", None),
        ("note", 3, "why this? 为什么", None),
        ("rating", 4, "curt", 2),
    ]
    shape = {"id", "kind", "branch", "branch_id", "position", "event", "text", "rating", "time", "edited"}
    assert all(set(one) == shape and one["branch"] == "main" for one in entries)


def test_people_read_a_table_or_how_to_begin(run: Any, session: str) -> None:
    assert "nothing noted yet" in run("notebook", session)[1]
    run("rate", session, "--at", "4", "2", "--why", "curt")

    assert "2 poor – curt" in run("notebook", session)[1]


def test_the_notebook_of_a_branch_holds_what_the_branch_inherits(run: Any, session: str) -> None:
    run("branch", session, "--at", "3", "--name", "other")
    run("mark", session, "--at", "3")
    run("mark", session, "--at", "4")

    assert [one["position"] for one in listed(run, session, "--branch", "other")] == [3]
    assert [one["position"] for one in listed(run, session)] == [3, 4]


def test_an_entry_is_removed_and_the_removal_undone(run: Any, session: str) -> None:
    entry = run("mark", session, "--at", "2")[1].strip()

    assert listed(run, session, "--remove", entry) == []
    assert [one["id"] for one in listed(run, session, "--undo")] == [entry]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("rate", "--at", "1", "6"), "1 (bad) to 5 (very good)"),
        (("note", "--at", "1", "  "), "a note needs at least one word"),
        (("mark", "--at", "100000"), "there is no position 100000"),
        (("notebook", "--remove", "nothing"), "has no entry 'nothing'"),
        (("notebook", "--undo"), "nothing to undo"),
    ],
)
def test_what_cannot_be_done_ends_in_one_line(run: Any, session: str, words: tuple[str, ...], sentence: str) -> None:
    code, out, err = run(words[0], session, *words[1:])

    assert code == 1
    assert out == ""
    assert err.count("\n") == 1
    assert sentence in err
