"""The fast way to canonical bytes gives what RFC 8785 asks for, always."""

from __future__ import annotations

import math
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.store.canonical import canonical
from app.domain.errors import BadInput

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
TRICKY_KEYS = st.sampled_from(["\ue000", "\U0001f600", "a", "\uffff", '\U0001f600"x', "é", ""])
TRICKY_NUMBERS = st.sampled_from([1.0, -0.0, 12.0, 1e15, 1e16, 1e21, 1e-6, 1e-7, 5e-324, 2**52, -(10**15), 100.25])
LIKE_NUMBERS = st.text("0123456789eE.-+,]}: ", max_size=24)
SCALARS = (
    TRICKY_NUMBERS
    | LIKE_NUMBERS
    | st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT
)
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT | TRICKY_KEYS, inner, max_size=4)
)


@given(st.dictionaries(TEXT | TRICKY_KEYS, JSON, max_size=5))
def test_canonical_bytes_are_those_of_rfc_8785(value: dict[str, Any]) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, 2**53, -(2**60), 2**70])
def test_numbers_that_json_cannot_hold_are_refused(number: float) -> None:
    with pytest.raises(BadInput):
        canonical({"deep": [{"n": number, "other": None}]})


@pytest.mark.parametrize("value", [{"a": object()}, {"a": "\ud800"}, ["no object"]])
def test_what_is_no_json_object_is_refused(value: Any) -> None:
    with pytest.raises(BadInput):
        canonical(value)
