"""Ollama's options and durations."""

from __future__ import annotations

import math
from typing import Any

import pytest

from app.adapters.engine.options import read_keep_alive, read_options
from app.adapters.engine.refusal import Refusal


def test_defaults_are_ollamas() -> None:
    options = read_options({})

    assert (options.num_ctx, options.num_predict, options.num_keep) == (4096, -1, 4)
    assert (options.sampling["temperature"], options.sampling["top_k"], options.sampling["seed"]) == (0.8, 40, -1)


def test_what_is_given_counts_and_unknown_names_are_ignored() -> None:
    options = read_options({"temperature": 0, "seed": 7, "stop": ["END"], "no_such_option": 1, "top_p": None})

    assert (options.sampling["temperature"], options.sampling["seed"], options.stop) == (0, 7, ("END",))
    assert options.sampling["top_p"] == 0.9


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"temperature": "hot"}, 'option "temperature" must be of type float32'),
        ({"seed": "x"}, 'option "seed" must be of type integer'),
        ({"num_ctx": True}, 'option "num_ctx" must be of type integer'),
        ({"stop": "END"}, 'option "stop" must be of type array'),
    ],
)
def test_a_wrong_type_is_refused_in_ollamas_words(given: dict[str, Any], error: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_options(given)
    assert (refused.value.status, refused.value.error) == (500, error)


@pytest.mark.parametrize(
    ("given", "repeatable"),
    [({"seed": 0}, True), ({"temperature": 0}, True), ({"seed": -1}, False), ({}, False)],
)
def test_a_seed_or_no_temperature_promises_the_same_text_again(given: dict[str, Any], repeatable: bool) -> None:
    assert read_options(given).is_repeatable is repeatable


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("3s", 3),
        (3, 3),
        ("1h30m", 5400),
        ("250ms", 0.25),
        (0, 0),
        ("0", 0),
        (-1, math.inf),
        ("-1m", math.inf),
    ],
)
def test_keep_alive_is_read_as_go_reads_durations(value: Any, seconds: float | None) -> None:
    assert read_keep_alive(value) == seconds


@pytest.mark.parametrize("value", ["abc", "5", "5m3", ""])
def test_a_duration_that_is_none_is_refused(value: str) -> None:
    with pytest.raises(Refusal, match="time: invalid duration"):
        read_keep_alive(value)
