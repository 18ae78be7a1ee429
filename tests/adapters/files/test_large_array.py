"""Elements of arrays of any size are the same as those of a parser."""

import json

from hypothesis import given
from hypothesis import strategies as st

from app.adapters.files import json_records, large_array

VALUES = st.recursive(
    st.integers() | st.text() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=12,
)


@given(st.lists(VALUES, max_size=8), st.integers(min_value=1, max_value=9), st.sampled_from([None, 1]))
def test_elements_are_the_same_however_small_the_pieces_are(tmp_path_factory, values, piece, indent):
    path = tmp_path_factory.getbasetemp() / "array.json"
    path.write_text(json.dumps(values, indent=indent, ensure_ascii=False), encoding="utf-8", errors="replace")
    before, large_array._PIECE = large_array._PIECE, piece
    try:
        found = list(large_array.elements(path))
    finally:
        large_array._PIECE = before

    assert [json.loads(one.raw) for one in found] == json.loads(path.read_text(encoding="utf-8"))


def test_large_files_give_what_small_ones_give(tmp_path, monkeypatch):
    path = tmp_path / "array.json"
    path.write_text(json.dumps([{"a": [1, {"b": "]"}]}, {"c": '"'}, 7], indent=2), encoding="utf-8")
    small = list(json_records.records(path))
    monkeypatch.setattr(json_records, "LARGEST_AT_ONCE", 0)

    assert list(json_records.records(path)) == small
    assert [one.line for one in small] == [2, 10, 13]


def test_what_stands_before_a_broken_end_comes(tmp_path, monkeypatch):
    monkeypatch.setattr(json_records, "LARGEST_AT_ONCE", 0)
    path = tmp_path / "array.json"
    path.write_bytes(b'[{"a": 1}, {"b": 2}, {"c": ')

    assert [one.raw for one in json_records.records(path)] == [b'{"a": 1}', b'{"b": 2}', b'{"c":']


def test_one_element_may_not_be_endless(tmp_path, monkeypatch):
    monkeypatch.setattr(large_array, "LARGEST_ELEMENT", 100)
    monkeypatch.setattr(large_array, "_PIECE", 64)
    path = tmp_path / "array.json"
    path.write_bytes(b'[{"a": "' + b"x" * 1000)

    (record,) = large_array.elements(path)
    assert "larger than" in record.problem
