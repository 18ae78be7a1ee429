"""Options of a run: what is in range, what is refused, and that nothing is lost on the way."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadInput
from app.domain.model_options import RANGES, ModelOptions, parse_option


def in_range(name: str) -> st.SearchStrategy[Any]:
    allowed = RANGES[name]
    if allowed.kind is int:
        return st.integers(int(allowed.lowest), int(allowed.highest))
    return st.floats(allowed.lowest, allowed.highest)


numbers = st.fixed_dictionaries({}, optional={name: in_range(name) for name in RANGES})
extras = st.fixed_dictionaries(
    {},
    optional={"stop": st.lists(st.text(min_size=1), max_size=3), "use_mmap": st.booleans(), "dry_base": st.floats(0)},
)


@given(numbers, extras)
def test_what_is_in_range_comes_out_as_it_went_in(some: dict[str, Any], more: dict[str, Any]) -> None:
    assert ModelOptions.of(some | more).to_json() == some | more


@pytest.mark.parametrize("name", RANGES)
def test_a_number_beyond_its_range_is_refused_in_one_sentence(name: str) -> None:
    for value in (int(RANGES[name].lowest) - 1, int(RANGES[name].highest) + 1, "hot", True, float("nan")):
        with pytest.raises(BadInput, match=rf"^the option {name} must be a (whole )?number [^\n]*, not [^\n]*$"):
            ModelOptions.of({name: value})


def test_a_fraction_is_no_whole_number() -> None:
    with pytest.raises(BadInput, match=r"top_k must be a whole number of at least 0, not 1\.5"):
        ModelOptions.of({"top_k": 1.5})


@pytest.mark.parametrize("value", [1, 0, "yes", 0.0])
def test_a_switch_is_true_or_false(value: Any) -> None:
    with pytest.raises(BadInput, match="use_mmap must be true or false"):
        ModelOptions.of({"use_mmap": value})


def test_nothing_set_is_nothing_said() -> None:
    assert ModelOptions.of({"seed": None, "mirostat": None}).to_json() == {}


@pytest.mark.parametrize("stop", [5, ["", "x"], [1], {"a": 1}])
def test_stops_are_texts(stop: Any) -> None:
    with pytest.raises(BadInput, match="the option stop must be one or more texts"):
        ModelOptions.of({"stop": stop})


def test_one_stop_may_be_given_alone() -> None:
    assert ModelOptions.of({"stop": "END"}).to_json() == {"stop": ["END"]}


def test_unknown_names_are_sent_on_as_they_are() -> None:
    assert ModelOptions.of({"xtc_threshold": {"odd": [1]}}).to_json() == {"xtc_threshold": {"odd": [1]}}


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("temperature=0.5", ("temperature", 0.5)),
        ("seed=7", ("seed", 7)),
        ("use_mmap=false", ("use_mmap", False)),
        ('stop=["a", "b"]', ("stop", ["a", "b"])),
        ("stop=END", ("stop", "END")),
        ("stop=a=b", ("stop", "a=b")),
    ],
)
def test_options_are_typed_as_name_and_value(text: str, option: tuple[str, Any]) -> None:
    assert parse_option(text) == option


@pytest.mark.parametrize("text", ["temperature", "=1", " = 1"])
def test_an_option_without_name_or_value_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="NAME=VALUE"):
        parse_option(text)
