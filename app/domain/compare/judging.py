"""Judging answers blindly, two at a time: what there is to judge, and what the judgements come to."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Mapping, Sequence

    from app.domain.compare.comparison import Comparison

JUDGED: Final = "analyst.answers-judged"


@dataclass(frozen=True, slots=True)
class Answer:
    """One of two answers: the branch (id) that has it, the position of its event, and its text."""

    branch: str
    position: int
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """Two different answers to the same words; ``left`` and ``right`` are as they are shown, by chance."""

    asked: str
    left: Answer
    right: Answer


@dataclass(frozen=True, slots=True)
class Judgement:
    """Which of two answers somebody liked better; ``winner`` is a branch (id), None when neither.

    Attributes:
        positions: branch id -> position of the answer, of both.
        blind: whether the judge knew which was which.
    """

    positions: Mapping[str, int]
    winner: str | None
    note: str = ""
    blind: bool = True

    def to_json(self) -> dict[str, Any]:
        return {"positions": dict(self.positions), "winner": self.winner, "note": self.note, "blind": self.blind}


@dataclass(frozen=True, slots=True)
class Tally:
    """What judgements of two branches come to.

    ``p_value``: of the exact two-sided sign test over those that were no ties: how often chance alone would be at
    least as lopsided, if either answer were as likely to be liked better (Dixon and Mood, 1946).
    """

    one: str
    other: str
    wins_one: int
    wins_other: int
    ties: int

    @property
    def p_value(self) -> float:
        return sign_test(self.wins_one, self.wins_other)


@dataclass(frozen=True, slots=True)
class Standing:
    """What all judgements of one branch come to, against whichever other; ``p_value`` as of a tally."""

    branch: str
    better: int
    worse: int
    ties: int

    @property
    def share(self) -> float:
        """How often it was liked better, a tie being half of that."""
        return (self.better + self.ties / 2) / max(1, self.better + self.worse + self.ties)

    @property
    def p_value(self) -> float:
        return sign_test(self.better, self.worse)


def standings(found: Sequence[Tally]) -> tuple[Standing, ...]:
    """Each branch that was judged, the one liked best first; equals in the order of the tallies."""
    sums: dict[str, list[int]] = {}
    for one in found:
        for branch, better, worse in (
            (one.one, one.wins_one, one.wins_other),
            (one.other, one.wins_other, one.wins_one),
        ):
            kept = sums.setdefault(branch, [0, 0, 0])
            kept[0], kept[1], kept[2] = kept[0] + better, kept[1] + worse, kept[2] + one.ties
    return tuple(sorted((Standing(branch, *kept) for branch, kept in sums.items()), key=lambda one: -one.share))


def questions(comparison: Comparison, chance: random.Random) -> tuple[Question, ...]:
    """Every pair of different answers to the same words, in an order and on sides that tell nothing."""
    found = []
    for row in comparison.rows:
        answered = [
            (cell.turn.asked, Answer(one.branch.id, cell.turn.outgoing[-1].entry.position, cell.turn.answer))
            for one, cell in zip(comparison.branches, row.cells, strict=True)
            if cell is not None and cell.turn.answer
        ]
        for (asked, one), (other_asked, other) in combinations(answered, 2):
            if asked == other_asked and one.text != other.text:
                sides = [one, other]
                chance.shuffle(sides)
                found.append(Question(asked or "", *sides))
    chance.shuffle(found)
    return tuple(found)


def latest(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Of judgements of the same two answers the last one counts."""
    kept = {tuple(sorted(one.positions.items())): one for one in judgements}
    return tuple(kept.values())


def tallies(judgements: Iterable[Judgement], branches: Iterable[str]) -> tuple[Tally, ...]:
    """Of every two of these branches that were judged, in the order of the branches."""
    named = list(branches)
    found = []
    counted = latest(judgements)
    for place, one in enumerate(named):
        for other in named[place + 1 :]:
            theirs = [judged.winner for judged in counted if set(judged.positions) == {one, other}]
            if theirs:
                found.append(Tally(one, other, theirs.count(one), theirs.count(other), theirs.count(None)))
    return tuple(found)


def sign_test(wins: int, losses: int) -> float:
    """The two-sided exact probability of a result at least as lopsided; 1 where nothing was decided."""
    count = wins + losses
    tail = sum(comb(count, more) for more in range(max(wins, losses), count + 1))
    return min(1.0, 2 * tail / 2**count) if count else 1.0
