"""A round of blind judging: one pair of answers after the other, and what it comes to."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal

from app.domain.compare.judging import Judgement, Tally, questions, tallies

if TYPE_CHECKING:
    import random

    from app.domain.compare.comparison import Comparison
    from app.domain.compare.judging import Question
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.lab_services import Judging

Side = Literal["left", "right", "neither"]


class BlindRound(QObject):
    """Lives in the main thread. Each judgement is kept as soon as it is made.

    Signals:
        question_changed(): another pair is to be judged, or none is left.
        told(object): the ``Tally`` values of what was judged so far, with earlier rounds.
        failed(str): one sentence.
    """

    question_changed = Signal()
    told = Signal(object)
    failed = Signal(str)

    def __init__(
        self,
        comparison: Comparison,
        judging: Judging,
        bridge: Bridge,
        chance: random.Random,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._judging, self._bridge = judging, bridge
        self._session = comparison.session
        self.names = {one.branch.id: one.name for one in comparison.branches}
        self._questions = questions(comparison, chance)
        self.number = 0
        self._being_kept = 0

    @property
    def total(self) -> int:
        return len(self._questions)

    @property
    def question(self) -> Question | None:
        """What is to be judged now; None when all was."""
        return self._questions[self.number] if self.number < len(self._questions) else None

    def judge(self, side: Side, note: str) -> None:
        """Keep what somebody thinks of the pair, and go on."""
        asked = self.question
        if asked is None:
            return
        winner = {"left": asked.left.branch, "right": asked.right.branch, "neither": None}[side]
        positions = {asked.left.branch: asked.left.position, asked.right.branch: asked.right.position}
        work = partial(self._keep, Judgement(positions, winner, note.strip()))
        self._being_kept += 1
        self._bridge.run(work, self._on_kept, self._on_not_kept)
        self.skip()

    def skip(self) -> None:
        """Go on without an opinion."""
        self.number = min(self.number + 1, len(self._questions))
        self.question_changed.emit()

    def ask_results(self) -> None:
        """Have ``told`` say what there is so far."""
        self._bridge.run(self._tallies, self.told.emit, self._on_failed)

    def _keep(self, judgement: Judgement) -> None:
        self._judging.record(self._session, judgement)

    def _on_kept(self, outcome: None = None) -> None:  # noqa: ARG002 -- the bridge hands over what came
        """Several are kept at the same time and in any order: what they come to is asked when all are."""
        self._being_kept -= 1
        if not self._being_kept:
            self.ask_results()

    def _on_not_kept(self, error: Exception) -> None:
        self._on_failed(error)
        self._on_kept()

    def _tallies(self) -> tuple[Tally, ...]:
        return tallies(self._judging.judgements(self._session), self.names)

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(str(error) or type(error).__name__)
