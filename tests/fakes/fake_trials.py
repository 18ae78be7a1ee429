"""Trials that come to nothing: the real ones are tried in the real window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.application.series import SeriesResult
from app.application.session_reruns import RerunResult
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from pathlib import Path

    from app.domain.instructions import InstructionsVersion


class FakeTrials:
    """Plans nothing."""

    def plan(self, wish: object, /) -> Any:
        raise BadInput("there is nothing to try")

    async def run(self, trials: object, on_update: object, switch: object, /) -> SeriesResult:
        return SeriesResult(results=())

    def instructions(self) -> tuple[InstructionsVersion, ...]:
        return ()

    def save_instructions(self, name: str, text: str, note: str, /) -> InstructionsVersion:
        raise BadInput("nothing is kept here")


class FakeReruns:
    """Plans nothing; what was asked is in ``asked``."""

    def __init__(self) -> None:
        self.asked: list[Any] = []

    def plan(self, wish: Any, progress: object, /) -> Any:
        self.asked.append(wish)
        raise BadInput("there is nothing to play")

    async def run(self, plan: object, on_update: object, switch: object, /) -> Any:
        return RerunResult(series=SeriesResult(results=()))

    def checks_in(self, path: Path, /) -> Any:
        raise BadInput(f"{path} holds no checks")
