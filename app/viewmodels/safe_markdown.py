"""Cut and tame Markdown from strangers, so that laying it out is quick whatever it holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

PORTION_CHARACTERS: Final = 16_384
PORTION_LINES: Final = 400
TABLE_CELLS: Final = 240
TABLE_COLUMNS: Final = 24
NESTING: Final = 12
_RUN: Final = 1_000

_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_LONG_RUN: Final = re.compile(rf"\S{{{_RUN}}}(?=\S)")
_FENCE: Final = re.compile(r" {0,3}(```+|~~~+)")
_DELIMITERS: Final = re.compile(r"[\s|:-]*-[\s|:-]*")
_QUOTES: Final = re.compile(rf"^((?:\s{{0,3}}>){{{NESTING}}})[\s>\u200b]+")
_INDENT: Final = re.compile(rf"^((?:\s{{0,8}}[-*+]\s){{{NESTING}}})(?:\s*[-*+]\s)+")


@dataclass(frozen=True, slots=True)
class Portion:
    """A part of a text that can be shown at once.

    Attributes:
        text: ready for the renderer.
        start, end, total: characters of the original.
        hidden_rows: of tables, left out.
    """

    text: str
    start: int
    end: int
    total: int
    hidden_rows: int = 0

    @property
    def is_whole(self) -> bool:
        return self.start == 0 and self.end == self.total


def markdown_portion(text: str, start: int = 0) -> Portion:
    """The part of a text from ``start`` on, tamed: tables and nesting are capped, line ends are kept."""
    end = _end_of_portion(text, start)
    taming = _Taming()
    lines = tamed(text[start:end]).split("\n")
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        taming.take(line, following)
    return Portion("\n".join(taming.lines), start, end, len(text), taming.hidden_rows)


def _end_of_portion(text: str, start: int) -> int:
    end = min(len(text), start + PORTION_CHARACTERS)
    position = start
    for _ in range(PORTION_LINES):
        position = text.find("\n", position, end) + 1
        if not position:
            break
    else:
        return position
    if end == len(text):
        return end
    line_end = text.rfind("\n", start + PORTION_CHARACTERS // 2, end)
    return line_end + 1 if line_end >= 0 else end


def tamed(text: str) -> str:
    """The text without unprintable characters, and with a place to break endless words."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2029", "\n").replace("\u2028", "\n")
    return _LONG_RUN.sub("\\g<0>\u200b", _UNPRINTABLE.sub("\ufffd", text))


class _Taming:
    """Reads a text line by line: what may pass as it is differs inside code, inside tables and elsewhere."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.hidden_rows = 0
        self._fence = ""
        self._cells: int | None = None
        self._budget = TABLE_CELLS
        self._is_too_wide = False

    def take(self, line: str, following: str) -> None:
        if self._is_too_wide:
            self._is_too_wide = False
            self.lines.append("\\" + line + "  ")  # no line of delimiters any more: no table
        elif self._fence:
            if line.strip().startswith(self._fence):
                self._fence = ""
            self.lines.append(line)
        elif opening := _FENCE.match(line):
            self._fence, self._cells = opening[1], None
            self.lines.append(line)
        elif self._cells is not None:
            self._take_row(line)
        elif "|" in line and "|" in following and _DELIMITERS.fullmatch(following):
            self._begin_table(line)
        else:
            self._take_prose(line, following)

    def _begin_table(self, header: str) -> None:
        columns = header.count("|") + 1
        if columns > TABLE_COLUMNS:
            self._is_too_wide = True
            self.lines.append(header + "  ")
            return
        self._cells = columns
        self._budget -= 2 * columns
        self.lines.append(header)

    def _take_row(self, line: str) -> None:
        if "|" not in line:
            self._cells = None
            self._take_prose(line, "")
        elif self._budget > 0:
            self._budget -= self._cells or 0
            self.lines.append(line)
        else:
            self.hidden_rows += 1

    def _take_prose(self, line: str, following: str) -> None:
        line = _INDENT.sub(r"\1", _QUOTES.sub(r"\1 ", line))
        self.lines.append(line + "  " if line.strip() and following.strip() else line)
