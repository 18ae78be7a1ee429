"""Records of JSON files and the lines they begin on, also when the file is damaged."""

import pytest

from app.adapters.files import bytes_in
from app.adapters.files.json_records import records
from app.adapters.files.json_shape import key_paths
from app.domain.errors import BadInput


def found(tmp_path, content):
    path = tmp_path / "file.json"
    path.write_bytes(content)
    return [(record.line, record.raw.strip()) for record in records(path)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b'[{"a":1},\n\n {"b":2}]', [(1, b'{"a":1}'), (3, b'{"b":2}')]),
        (b'\xef\xbb\xbf\n{"a":1}\r\n\r\n{"b":2}\r\n', [(2, b'{"a":1}'), (4, b'{"b":2}')]),
        (b'\n{\n "a": 1\n}\n', [(2, b'{\n "a": 1\n}')]),
        (
            b'[{"a":1},\n{"b":tru},\n{"c":[1,{"d":"]"}]}]',
            [(1, b'{"a":1}'), (2, b'{"b":tru}'), (3, b'{"c":[1,{"d":"]"}]}')],
        ),
        (b'[{"a":1},\n{"b":"brok', [(1, b'{"a":1}'), (2, b'{"b":"brok')]),
        (b'[{"a":1}\n] rest', [(1, b'{"a":1}'), (2, b"rest")]),
        (b'{"a":\n{"b":2}\n{"c":3}\n', [(1, b'{"a":'), (2, b'{"b":2}'), (3, b'{"c":3}')]),
        (b"[]", []),
        (b"", [(1, b"")]),
    ],
)
def test_records_and_their_lines(tmp_path, content, expected):
    assert found(tmp_path, content) == expected


def test_a_line_that_is_too_long_is_told_and_the_next_one_is_read(tmp_path):
    path = tmp_path / "long.jsonl"
    path.write_bytes(b"x" * 3_000_000 + b"\r\nshort\n")

    lines = list(bytes_in.lines(path, longest=1_000))

    assert [(line.number, line.content) for line in lines] == [(1, None), (2, b"short")]
    assert lines[1].offset == 3_000_002


def test_utf16_is_told(tmp_path):
    with pytest.raises(BadInput, match="UTF-16"):
        found(tmp_path, '[{"a":1}]'.encode("utf-16"))


def test_key_paths_of_a_head_that_breaks_off():
    head = b'[{"turns": [{"speaker": "a\\"b{", "frames": [{"x": 1}]}], "id": "turns"}, {"more": {"deep": [["'

    expected = {"turns", "turns[].speaker", "turns[].frames", "turns[].frames[].x", "id", "more", "more.deep"}
    assert key_paths(head) == expected
