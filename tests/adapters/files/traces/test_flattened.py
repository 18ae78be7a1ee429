"""Flat attributes become lists again, and nothing grows beyond what stands there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.files.traces.flattened import unflattened
from app.domain.errors import BadInput


def flat(value, start):
    if isinstance(value, dict) and value:
        return {key: leaf for name, one in value.items() for key, leaf in flat(one, f"{start}.{name}").items()}
    if isinstance(value, list) and value:
        return {key: leaf for number, one in enumerate(value) for key, leaf in flat(one, f"{start}.{number}").items()}
    return {start: value}


LEAF = st.one_of(st.text(max_size=5), st.integers(), st.booleans())
NAME = st.text("abcxyz_", min_size=1, max_size=4)
VALUE = st.recursive(
    LEAF,
    lambda inner: st.lists(inner, min_size=1, max_size=4) | st.dictionaries(NAME, inner, min_size=1, max_size=4),
    max_leaves=12,
)


@given(value=st.lists(VALUE, min_size=1, max_size=5))
def test_what_was_flattened_comes_back(value):
    assert unflattened({"other.0": 1, **flat(value, "llm.list")}, "llm.list") == value


def test_indexes_sort_as_numbers_and_gaps_close_up():
    assert unflattened({f"l.{number}.t": number for number in (10, 2, 9_999)}, "l") == [
        {"t": 2},
        {"t": 10},
        {"t": 9_999},
    ]


@pytest.mark.parametrize("key", ["l.10001", "l." + "9" * 400, "l." + ".".join("a" * 40)])
def test_bombs_are_refused(key):
    with pytest.raises(BadInput):
        unflattened({key: 1}, "l")


def test_a_leaf_and_a_branch_of_one_name_are_both_kept():
    assert unflattened({"l.a": 1, "l.a.b": 2}, "l") == {"a": {"": 1, "b": 2}}
    assert unflattened({"l.a.b": 2, "l.a": 1}, "l") == {"a": {"": 1, "b": 2}}
