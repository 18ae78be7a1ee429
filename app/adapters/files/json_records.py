"""The records of a JSON file: the elements of one array, the lines of a JSONL file, or one object."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import msgspec

from app.adapters.files import bytes_in
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

JSON_ERRORS: Final = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, BadInput)
"""All that decoding bytes from outside can raise."""

_PIECE: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\Z)|[\[\]{},]', re.DOTALL)
_raw_list: Final = msgspec.json.Decoder(list[msgspec.Raw])
_any: Final = msgspec.json.Decoder()


@dataclass(frozen=True, slots=True)
class Record:
    """One record's bytes and the 1-based line it begins on.

    ``problem`` says why there are no bytes; ``entry`` is its 1-based place in an array, None outside of one.
    """

    line: int
    raw: bytes
    problem: str | None = None
    entry: int | None = None


def records(path: Path) -> Iterator[Record]:
    """The records of a file one by one. Raises BadInput when the file as a whole cannot be read."""
    head = bytes_in.head_of(path)
    bytes_in.refuse_utf16(head)
    start = head.lstrip()
    if start.startswith(b"["):
        for entry, record in enumerate(_elements(bytes_in.whole(path)), 1):
            yield replace(record, entry=entry)
    elif _has_lines(path):
        yield from _lines(path)
    else:
        yield from _one_or_lines(path)


def explain(error: Exception) -> str:
    """What is wrong with some JSON, in words."""
    if isinstance(error, RecursionError):
        return "the JSON is nested too deeply"
    if isinstance(error, UnicodeDecodeError):
        return "the text is not UTF-8"
    if str(error).startswith("Input data was truncated"):
        return "the JSON breaks off before its end"
    return str(error).replace("`", "")


def is_json(raw: bytes) -> bool:
    try:
        _any.decode(raw)
    except JSON_ERRORS:
        return False
    return True


def _has_lines(path: Path) -> bool:
    """Whether the first line that is not blank is a whole JSON value."""
    for line in bytes_in.lines(path):
        if line.content is None:
            return False
        if line.content.strip():
            return is_json(line.content)
    return False


def _lines(path: Path) -> Iterator[Record]:
    for line in bytes_in.lines(path):
        if line.content is None:
            yield Record(line.number, b"", bytes_in.too_long())
        elif line.content.strip():
            yield Record(line.number, line.content)


def _one_or_lines(path: Path) -> Iterator[Record]:
    """A file whose first line is no whole value: one object over many lines, or lines of which the first is bad."""
    content = bytes_in.whole(path)
    beginnings = sum(1 for line in content.splitlines() if line.startswith(b"{"))
    if beginnings > 1 and not is_json(content):
        yield from _lines(path)
    else:
        blank = len(content) - len(content.lstrip())
        yield Record(1 + content.count(b"\n", 0, blank), content)


def _elements(content: bytes) -> Iterator[Record]:
    """The elements of the array that ``content`` is, or begins as."""
    try:
        elements = [bytes(element) for element in _raw_list.decode(content)]
    except JSON_ERRORS:
        yield from _elements_of_damaged(content)
        return
    line, at = 1, 0
    for element in elements:
        start = content.index(element, at)
        line += content.count(b"\n", at, start)
        yield Record(line, element)
        at = start + len(element)
        line += element.count(b"\n")


def _elements_of_damaged(content: bytes) -> Iterator[Record]:
    """What can be told apart by brackets alone, so that one bad element spoils itself and not its neighbours."""
    depth, line, counted = 0, 1, 0
    begin = content.index(b"[") + 1
    for match in _PIECE.finditer(content):
        token = match[0]
        if token in (b"[", b"{"):
            depth += 1
        elif token in (b"]", b"}"):
            depth -= 1
        if depth == 0 or (depth == 1 and token == b","):
            piece = content[begin : match.start()]
            line += content.count(b"\n", counted, begin)
            counted = begin
            if piece.strip():
                yield Record(line + _lines_before_text(piece), piece)
            begin = match.end()
            if depth == 0:
                break
    rest = content[begin:]
    if rest.strip():
        yield Record(line + content.count(b"\n", counted, begin) + _lines_before_text(rest), rest)


def _lines_before_text(piece: bytes) -> int:
    return piece.count(b"\n", 0, len(piece) - len(piece.lstrip()))
