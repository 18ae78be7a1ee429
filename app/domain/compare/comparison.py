"""What comparing branches found: the values that the window, the command line and the exports show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.domain.compare.metrics import METRICS
from app.domain.text_diff import text_diff

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.branches import Branch
    from app.domain.compare.alignment import Match
    from app.domain.compare.metrics import BranchMetrics, TurnMetrics
    from app.domain.compare.ranks import RankChange, RankChanges
    from app.domain.compare.runs import Setting
    from app.domain.compare.turns import Turn
    from app.domain.diff import Change
    from app.domain.lab.jitter import JitterVerdict
    from app.domain.text_diff import Piece

FEWEST: Final = 2
MOST: Final = 8
"""Branches that can be compared at once."""
WORTH_MARKING: Final = 0.4
"""Similarity from which differences word by word are marked."""


@dataclass(frozen=True, slots=True)
class UsedSetting:
    """A setting, and the positions of the requests that were made with it."""

    setting: Setting
    positions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One turn of one branch.

    Attributes:
        ranks: what the last list shown in the turn has otherwise than the baseline's in the same row.
    """

    turn: Turn
    metrics: TurnMetrics
    ranks: tuple[RankChange, ...] = ()


@dataclass(frozen=True, slots=True)
class AlignedTurn:
    """Turns that stand side by side, one cell a branch, in the order of the branches; None is a gap.

    Attributes:
        same: every branch has the turn, with the same content.
        match: ``content``, or ``place`` where unlike turns stand together because their neighbours do.
        groups: indexes of branches with identical answers, in order; branches without an answer are in none.
    """

    cells: tuple[Cell | None, ...]
    same: bool
    match: Match
    groups: tuple[tuple[int, ...], ...]

    @property
    def asked_alike(self) -> bool:
        """Whether all that have the turn were asked the same, word by word."""
        return len({cell.turn.asked for cell in self.cells if cell is not None}) == 1

    def is_variation(self, branch: int) -> bool:
        """Whether a branch (index) answers otherwise than the baseline, but in many of the same words.

        Differences word by word say something then; between unlike texts they only hinder reading.
        """
        cell = self.cells[branch]
        alike = cell.metrics.similarity if cell is not None else None
        return alike is not None and alike >= WORTH_MARKING and self._answer(branch) != self._answer(0)

    def answer_pieces(self, branch: int, against: int = 0) -> tuple[Piece, ...]:
        """Word by word how the answer of ``against`` becomes that of ``branch`` (indexes); no answer is no text.

        Time is bounded, but beyond a frame for long texts: not for the UI thread.
        """
        return text_diff(self._answer(against), self._answer(branch))

    def _answer(self, branch: int) -> str:
        cell = self.cells[branch]
        return (cell.turn.answer or "") if cell is not None else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedBranch:
    """One of the branches, as far as it was compared.

    Attributes:
        at: position up to which it was compared.
        diverges_at: position of its first content that not all branches share; None where it has no more.
        settings: those under which models were asked beyond the trunk, in the order of first use.
        state: what leads from the baseline's state to this one's, both at their ``at``; empty for the baseline.
        ranks: likewise of recommendations.
        jitter: whether it differs from the baseline more than repetitions of both do; None where one of the two was
            never repeated.
    """

    branch: Branch
    parent: str | None
    at: int
    diverges_at: int | None
    settings: tuple[UsedSetting, ...]
    metrics: BranchMetrics
    state: tuple[Change, ...] = ()
    ranks: RankChanges | None = None
    jitter: JitterVerdict | None = None

    @property
    def name(self) -> str:
        return self.branch.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Branches of one session side by side; the first is the baseline.

    Attributes:
        trunk: events that all share by ancestry; ``trunk_turns`` customer messages of it stand in no row.
        first_divergence: first position, on any branch, whose content not all share; None when all say the same.
        rows: the turns after those that lie in the trunk whole.
        has_states: whether differences of state were looked for; what is not known is not "the same".
    """

    session: str
    title: str
    branches: tuple[ComparedBranch, ...]
    trunk: int
    trunk_turns: int
    first_divergence: int | None
    rows: tuple[AlignedTurn, ...]
    has_states: bool = False

    @property
    def differing(self) -> tuple[int, ...]:
        """Indexes of the rows that are not the same everywhere, rising."""
        return tuple(number for number, row in enumerate(self.rows) if not row.same)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.branches)

    def row_at(self, branch: int, position: int) -> int | None:
        """The row that shows a position of a branch (an index); None for one in the trunk, or beyond what was compared.

        One shared playhead: the other cells of the row are where the other branches stand then.
        """
        for number, row in enumerate(self.rows):
            cell = row.cells[branch]
            if cell is not None and cell.turn.first <= position <= cell.turn.last:
                return number
        return None


def sorted_by(comparison: Comparison, metric: str, *, reverse: bool = False) -> tuple[int, ...]:
    """Indexes of the branches, best first by a metric's own sense, those that do not tell it last."""
    better = {one.name: one.better for one in METRICS}[metric]
    falling = (better == "more") != reverse
    values: Mapping[int, float | None] = {
        number: one.metrics.values[metric] for number, one in enumerate(comparison.branches)
    }
    known = {number: value for number, value in values.items() if value is not None}
    order = sorted(known, key=lambda number: (-known[number] if falling else known[number], number))
    return (*order, *(number for number in values if number not in known))
