"""Trials that come to nothing: the real ones are tried in the real window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.application.series import SeriesResult
from app.domain.errors import BadInput

if TYPE_CHECKING:
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
