"""Where pages end: between lines, never behind a heading. Qt's own pages know no such rule, so they are cut here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QTextCursor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QTextBlock, QTextDocument, QTextTable

KEPT_WITH_NEXT: Final = 1
"""The state by which a style sheet marks lines that stand with the next one: ``-qt-user-state: 1``."""
_ABOVE: Final = 2.0
"""Of the space above a page's first line so much goes along: a table's rule, the ground of a listing."""


@dataclass(frozen=True, slots=True)
class Band:
    """What is never cut: a line, or all that stand beside each other in a table; in points from the top.

    ``keeps``: it may not stand last on its page.
    """

    top: float
    bottom: float
    keeps: bool = False


def pages(bands: Sequence[Band], height: float) -> list[tuple[float, float]]:
    """(top, bottom) of each page for bands that follow each other; a band higher than a page is cut."""
    cut: list[tuple[float, float]] = []
    start, first = 0.0, 0
    while first < len(bands):
        behind = first
        while behind < len(bands) and bands[behind].bottom <= start + height:
            behind += 1
        if behind == len(bands):
            break
        last = behind
        while last > first and bands[last - 1].keeps:
            last -= 1
        first = last if last > first else behind
        if first == behind and bands[first].bottom - bands[first].top > height:
            end = start + height if bands[first].top < start + height else _above(bands, first)
        else:
            end = max(_above(bands, first), start + 1)
        cut.append((start, min(end, start + height)))
        start = end
    cut.append((start, start + height))
    return cut


def _above(bands: Sequence[Band], number: int) -> float:
    """Where a page begins whose first band this is."""
    before = bands[number - 1].bottom if number else 0.0
    return max(bands[number].top - _ABOVE, (before + bands[number].top) / 2)


def bands_of(document: QTextDocument) -> list[Band]:
    """The lines of a document that is laid out as one long page; those beside each other are one."""
    merged: list[Band] = []
    for band in sorted(_lines(document), key=lambda one: one.top):
        if merged and band.top < merged[-1].bottom:
            last = merged[-1]
            merged[-1] = Band(last.top, max(last.bottom, band.bottom), last.keeps and band.keeps)
        else:
            merged.append(band)
    return merged


def _lines(document: QTextDocument) -> Iterator[Band]:
    layout = document.documentLayout()
    block = document.begin()
    while block.isValid():
        top, keeps, lines = layout.blockBoundingRect(block).top(), _keeps(block), block.layout()
        for number in range(lines.lineCount()):
            line = lines.lineAt(number)
            yield Band(top + line.y(), top + line.y() + line.height(), keeps)
        block = block.next()


def _keeps(block: QTextBlock) -> bool:
    """Headings, lines that are marked, and the heads of a table that has rows."""
    if block.blockFormat().headingLevel() > 0 or block.userState() == KEPT_WITH_NEXT:
        return True
    table: QTextTable | None = QTextCursor(block).currentTable()
    return table is not None and table.rows() > 1 and table.cellAt(block.position()).row() == 0
