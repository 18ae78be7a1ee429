"""Differences between two texts, word by word, as a person would mark them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PieceKind = Literal["same", "removed", "added"]
MOST_EDITS: Final = 500
"""Edits beyond which words say nothing any more: lines are compared then, and whole texts beyond as many lines."""
_ISLAND: Final = 4
"""Characters: a word of more than these is worth keeping in view wherever it stands."""
_CJK: Final = "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_SOLID: Final = rf"[{_CJK}\U00020000-\U0003ffff]|[^\W{_CJK}\U00020000-\U0003ffff]+|[^\w\s]"
_SOLID_WORD: Final = re.compile(_SOLID)
_WORD: Final = re.compile(rf"{_SOLID}|\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text. Those not ``added`` make up the old text, those not ``removed`` the new one."""

    kind: PieceKind
    text: str


def text_diff(before: str, after: str) -> tuple[Piece, ...]:
    """How the one text becomes the other; Chinese, Japanese and Korean by character. Time is bounded."""
    if before == after:
        return _pieces([("same", before)])
    for split in (words, _lines):
        if (runs := _compared(split(before), split(after))) is not None:
            return _pieces(_readable(runs))
    return _pieces([("removed", before), ("added", after)])


def words(text: str) -> list[str]:
    """Words, signs and white space in order: joined again they are the text. CJK scripts character by character."""
    return _WORD.findall(text)


def solid_words(text: str) -> list[str]:
    """The same without the white space."""
    return _SOLID_WORD.findall(text)


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _pieces(runs: Sequence[tuple[PieceKind, str]]) -> tuple[Piece, ...]:
    return tuple(Piece(kind, text) for kind, text in runs if text)


def _compared(old: Sequence[str], new: Sequence[str]) -> list[tuple[PieceKind, str]] | None:
    """Runs in order; None when there are too many edits."""
    start, shorter = 0, min(len(old), len(new))
    while start < shorter and old[start] == new[start]:
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    inner = _shortest(old[start : len(old) - end], new[start : len(new) - end])
    if inner is None:
        return None
    return _joined([("same", "".join(old[:start])), *inner, ("same", "".join(old[len(old) - end :]))])


def _shortest(old: Sequence[str], new: Sequence[str]) -> list[tuple[PieceKind, str]] | None:
    """Myers' greedy algorithm: the fewest removals and additions, or None beyond ``MOST_EDITS``."""
    if not old or not new:
        return [("removed", "".join(old)), ("added", "".join(new))]
    reach: dict[int, int] = {1: 0}
    trace: list[dict[int, int]] = []
    for edits in range(min(len(old) + len(new), MOST_EDITS) + 1):
        trace.append(dict(reach))
        for diagonal in range(-edits, edits + 1, 2):
            x = _step(reach, diagonal, edits)
            y = x - diagonal
            while x < len(old) and y < len(new) and old[x] == new[y]:
                x, y = x + 1, y + 1
            reach[diagonal] = x
            if x >= len(old) and y >= len(new):
                return list(reversed(list(_walked_back(trace, old, new))))
    return None


def _step(reach: dict[int, int], diagonal: int, edits: int) -> int:
    """How far into the old text one more edit leads on a diagonal."""
    down = diagonal == -edits or (diagonal != edits and reach[diagonal - 1] < reach[diagonal + 1])
    return reach[diagonal + 1] if down else reach[diagonal - 1] + 1


def _walked_back(
    trace: Sequence[dict[int, int]], old: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[PieceKind, str]]:
    x, y = len(old), len(new)
    for edits in range(len(trace) - 1, -1, -1):
        reach, diagonal = trace[edits], x - y
        down = diagonal == -edits or (diagonal != edits and reach[diagonal - 1] < reach[diagonal + 1])
        came_from = diagonal + 1 if down else diagonal - 1
        before_x = reach[came_from] if edits else 0
        before_y = before_x - came_from if edits else 0
        while x > before_x and y > before_y:
            x, y = x - 1, y - 1
            yield "same", old[x]
        if edits:
            yield ("added", new[before_y]) if down else ("removed", old[before_x])
        x, y = before_x, before_y


def _joined(runs: Sequence[tuple[PieceKind, str]]) -> list[tuple[PieceKind, str]]:
    """Between two stretches that stayed: first all that went, then all that came."""
    joined: list[tuple[PieceKind, str]] = []
    removed: list[str] = []
    added: list[str] = []
    for kind, text in (*runs, ("same", "")):
        if kind == "removed":
            removed.append(text)
        elif kind == "added":
            added.append(text)
        else:
            if removed or added:
                joined += [("removed", "".join(removed)), ("added", "".join(added))]
                removed, added = [], []
            if joined and joined[-1][0] == "same":
                joined[-1] = ("same", joined[-1][1] + text)
            else:
                joined.append(("same", text))
    return [run for run in joined if run[1]]


def _readable(runs: list[tuple[PieceKind, str]]) -> list[tuple[PieceKind, str]]:
    """Give up stretches that stayed when they are shorter than the edits on both sides: islands hinder reading."""
    while True:
        sizes = _sizes(runs)
        kept = [number for number, run in enumerate(runs) if not (run[0] == "same" and _is_island(sizes, number, run))]
        if len(kept) == len(runs):
            return runs
        wanted = set(kept)
        split: list[tuple[PieceKind, str]] = []
        for number, (kind, text) in enumerate(runs):
            split += [(kind, text)] if number in wanted else [("removed", text), ("added", text)]
        runs = _joined(split)


def _sizes(runs: Sequence[tuple[PieceKind, str]]) -> list[tuple[int, int]]:
    """For each run the longer of removed and added text next to it: before and after."""
    sizes = []
    for number in range(len(runs)):
        before = [len(text) for kind, text in runs[max(0, number - 2) : number] if kind != "same"]
        after = [len(text) for kind, text in runs[number + 1 : number + 3] if kind != "same"]
        sizes.append((max(before, default=0), max(after, default=0)))
    return sizes


def _is_island(sizes: Sequence[tuple[int, int]], number: int, run: tuple[PieceKind, str]) -> bool:
    before, after = sizes[number]
    length = len(run[1].strip())
    return before > 0 and after > 0 and length <= min(before, after) and length <= _ISLAND
