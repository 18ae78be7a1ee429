"""Encodings are guessed from the first bytes, and files in them come in."""

import json

import pytest

from app.adapters.files.mapped.encodings import guessed
from app.adapters.files.mapped.sources import first_rows, kind_of
from app.domain.mapping.mapping import SourceRule

SIMPLIFIED = "我的订单还没到，单号 88213"
TRADITIONAL = "我的訂單還沒到，單號 88213"
JAPANESE = "注文がまだ届きません。確認してください"
WESTERN = "Müller, Straße, café – “quoted” déjà vu"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SIMPLIFIED, "gb18030"),
        (TRADITIONAL, "big5"),
        (JAPANESE, "shift_jis"),
        (WESTERN, "cp1252"),
        (SIMPLIFIED, "utf-8"),
        ("plain", "utf-8"),
    ],
)
def test_what_text_is_encoded_in_is_guessed(text, encoding):
    content = text.encode(encoding)

    assert guessed(content) == encoding
    assert guessed(content[:-1]) == encoding  # the head of a file ends anywhere


def test_bytes_of_nothing_are_read_as_something():
    assert guessed(bytes(range(128, 256))) == "latin-1"
    assert guessed(b"") == "utf-8"
    assert guessed("你好".encode("utf-16")) == "utf-8"  # its mark says what it is


@pytest.mark.parametrize(("text", "encoding"), [(SIMPLIFIED, "gb18030"), (WESTERN, "cp1252"), (JAPANESE, "utf-16")])
def test_tables_and_lines_of_json_come_in_other_encodings(tmp_path, text, encoding):
    rows = [{"a": "1", "b": text}, {"a": "2", "b": "x"}]
    table, lines = tmp_path / "t", tmp_path / "l"
    table.write_text(f'a\tb\n1\t"{text}"\n2\tx\n', encoding=encoding)
    lines.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding=encoding)
    told = SourceRule(encoding="utf-8" if encoding == "utf-16" else encoding)

    assert (kind_of(table), kind_of(lines)) == ("table", "json")
    assert [row.record for row in first_rows(table, told, 9)] == rows
    assert [row.record for row in first_rows(lines, told, 9)] == rows


def test_a_record_that_is_not_in_the_encoding_spoils_only_itself(tmp_path):
    path = tmp_path / "l"
    path.write_bytes('{"a": "好"}\n'.encode("gb18030") + b'{"a": "\xff"}\n{"a": "x"}\n')

    first, second, third = first_rows(path, SourceRule(encoding="gb18030"), 9)

    assert (first.record, third.record) == ({"a": "好"}, {"a": "x"})
    assert (second.line, second.problem) == (2, "the text is not UTF-8")
