"""Print: JSON for scripts, aligned lines for people, progress on stderr."""

from __future__ import annotations

import json
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BAR = 28
WIDEST_CELL = 60


def make_every_text_printable() -> None:
    """What the encoding of the output lacks is written as an escape instead of ending the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def one_line(text: object) -> str:
    """Foreign text for a terminal: in one line, and control characters, which could steer it, as escapes."""
    return escaped(" ".join(str(text).split()))


def escaped(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in text)


def _escapes_needed() -> bool:
    """Whether JSON must be written in ASCII, because the output cannot hold more."""
    return (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "") != "utf8"


def shown_width(text: str) -> int:
    """Columns of a terminal that a text takes: signs of East Asian scripts take two."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def can_print(text: str) -> bool:
    """Whether the output can hold a text as it is."""
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=_escapes_needed(), indent=2))


def print_json_line(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=_escapes_needed(), separators=(",", ":")))


def say(text: str) -> None:
    """Something beside the result: on stderr, so that results can be piped."""
    print(text, file=sys.stderr, flush=True)


def print_table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Columns as wide as their longest cell; numbers to the right."""
    cells = [[_cell(value) for value in row] for row in rows]
    widths = [max(len(head), *(len(row[i]) for row in cells), 0) for i, head in enumerate(heads)] if cells else []
    if not cells:
        return
    numeric = [all(row[i].replace(",", "").isdecimal() or not row[i] for row in cells) for i in range(len(heads))]
    for row in (list(heads), *cells):
        line = (text.rjust(width) if right else text.ljust(width) for text, width, right in _zip(row, widths, numeric))
        print("  ".join(line).rstrip())


def _zip(row: list[str], widths: list[int], numeric: list[bool]) -> Iterable[tuple[str, int, bool]]:
    return zip(row, widths, numeric, strict=True)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, int):
        return f"{value:,}"
    text = one_line(value)
    return text if len(text) <= WIDEST_CELL else f"{text[: WIDEST_CELL - 1]}…"


class ProgressLine:
    """A line on stderr that rewrites itself; silent where stderr is no terminal, but for its last state."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._shown = ""

    def __call__(self, done: int, total: int | None, what: str) -> None:
        if not self._live:
            return
        if total:
            filled = min(BAR, BAR * done // total)
            text = f"{what}  [{'#' * filled}{'.' * (BAR - filled)}] {100 * done // total:3d} %"
        else:
            text = f"{what}  {done:,}"
        print("\r" + text.ljust(len(self._shown)), end="", file=sys.stderr, flush=True)
        self._shown = text

    def close(self) -> None:
        if self._shown:
            print("\r" + " " * len(self._shown) + "\r", end="", file=sys.stderr, flush=True)
            self._shown = ""
