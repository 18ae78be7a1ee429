"""The library of instructions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.application.text_library import TextLibrary
from app.domain.instructions import INSTRUCTIONS
from app.domain.lab.recipe import Instructions

if TYPE_CHECKING:
    from app.application.ports import Clock, EventStore, Ids


class InstructionsLibrary(TextLibrary):
    """System prompts by name and version."""

    def __init__(self, store: EventStore, clock: Clock, ids: Ids) -> None:
        super().__init__(store, clock, ids, INSTRUCTIONS)

    def use(self, reference: str) -> Instructions:
        """A version to ask a model with. Raises NotFound, BadInput."""
        found = self.version(reference)
        return Instructions(text=found.text, ref=found.ref)
