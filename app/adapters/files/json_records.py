"""The records of a JSON file: the elements of one array, the lines of a JSONL file, or one object."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Final

import msgspec

from app.adapters.files import bytes_in, large_array
from app.adapters.files.records import Record
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

JSON_ERRORS: Final = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, BadInput)
"""All that decoding bytes from outside can raise."""

LARGEST_AT_ONCE: Final = 16 * 1024 * 1024
"""An array larger than this is read element by element, so that it never lies in memory."""

_raw_list: Final = msgspec.json.Decoder(list[msgspec.Raw])
_any: Final = msgspec.json.Decoder()


def records(path: Path) -> Iterator[Record]:
    """The records of a file one by one. Raises BadInput when the file as a whole cannot be read."""
    head = bytes_in.head_of(path)
    bytes_in.refuse_utf16(head)
    start = head.lstrip()
    if start.startswith(b"["):
        is_small = path.stat().st_size <= LARGEST_AT_ONCE
        elements = _elements(bytes_in.whole(path)) if is_small else large_array.elements(path)
        for entry, record in enumerate(elements, 1):
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
        yield from large_array.elements_in(BytesIO(content))  # one bad element spoils itself and not its neighbours
        return
    line, at = 1, 0
    for element in elements:
        start = content.index(element, at)
        line += content.count(b"\n", at, start)
        yield Record(line, element)
        at = start + len(element)
        line += element.count(b"\n")
