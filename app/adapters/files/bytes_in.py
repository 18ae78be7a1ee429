"""Bytes of a file, in lines or as a whole, without trusting them: byte-order marks, sizes, ends of lines."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Final, NamedTuple

from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

HEAD_BYTES: Final = 64 * 1024
LONGEST_LINE: Final = 64 * 1024 * 1024
LARGEST_WHOLE: Final = 1024 * 1024 * 1024
"""A file that can only be read in one piece may be this large."""

_MIB: Final = 1024 * 1024


class Line(NamedTuple):
    """A line without its end, its number from 1, and where in the file it begins.

    ``content`` is None for a line that is too long, of which nothing is kept.
    """

    number: int
    offset: int
    content: bytes | None


def head_of(path: Path) -> bytes:
    """The first 64 KiB without byte-order mark."""
    with path.open("rb") as file:
        return file.read(HEAD_BYTES).removeprefix(codecs.BOM_UTF8)


def first_bytes(path: Path, count: int) -> bytes:
    """The first bytes as they are."""
    with path.open("rb") as file:
        return file.read(count)


def whole(path: Path) -> bytes:
    """All bytes without byte-order mark. Raises BadInput for a file that is too large or no UTF-8 file."""
    size = path.stat().st_size
    if size > LARGEST_WHOLE:
        raise BadInput(
            f"the file is one JSON value of {size // _MIB} MiB; at most {LARGEST_WHOLE // _MIB} MiB can be read"
        )
    content = path.read_bytes()
    refuse_utf16(content)
    return content.removeprefix(codecs.BOM_UTF8)


def refuse_utf16(head: bytes) -> None:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise BadInput("the file is UTF-16; save it as UTF-8")


def lines(path: Path, longest: int = LONGEST_LINE) -> Iterator[Line]:
    """The lines of a file, one at a time."""
    with path.open("rb") as file:
        number = offset = 0
        while line := file.readline(longest + 2):
            number += 1
            begins, offset = offset, offset + len(line)
            if number == 1:
                refuse_utf16(line)
                line = line.removeprefix(codecs.BOM_UTF8)
            content = line.rstrip(b"\r\n")
            if len(content) > longest:
                offset += _skip_line(file, line)
                yield Line(number, begins, None)
            else:
                yield Line(number, begins, content)


def _skip_line(file: BinaryIO, read: bytes) -> int:
    skipped = 0
    while read and not read.endswith(b"\n"):
        read = file.readline(_MIB)
        skipped += len(read)
    return skipped


def too_long(longest: int = LONGEST_LINE) -> str:
    return f"the line is longer than {longest // _MIB} MiB"
