"""Aligned turns with what is measured of them and what they have otherwise than the baseline."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.domain.compare.alignment import Alignable
from app.domain.compare.comparison import AlignedTurn, Cell
from app.domain.compare.metrics import measured
from app.domain.compare.ranks import rank_changes
from app.domain.compare.similarity import rouge_l, word_list
from app.domain.compare.turns import BETWEEN_ANSWERS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.domain.compare.alignment import Row
    from app.domain.compare.ranks import RankChange
    from app.domain.compare.turns import Turn

BASELINE = 0


@dataclass(frozen=True, slots=True)
class Side:
    """One branch as it goes into a row: its turns, and what people and checks said of them.

    Attributes:
        ratings: (position, 1 to 5). ``checks``: position -> which checks passed there.
    """

    turns: tuple[Turn, ...]
    ratings: Sequence[tuple[int, int]] = ()
    checks: Mapping[int, Sequence[bool]] = field(default_factory=dict)

    def ratings_of(self, turn: Turn) -> list[int]:
        return [rating for position, rating in self.ratings if turn.first <= position <= turn.last]

    def checks_of(self, turn: Turn) -> list[bool] | None:
        """None when none were given for the turn."""
        if not self.checks:
            return None
        found = [self.checks[position] for position in range(turn.first, turn.last + 1) if position in self.checks]
        return [passed for checks in found for passed in checks] if found else None


def alignable(turn: Turn) -> Alignable:
    return Alignable(turn.content, turn.asked, BETWEEN_ANSWERS.join(turn.outcome))


def lies_within(row: Row, sides: Sequence[Side], trunk: int) -> bool:
    """Whether all that stands in a row belongs to the trunk, which has no rows."""
    return all(
        number is not None and side.turns[number].last <= trunk
        for number, side in zip(row.turns, sides, strict=True)
    )  # fmt: skip


def aligned_turn(row: Row, sides: Sequence[Side]) -> AlignedTurn:
    turns = [side.turns[number] if number is not None else None for number, side in zip(row.turns, sides, strict=True)]
    base = turns[BASELINE]
    expected = _words(base)
    cells = tuple(
        None
        if turn is None
        else Cell(
            turn=turn,
            metrics=measured(
                turn,
                ratings=side.ratings_of(turn),
                checks=side.checks_of(turn),
                similarity=_similarity(expected, base, turn),
            ),
            ranks=_ranks(base, turn),
        )
        for turn, side in zip(turns, sides, strict=True)
    )
    present = [turn for turn in turns if turn is not None]
    return AlignedTurn(
        cells=cells,
        same=len(present) == len(turns) and len({turn.content for turn in present}) == 1,
        match=row.match,
        groups=_groups(turns),
    )


def _words(turn: Turn | None) -> tuple[str, ...] | None:
    return word_list(turn.answer) if turn is not None and turn.answer is not None else None


def _similarity(expected: Sequence[str] | None, base: Turn | None, turn: Turn) -> float | None:
    if expected is None or base is None or turn.answer is None:
        return None
    return 1.0 if turn.answer == base.answer else rouge_l(expected, word_list(turn.answer))


def _ranks(base: Turn | None, turn: Turn) -> tuple[RankChange, ...]:
    """Where only one of the two shows a list, there is nothing to hold against each other."""
    before, after = base.shown if base is not None else None, turn.shown
    if base is turn or before is None or after is None:
        return ()
    return rank_changes(before.items, after.items)


def _groups(turns: Sequence[Turn | None]) -> tuple[tuple[int, ...], ...]:
    groups: dict[tuple[str, ...], list[int]] = {}
    for number, turn in enumerate(turns):
        if turn is not None and (outcome := turn.outcome):
            groups.setdefault(outcome, []).append(number)
    return tuple(tuple(group) for group in groups.values())
