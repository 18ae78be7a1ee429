"""The elements of a JSON array in a file of any size, one at a time: told apart by brackets and quotes alone.

Memory holds one element and one piece of the file. What an element says is for others to find out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from app.adapters.files.records import Record

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path
    from typing import BinaryIO

LARGEST_ELEMENT: Final = 256 * 1024 * 1024

_PIECE: Final = 4 * 1024 * 1024
_TOKEN: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+("?)|[\[\]{}]|,', re.DOTALL)
_INSIDE: Final = re.compile(rb'(?:[^"\[\]{}]++|"[^"\\]*+(?:\\.[^"\\]*+)*+")*+([\[\]{}])', re.DOTALL)
"""Up to the next bracket that is in no text: inside of an element nothing else matters."""
_SPACE: Final = b" \t\r\n"


def elements(path: Path) -> Iterator[Record]:
    """The records of the array; what stands before a broken end is still handed on."""
    with path.open("rb") as file:
        yield from elements_in(file)


def elements_in(file: BinaryIO) -> Iterator[Record]:
    return _Scan(file).run()


class _Scan:
    """Reads on while the element in hand has no end."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._held = b""
        self._line = 1
        self._begin = 0  # of the element in hand, in what is held
        self._at = 0  # where scanning goes on
        self._depth = 0

    def run(self) -> Iterator[Record]:
        ended = False
        while not ended and self._read_on():
            if len(self._held) > LARGEST_ELEMENT:
                yield Record(self._line, b"", f"the element is larger than {LARGEST_ELEMENT // 1024**2} MiB")
                return
            ended = yield from self._scan()
        yield from self._piece(len(self._held))

    def _scan(self) -> Generator[Record, None, bool]:
        """The elements that end in what is held; whether the array ended too."""
        while self._leaves_element() and (match := _TOKEN.search(self._held, self._at)):
            token = match[0]
            if token[:1] == b'"' and (not match[1] or match.end() == len(self._held)):
                self._at = match.start()  # it may go on in the next piece
                break
            self._at = match.end()
            if token in b"[{":
                self._depth += 1
                if self._depth == 1:
                    self._begin_at(match.end())
            elif token[:1] != b'"':
                yield from self._piece(match.start())
                self._begin_at(match.end())
                if token != b",":
                    return True
        return False

    def _leaves_element(self) -> bool:
        """Go to the last bracket of an element that has begun; whether it is in what is held."""
        held, at, depth = self._held, self._at, self._depth
        step = _INSIDE.match
        while depth > 1 and (match := step(held, at)):
            at = match.end()
            depth += 1 if match[1] in b"[{" else -1
        self._at, self._depth = at, depth
        return depth <= 1

    def _read_on(self) -> bool:
        piece = self._file.read(_PIECE)
        if not piece:
            return False
        self._at -= self._begin
        self._held = self._held[self._begin :] + piece
        self._begin = 0
        return True

    def _begin_at(self, place: int) -> None:
        self._line += self._held.count(b"\n", self._begin, place)
        self._begin = place

    def _piece(self, end: int) -> Iterator[Record]:
        piece = self._held[self._begin : end]
        stripped = piece.lstrip(_SPACE)
        if stripped:
            yield Record(self._line + piece.count(b"\n", 0, len(piece) - len(stripped)), stripped.rstrip(_SPACE))
