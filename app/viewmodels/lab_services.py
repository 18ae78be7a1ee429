"""What the window asks of the branch lab, as protocols."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from pathlib import Path

    from app.application.pausing import PauseSwitch
    from app.application.ports import Progress
    from app.application.rerun_wish import RerunWish
    from app.application.series import SeriesResult, SeriesUpdate
    from app.application.session_reruns import RerunPlan, RerunResult, RerunUpdate
    from app.application.trial_desk import TrialWish
    from app.domain.compare.judging import Judgement
    from app.domain.instructions import InstructionsVersion
    from app.domain.lab.checks import Check
    from app.domain.lab.trials import Trial


class Trials(Protocol):
    """Asking again: plans, a queue, the library of instructions. Never on the UI thread, but for ``run``."""

    def plan(self, wish: TrialWish, /) -> tuple[Trial, ...]: ...

    def run(
        self, trials: Sequence[Trial], on_update: Callable[[SeriesUpdate], None], switch: PauseSwitch, /
    ) -> Coroutine[Any, Any, SeriesResult]:
        """``on_update`` is called on the I/O thread."""
        ...

    def instructions(self) -> tuple[InstructionsVersion, ...]: ...

    def save_instructions(self, name: str, text: str, note: str, /) -> InstructionsVersion: ...


class SessionReruns(Protocol):
    """The same re-run over sessions. Never on the UI thread, but for ``run``."""

    def plan(self, wish: RerunWish, progress: Progress, /) -> RerunPlan: ...

    def run(
        self, plan: RerunPlan, on_update: Callable[[RerunUpdate], None], switch: PauseSwitch, /
    ) -> Coroutine[Any, Any, RerunResult]:
        """``on_update`` is called on the I/O thread."""
        ...

    def checks_in(self, path: Path, /) -> tuple[Check, ...]: ...


class Judging(Protocol):
    """What people thought of answers."""

    def record(self, session: str, judgement: Judgement, /) -> None: ...

    def judgements(self, session: str, /) -> tuple[Judgement, ...]: ...
