"""What Qt leaves out of a PDF, appended as an update of it: an outline, and Chinese that can be searched.

A PDF may be changed by appending new versions of its objects and a table of where they are (ISO 32000-1, 7.5.6).
Fonts draw some ideographs by the glyph of their radical, and Qt then says that the text holds the radical (U+2F80)
where it holds the ideograph (U+4E00): a search for the word would not find it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

Heading = tuple[str, int, str]
"""(destination, level from 0, title)"""

_START: Final = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_NUMBER: Final = re.compile(rb"/(Size|Root|Info) (\d+)")
_PAGES: Final = re.compile(rb"/Pages (\d+) 0 R")
_NAMES: Final = re.compile(rb"/Names (\d+) 0 R")
_META: Final = re.compile(rb"/Metadata (\d+) 0 R")
_TO_UNICODE: Final = re.compile(rb"/ToUnicode (\d+) 0 R")
_MAPPED: Final = re.compile(rb"<(2[EeFf][0-9A-Fa-f]{2})>")


def with_outline(pdf: bytes, headings: Sequence[Heading]) -> bytes:
    """The PDF that Qt wrote, and what it lacks; as it is where it has another form than expected."""
    start = _START.search(pdf)
    if start is None:
        return pdf
    trailer = pdf[pdf.rindex(b"trailer") :]
    found = {name: int(number) for name, number in _NUMBER.findall(trailer)}
    if not {b"Size", b"Root"} <= found.keys():
        return pdf
    catalogue = _object(pdf, found[b"Root"])
    pages = _PAGES.search(catalogue)
    if pages is None:
        return pdf
    update = _Update(pdf, found[b"Size"])
    first = update.add_outline(headings) if headings else None
    kept = b"".join(
        b"/%s %s 0 R\n" % (name, known[1])
        for name, pattern in ((b"Names", _NAMES), (b"Metadata", _META))
        if (known := pattern.search(catalogue)) is not None
    )
    outline = b"" if first is None else b"/Outlines %d 0 R\n/PageMode /UseOutlines\n" % first
    body = b"<<\n/Type /Catalog\n/Lang (en)\n/Pages %s 0 R\n%s%s>>" % (pages[1], kept, outline)
    update.put(found[b"Root"], body)
    for number in sorted({int(one) for one in _TO_UNICODE.findall(pdf)}):
        update.correct_radicals(number)
    return update.finished(found[b"Root"], found.get(b"Info"), int(start[1]), trailer)


def _object(pdf: bytes, number: int) -> bytes:
    start = re.search(rb"(?:^|\n)%d 0 obj\b" % number, pdf)
    return b"" if start is None else pdf[start.end() : pdf.index(b"endobj", start.end())]


class _Update:
    """New objects behind a PDF."""

    def __init__(self, pdf: bytes, size: int) -> None:
        self._pdf, self._size = pdf, size
        self._out = bytearray(pdf if pdf.endswith(b"\n") else pdf + b"\n")
        self._places: dict[int, int] = {}

    def put(self, number: int, body: bytes) -> None:
        self._places[number] = len(self._out)
        self._out += b"%d 0 obj\n%s\nendobj\n" % (number, body)

    def add_outline(self, headings: Sequence[Heading]) -> int:
        """Returns the number of its root. A level deeper than the heading before is its child."""
        root = self._size
        numbers = [root + 1 + place for place in range(len(headings))]
        self._size += 1 + len(headings)
        parents = _parents([level for _, level, _ in headings])
        for place, (destination, _, title) in enumerate(headings):
            parent = parents[place]
            fields = [b"/Title %s" % _text(title), b"/Dest %s" % _text(destination)]
            fields.append(b"/Parent %d 0 R" % (root if parent is None else numbers[parent]))
            siblings = [one for one, other in enumerate(parents) if other == parent]
            at = siblings.index(place)
            if at:
                fields.append(b"/Prev %d 0 R" % numbers[siblings[at - 1]])
            if at + 1 < len(siblings):
                fields.append(b"/Next %d 0 R" % numbers[siblings[at + 1]])
            fields += self._family([numbers[one] for one, other in enumerate(parents) if other == place])
            self.put(numbers[place], b"<< " + b" ".join(fields) + b" >>")
        top = [numbers[place] for place, parent in enumerate(parents) if parent is None]
        self.put(root, b"<< /Type /Outlines " + b" ".join(self._family(top)) + b" >>")
        return root

    @staticmethod
    def _family(numbers: Sequence[int]) -> list[bytes]:
        if not numbers:
            return []
        return [b"/First %d 0 R" % numbers[0], b"/Last %d 0 R" % numbers[-1], b"/Count %d" % len(numbers)]

    def correct_radicals(self, number: int) -> None:
        """Have the glyphs of radicals mean the ideographs that look the same."""
        stream = _object(self._pdf, number)
        start, end = stream.find(b"stream\n"), stream.rfind(b"endstream")
        if start < 0 or end < 0 or b"begincmap" not in stream:
            return
        table = stream[start + len(b"stream\n") : end].rstrip(b"\n") + b"\n"
        corrected = _MAPPED.sub(_ideograph, table)
        if corrected != table:
            self.put(number, b"<< /Length %d >>\nstream\n%sendstream" % (len(corrected), corrected))

    def finished(self, root: int, info: int | None, before: int, trailer: bytes) -> bytes:
        start = len(self._out)
        self._out += b"xref\n"
        for number in sorted(self._places):
            self._out += b"%d 1\n%010d 00000 n \n" % (number, self._places[number])
        same = re.search(rb"/ID \[[^\]]*\]", trailer)
        told = b"/Size %d\n/Root %d 0 R\n/Prev %d\n" % (self._size, root, before)
        told += b"" if info is None else b"/Info %d 0 R\n" % info
        told += b"" if same is None else same[0] + b"\n"
        self._out += b"trailer\n<<\n%s>>\nstartxref\n%d\n%%%%EOF\n" % (told, start)
        return bytes(self._out)


def _parents(levels: Sequence[int]) -> list[int | None]:
    """For each heading the place of the nearest one before it that is higher; None at the top."""
    found: list[int | None] = []
    for place, level in enumerate(levels):
        found.append(next((one for one in range(place - 1, -1, -1) if levels[one] < level), None))
    return found


def _text(text: str) -> bytes:
    """A text string of PDF: UTF-16 with its mark, in hexadecimal."""
    return b"<FEFF" + text.encode("utf-16-be", "replace").hex().upper().encode("ascii") + b">"


def _ideograph(found: re.Match[bytes]) -> bytes:
    plain = unicodedata.normalize("NFKC", chr(int(found[1], 16)))
    return b"<" + plain.encode("utf-16-be").hex().encode("ascii") + b">"
