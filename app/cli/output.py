"""Print: JSON for scripts, aligned lines for people, progress on stderr."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BAR = 28


def print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def print_json_line(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


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
    return " ".join(str(value).split())


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
