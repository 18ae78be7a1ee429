"""JSON is shown bounded, with its true size."""

from __future__ import annotations

import json

import pytest

from app.viewmodels.json_text import PRETTY_CHARACTERS, PRETTY_LINES, arguments_line, measured, pretty, short, unfolded


def test_a_small_value_is_shown_whole() -> None:
    value = {"city": "San José", "people": [1, 2.5, None, True]}

    shown = pretty(value)

    assert json.loads(shown.text) == value
    assert shown.is_whole
    assert shown.is_exact


@pytest.mark.parametrize(
    "value",
    [
        {"rows": [{"id": number} for number in range(100_000)]},
        {"text": "x" * 5_000_000},
        "line\n" * 100_000,
        [[number] * 10 for number in range(5_000)],
    ],
    ids=["many rows", "long text", "many lines", "many lists"],
)
def test_a_large_value_is_cut_and_says_so(value: object) -> None:
    shown = pretty(value)

    assert not shown.is_whole
    assert len(shown.text) <= PRETTY_CHARACTERS
    assert shown.text.count("\n") <= PRETTY_LINES
    assert shown.size > PRETTY_CHARACTERS


def test_endless_depth_ends() -> None:
    value: list[object] = []
    for _ in range(500):
        value = [value]

    assert "…" in pretty(value).text


def test_a_text_that_is_json_is_shown_as_json() -> None:
    assert unfolded('{"a": 1}') == {"a": 1}
    assert unfolded("{not json") == "{not json"
    assert unfolded("12") == "12"


def test_the_size_is_about_that_of_compact_json() -> None:
    value = {"a": ["b", 12, None], "c": {"d": True}}

    size, is_exact = measured(value)

    assert is_exact
    assert abs(size - len(json.dumps(value))) <= 8


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (None, "null"),
        (True, "true"),
        (0.1 + 0.2, "0.3"),
        ("two\nlines", "two lines"),
        ({"a": 1, "b": [2, 3]}, "{a: 1, b: [2, 3]}"),
        ("x" * 100, "x" * 59 + "…"),
    ],
)
def test_a_value_in_one_line(value: object, line: str) -> None:
    assert short(value) == line


def test_the_arguments_of_a_call_in_one_line() -> None:
    assert arguments_line('{"city": "Rome", "stars": 4}') == "city = Rome, stars = 4"
    assert arguments_line(None) == ""
    assert arguments_line({"x": "y" * 1000}).endswith("…")
