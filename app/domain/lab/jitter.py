"""The jitter floor: how much answers differ when nothing was changed, and whether a change differs more."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, Any, Final, Literal

from app.domain.compare.similarity import Bag
from app.domain.lab.levels import ALPHA
from app.domain.lab.permutation import joint_test

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.lab.permutation import Distances, Tested

Verdict = Literal["differs", "no more than repetition", "too few repetitions"]
Answers = tuple[str, ...]
"""One repetition: the text of each turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """Distances between repetitions of one thing (see ``distance``, the mean over turns; 0 is the same text).

    ``identical``: share of pairs of repetitions whose texts are all the same.
    """

    repetitions: int
    mean: float
    median: float
    p95: float
    largest: float
    identical: float

    def to_json(self) -> dict[str, Any]:
        told = {name: getattr(self, name) for name in ("mean", "median", "p95", "largest", "identical")}
        return {"repetitions": self.repetitions, **{name: round(value, 4) for name, value in told.items()}}


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnVerdict:
    """One turn of a comparison: mean distances, and its p-value, adjusted for the number of turns."""

    turn: int
    within_a: float
    within_b: float
    between: float
    p_value: float

    def to_json(self) -> dict[str, Any]:
        return {
            "turn": self.turn,
            "within_a": round(self.within_a, 4),
            "within_b": round(self.within_b, 4),
            "between": round(self.between, 4),
            "p_value": self.p_value,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class JitterVerdict:
    """Whether A and B differ more than repetitions of each do.

    Attributes:
        floor_a, floor_b: of each side; None where a side has one repetition only.
        between: mean distance from a repetition of A to one of B.
        repeats_itself: neither side ever varied: then any difference is one, but says nothing of other seeds.
    """

    verdict: Verdict
    alpha: float
    test: Tested
    repetitions_a: int
    repetitions_b: int
    floor_a: Floor | None
    floor_b: Floor | None
    between: float
    turns: tuple[TurnVerdict, ...]
    repeats_itself: bool

    def to_json(self) -> dict[str, Any]:
        return {
            "verdict": self.verdict,
            "p_value": self.test.p_value,
            "alpha": self.alpha,
            "statistic": round(self.test.statistic, 6),
            "smallest_p": self.test.smallest_p,
            "deals": self.test.deals,
            "exact": self.test.exact,
            "repetitions": [self.repetitions_a, self.repetitions_b],
            "floor_a": self.floor_a.to_json() if self.floor_a else None,
            "floor_b": self.floor_b.to_json() if self.floor_b else None,
            "between": round(self.between, 4),
            "turns": [one.to_json() for one in self.turns],
            "repeats_itself": self.repeats_itself,
            "test": TEST,
        }


TEST: Final = (
    "permutation test on the energy distance of 0.8 (1 - Sørensen-Dice of the words) + 0.2 (1 - shorter / longer), "
    "mean over turns; whole repetitions are dealt; p-values of turns by Westfall and Young"
)
_LENGTH_WEIGHT: Final = 0.2


def distance(one: Bag, other: Bag) -> float:
    """How unlike two answers are, 0 to 1: mostly by their words, wherever they stand, and a little by their length.

    Measured on answers of the built-in model: words alone (or ROUGE-L, which finds less) hardly see that answers got
    shorter or longer; with more weight on the length, changes of style drown in it.
    """
    longer = max(one.size, other.size)
    lengths = 1.0 - min(one.size, other.size) / longer if longer else 0.0
    return (1.0 - _LENGTH_WEIGHT) * (1.0 - one.likeness(other)) + _LENGTH_WEIGHT * lengths


def distance_table(members: Sequence[Answers], turn: int) -> Distances:
    """Distances between all members' answers of one turn (0-based)."""
    bags = [Bag(answers[turn]) for answers in members]
    table = [[0.0] * len(bags) for _ in bags]
    for row, one in enumerate(bags):
        for column in range(row):
            table[row][column] = table[column][row] = distance(one, bags[column])
    return table


def compare_groups(a: Sequence[Answers], b: Sequence[Answers], *, alpha: float = ALPHA, seed: int = 0) -> JitterVerdict:
    """Hold repetitions of A against repetitions of B; all must have the same number of turns, at least one.

    Raises ValueError for an empty side or for sides of unequal turns.
    """
    members = [*a, *b]
    if len({len(one) for one in members}) != 1 or not members[0]:
        raise ValueError("repetitions that are compared have the same number of turns, at least one")
    tables = [distance_table(members, turn) for turn in range(len(members[0]))]
    return verdict_of(tables, len(a), alpha=alpha, seed=seed)


def verdict_of(tables: Sequence[Distances], size: int, *, alpha: float = ALPHA, seed: int = 0) -> JitterVerdict:
    """The same from distances: a table a turn, the first ``size`` members are A's."""
    test, p_values = joint_test(tables, size, seed=seed)
    everyone = len(tables[0])
    first, second = range(size), range(size, everyone)
    turns = tuple(
        TurnVerdict(
            turn=number,
            within_a=_mean_within(table, first),
            within_b=_mean_within(table, second),
            between=fmean(table[i][j] for i in first for j in second),
            p_value=p_value,
        )
        for number, (table, p_value) in enumerate(zip(tables, p_values, strict=True), start=1)
    )
    verdict: Verdict = "no more than repetition"
    if test.p_value <= alpha:
        verdict = "differs"
    elif test.smallest_p > alpha:
        verdict = "too few repetitions"
    return JitterVerdict(
        verdict=verdict,
        alpha=alpha,
        test=test,
        repetitions_a=size,
        repetitions_b=everyone - size,
        floor_a=_floor(tables, first),
        floor_b=_floor(tables, second),
        between=fmean(turn.between for turn in turns),
        turns=turns,
        repeats_itself=all(turn.within_a == 0 and turn.within_b == 0 for turn in turns) and size > 1,
    )


def floor_of(repetitions: Sequence[Answers]) -> Floor | None:
    """The floor of one thing; None for fewer than two repetitions."""
    if len(repetitions) < 2:
        return None
    tables = [distance_table(repetitions, turn) for turn in range(len(repetitions[0]))]
    return _floor(tables, range(len(repetitions)))


def _floor(tables: Sequence[Distances], members: Sequence[int]) -> Floor | None:
    if len(members) < 2:
        return None
    pairs = [(i, j) for i in members for j in members if i < j]
    found = sorted(fmean(table[i][j] for table in tables) for i, j in pairs)
    return Floor(
        repetitions=len(members),
        mean=fmean(found),
        median=_quantile(found, 0.5),
        p95=_quantile(found, 0.95),
        largest=found[-1],
        identical=sum(one == 0 for one in found) / len(found),
    )


def _quantile(ordered: Sequence[float], share: float) -> float:
    """By linear interpolation between the two nearest values."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def _mean_within(table: Distances, members: Sequence[int]) -> float:
    pairs = [table[i][j] for i in members for j in members if i < j]
    return fmean(pairs) if pairs else 0.0
