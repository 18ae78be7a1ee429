r"""A text as a detector should read it: escapes undone, odd forms of letters made plain, with the way back.

``jane%40example.com``, ``jane\u0040example.com`` and fullwidth digits say what they say however they are written.
Every piece of the view knows where it came from, so that a finding covers what really stands there.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COVERED: Final = "\ue000"
"""Stands for what is taken out already; no word, no digit, and of no length that could be told."""

PLACEHOLDER: Final = re.compile(r"\[[A-Z][A-Z0-9-]{0,40}-[0-9]{1,6}\]")

_HIDDEN: Final = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
_DIGITS: Final = "\u0660-\u0669\u06f0-\u06f9\u07c0-\u07c9\u0966-\u096f\u0e50-\u0e59\u2070-\u2079\u2080-\u2089"
_FORMS: Final = (
    "\u00a0\u2000-\u200a\u2010-\u2015\u202f\u205f\u2212\u3000\ufe52\ufe58\ufe63\ufe6b\uff01-\uff5e\U0001d400-\U0001d7ff"
)
_ODD: Final = rf"[A-Za-z][\u0300-\u036f]{{1,4}}|[{_HIDDEN}{_DIGITS}{_FORMS}\U000e0000-\U000e007f]"
_ESCAPE: Final = (
    r"%(?:25){0,4}(?:[0-7][0-9A-Fa-f]|[C-Fc-f][0-9A-Fa-f](?:%(?:25){0,4}[89ABab][0-9A-Fa-f]){1,3})"
    r"|\\{1,8}(?:u[0-9A-Fa-f]{4}|[\"'/bfnrt])"
    r"|&(?:\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6}|amp|quot|apos|lt|gt|nbsp|commat|period|plus);"
)
_PLAIN: Final = re.compile(rf"(?P<placeholder>{PLACEHOLDER.pattern})|(?P<odd>{_ODD})")
_UNDONE: Final = re.compile(rf"{_PLAIN.pattern}|(?P<escape>{_ESCAPE})")
_ESCAPED: Final = re.compile(_ESCAPE)
_DASHES: Final = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d")
_CONTROL: Final = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


class View:
    """The plain text, and where each of its characters came from."""

    def __init__(self, pieces: Iterator[tuple[str, int, int]]) -> None:
        self._at: list[int] = []
        self._pieces: list[tuple[str, int, int]] = []
        length = 0
        for piece in pieces:
            self._at.append(length)
            self._pieces.append(piece)
            length += len(piece[0])
        self.text = "".join(piece[0] for piece in self._pieces)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """What of the original the characters from ``start`` to before ``end`` stand for; ``end`` > ``start``."""
        return self._edge(start)[0], self._edge(end - 1)[1]

    def _edge(self, index: int) -> tuple[int, int]:
        number = bisect_right(self._at, index) - 1
        text, first, last = self._pieces[number]
        if last - first != len(text) or len(text) == 1:
            return first, last
        return first + index - self._at[number], first + index - self._at[number] + 1


def has_escapes(text: str) -> bool:
    return ("%" in text or "\\" in text or "&" in text) and _ESCAPED.search(text) is not None


def view(text: str, covered: Sequence[tuple[int, int]], *, undo_escapes: bool) -> View:
    """``text`` made plain; each of the rising, separate ``covered`` spans and each placeholder is one character."""
    return View(_pieces(text, covered, _UNDONE if undo_escapes else _PLAIN))


def _pieces(text: str, covered: Sequence[tuple[int, int]], odd: re.Pattern[str]) -> Iterator[tuple[str, int, int]]:
    at = 0
    for start, end in (*covered, (len(text), len(text))):
        yield from _uncovered(text, at, start, odd)
        if end > start:
            yield COVERED, start, end
        at = end


def _uncovered(text: str, first: int, last: int, odd: re.Pattern[str]) -> Iterator[tuple[str, int, int]]:
    for match in odd.finditer(text, first, last):
        if match.start() > first:
            yield text[first : match.start()], first, match.start()
        first = match.end()
        if plain := _plain(match):
            yield plain, match.start(), match.end()
    if last > first:
        yield text[first:last], first, last


def _plain(match: re.Match[str]) -> str:
    written = match.group()
    if match.lastgroup == "placeholder":
        return COVERED
    if match.lastgroup == "escape":
        return _undone(written)
    if len(written) > 1:
        return unicodedata.normalize("NFC", written)
    if written in _DASHES:
        return "-"
    if unicodedata.category(written) in ("Cf", "Mn"):
        return ""
    digit = unicodedata.digit(written, None)
    return unicodedata.normalize("NFKC", written)[:1] if digit is None else str(digit)


def _undone(written: str) -> str:
    if written[0] == "%":
        octets = bytes(int(part[-2:], 16) for part in written.split("%") if part)
        return octets.decode("utf-8", "replace")[:1]
    if written[0] == "&":
        return html.unescape(written)[:1]
    letters = written.lstrip("\\")
    if letters[0] == "u" and len(letters) > 1:
        return chr(int(letters[1:], 16))
    return _CONTROL.get(letters, letters)
