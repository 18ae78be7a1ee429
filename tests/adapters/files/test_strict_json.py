"""What readers of JSON disagree about is refused, and told."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.files.strict_json import DEEPEST, decode
from app.domain.errors import BadInput


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"a": NaN}', "NaN is no JSON number"),
        ('{"a": -Infinity}', "-Infinity is no JSON number"),
        ('{"a": 1e999}', "out of range"),
        ('{"a": 1, "b": {"c": 1, "c": 2}}', "'c' occurs twice"),
        ('["\\ud800"]', "lone surrogate"),
        ('["\\udc00\\ud83d"]', "lone surrogate"),
        ('{"a": 1', "breaks off"),
        ('{"a": 1} x', "malformed"),
        ("[" * 300 + "]" * 300, "nested"),
        ("[" * 100_000, "nested"),
        ("1" * 5000, "400 digits"),
    ],
)
def test_refused(text, told):
    with pytest.raises(BadInput, match=told):
        decode(text.encode())


def test_bytes_that_are_no_utf8_are_refused():
    with pytest.raises(BadInput, match="not UTF-8"):
        decode(b'["\xff"]')


@pytest.mark.parametrize("text", ['"\\ud83d\\ude00"', '"\\\\ud800"', '"\\\\\\ud83d\\ude00"'])
def test_whole_characters_and_escaped_backslashes_are_fine(text):
    assert decode(text.encode()) == json.loads(text)


def test_the_deepest_that_is_allowed_is_read():
    assert decode(b"[" * DEEPEST + b"]" * DEEPEST)


_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(_values, st.booleans())
def test_all_other_json_is_read_as_it_is(value, ascii_only):
    try:
        raw = json.dumps(value, ensure_ascii=ascii_only).encode()
    except UnicodeEncodeError:
        return
    assert decode(raw) == value
