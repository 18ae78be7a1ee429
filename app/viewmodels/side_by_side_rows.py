"""What a comparison shows of each turn, made beforehand and off the screen's thread: word differences take time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from app.domain.compare.telling import call_text
from app.domain.text_diff import Piece
from app.viewmodels.json_text import short
from app.viewmodels.metric_words import problem_words, turn_words
from app.viewmodels.safe_markdown import tamed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.application.ports import Progress
    from app.domain.compare.comparison import AlignedTurn, Cell, Comparison
    from app.domain.compare.ranks import RankChange

BASELINE: Final = 0
_LONGEST: Final = 20_000
"""Characters of an answer that are shown; more of it stands in the conversation."""
_RANKS: Final = 6
_EVERY: Final = 16


@dataclass(frozen=True, slots=True)
class ShownCell:
    """What one branch says in a turn.

    Attributes:
        position: of the answer, or of the question where there is none: where a click goes.
        question: None where all branches that have the turn were asked the same.
        like: name of an earlier branch that answers with the very same words; they stand there.
        times: how many branches answer with these very words, this one counted; 1 where ``like`` names another.
        text: the answer.
        pieces: the answer, word by word against the baseline's where that helps reading.
        origin: where the answer came from: recorded, continued by a model, re-run …
    """

    position: int
    question: str | None
    like: str | None
    text: str
    pieces: tuple[Piece, ...]
    calls: tuple[str, ...]
    origin: str
    facts: str
    problems: tuple[str, ...]
    ranks: tuple[str, ...]
    times: int = 1


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One aligned turn.

    Attributes:
        number: index of the row in the comparison.
        question: what all were asked, None where it differs.
        is_same: every branch has the turn, and all of it is the same.
        cells: one a branch; None for a branch that has no such turn.
    """

    number: int
    question: str | None
    is_same: bool
    cells: tuple[ShownCell | None, ...]


def _tr(text: str) -> str:
    return QCoreApplication.translate("SideBySide", text)


def shown_rows(comparison: Comparison, *, words: bool, progress: Progress) -> tuple[ShownRow, ...]:
    """All rows of a comparison; ``words`` marks differences word by word. Raises Cancelled."""
    rows = []
    for number, row in enumerate(comparison.rows):
        if number % _EVERY == 0:
            progress(number, len(comparison.rows), _tr("Comparing words"))
        rows.append(_shown(number, row, comparison.names, words=words))
    return tuple(rows)


def _shown(number: int, row: AlignedTurn, names: Sequence[str], *, words: bool) -> ShownRow:
    first = {one: names[group[0]] for group in row.groups for one in group[1:]}
    times = {group[0]: len(group) for group in row.groups}
    return ShownRow(
        number=number,
        question=_question(next(cell for cell in row.cells if cell is not None)) if row.asked_alike else None,
        is_same=row.same,
        cells=tuple(
            None
            if cell is None
            else replace(_cell(row, cell, branch, first.get(branch), words=words), times=times.get(branch, 1))
            for branch, cell in enumerate(row.cells)
        ),
    )


def _question(cell: Cell) -> str:
    return tamed((cell.turn.asked or "")[:_LONGEST])


def _cell(row: AlignedTurn, cell: Cell, branch: int, like: str | None, *, words: bool) -> ShownCell:
    turn = cell.turn
    outgoing = turn.outgoing
    return ShownCell(
        position=outgoing[-1].entry.position if outgoing else turn.position,
        question=None if row.asked_alike else _question(cell),
        like=like,
        text=tamed((turn.answer or "")[:_LONGEST]),
        pieces=() if like is not None else _pieces(row, cell, branch, words=words),
        calls=tuple(short(tamed(call_text(part)), 160) for part in turn.calls) if like is None else (),
        origin=_origins(cell),
        facts=turn_words(cell.metrics, is_baseline=branch == BASELINE),
        problems=(*problem_words(cell.metrics), *_broken_off(cell)),
        ranks=_ranks(cell.ranks),
    )


def _pieces(row: AlignedTurn, cell: Cell, branch: int, *, words: bool) -> tuple[Piece, ...]:
    if words and branch != BASELINE and row.is_variation(branch):
        return _cut(row.answer_pieces(branch))
    answer = cell.turn.answer
    return _cut((Piece("same", answer),)) if answer else ()


def _cut(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """No more than can be read, with its end marked."""
    left, cut = _LONGEST, []
    for piece in pieces:
        if left <= 0:
            cut.append(Piece("same", "…"))
            break
        cut.append(Piece(piece.kind, tamed(piece.text[:left])))
        left -= len(piece.text)
    return tuple(cut)


def _origins(cell: Cell) -> str:
    words = {
        "recorded": _tr("recorded"),
        "reapplied": _tr("recorded, applied again"),
        "changed": _tr("changed by a person"),
        "continued": _tr("continued"),
        "re-run": _tr("re-run"),
    }
    told = []
    for part in cell.turn.outgoing:
        by = _tr("{how} by {model}").format(how=words[part.origin], model=part.entry.model) if part.entry.model else ""
        told.append(by or words[part.origin])
        if part.entry.partial:
            told.append(_tr("partial"))
    if told and cell.turn.is_typed:
        told.append(_tr("customer typed here"))
    return " · ".join(dict.fromkeys(told))


def _broken_off(cell: Cell) -> tuple[str, ...]:
    return tuple(short(run.reason, 200) for run in cell.turn.runs if run.status == "failed" and run.reason)


def _ranks(changes: Sequence[RankChange]) -> tuple[str, ...]:
    forms = {
        "entered": _tr("{item} came in at {after}"),
        "left": _tr("{item} left, was at {before}"),
        "moved": _tr("{item} moved from {before} to {after}"),
    }
    told = [
        forms[one.kind].format(item=short(one.name or one.item, 40), before=one.before, after=one.after)
        for one in changes[:_RANKS]
    ]
    if len(changes) > _RANKS:
        told.append(_tr("and {count} more").format(count=len(changes) - _RANKS))
    return tuple(told)
