"""Checks as files and flags tell them."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from app.domain.errors import BadInput
from app.domain.lab.checks import Check, checks_hash, read_checks, unique_names

TOML = """
[[check]]
name = "names the refund"
contains = "refund"
ignore_case = true

[[check]]
matches = '\\border [A-Z]\\d+'
turns = "last"

[[check]]
schema = { type = "object" }
turns = [1, -2]

[[check]]
holds = 'len(conversation.messages) < 40'
not = true

[[check]]
similar = 0.6
"""


def test_a_file_of_checks_is_read() -> None:
    checks = read_checks(tomllib.loads(TOML))

    assert [(one.kind, one.name, one.turns, one.negated, one.ignore_case) for one in checks] == [
        ("contains", "names the refund", (), False, True),
        ("matches", r"matches \border [A-Z]\d+", (-1,), False, False),
        ("schema", "schema", (1, -2), False, False),
        ("holds", "holds len(conversation.messages) < 40", (), True, False),
        ("similar", "similar 0.6", (), False, False),
    ]


def test_json_may_be_the_list_itself_and_checks_are_told_as_they_are_read() -> None:
    told = [{"name": "a", "contains": "x"}, {"name": "b", "similar": 1, "turns": [2], "not": True, "ignore_case": True}]

    checks = read_checks(told)

    assert [one.to_json() for one in checks] == told
    assert read_checks({"checks": told}) == checks
    assert checks_hash(checks) == checks_hash(read_checks({"check": told}))
    assert checks_hash(checks) != checks_hash(checks[:1])


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({}, "one list"),
        ([], "at least one check"),
        ({"checks": [], "more": []}, "nothing else"),
        ("contains", "at least one check"),
        (["x"], "check 1 is no object"),
        ([{"name": "a"}], "exactly one of contains, matches"),
        ([{"contains": "a", "matches": "b"}], "exactly one of"),
        ([{"contains": "a", "turn": 1}], "unknown member 'turn'"),
        ([{"contains": ""}], "needs a text"),
        ([{"contains": 7}], "needs a text"),
        ([{"schema": "x"}], "needs a JSON schema"),
        ([{"similar": 1.5}], "from 0 to 1"),
        ([{"similar": True}], "from 0 to 1"),
        ([{"contains": "a", "turns": 0}], "numbers of turns"),
        ([{"contains": "a", "turns": []}], "numbers of turns"),
        ([{"contains": "a", "turns": "first"}], "numbers of turns"),
        ([{"contains": "a", "not": "yes"}], "true or false"),
        ([{"contains": "a", "name": " "}], "no text"),
        ([{"contains": "a"}, {"contains": "a"}], "two checks are named"),
    ],
)
def test_what_is_no_check_is_refused_in_a_sentence_that_names_it(told: Any, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        read_checks(told)


def test_turns_count_from_both_ends() -> None:
    first_and_last = Check(kind="contains", value="x", name="x", turns=(1, -1))

    assert [first_and_last.concerns(turn, last=4) for turn in range(1, 5)] == [True, False, False, True]
    assert all(Check(kind="contains", value="x", name="x").concerns(turn, last=4) for turn in range(1, 5))


def test_a_long_check_gets_a_short_name() -> None:
    (check,) = read_checks([{"contains": "word " * 100}])

    assert len(check.name) == 60
    assert unique_names([check]) == (check,)
