"""The library of templates of prompts, and the one that is shipped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.application.text_library import TextLibrary
from app.domain.errors import NotFound
from app.domain.instructions import TEMPLATES
from app.domain.prompt_facts import NAMES
from app.domain.templates import PromptTemplate, parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.application.ports import Clock, EventStore, Ids
    from app.domain.instructions import InstructionsVersion

SHIPPED: Final = "state"
"""Name of the template that comes with the program; a kept one of that name takes its place."""


class TemplateLibrary(TextLibrary):
    """Templates by name and version; every kept one is right."""

    def __init__(self, store: EventStore, clock: Clock, ids: Ids, shipped: Callable[[], str]) -> None:
        """``shipped`` reads the text of the template that comes with the program."""
        super().__init__(store, clock, ids, TEMPLATES)
        self._shipped = shipped

    def use(self, reference: str) -> PromptTemplate:
        """``NAME@2``, or ``NAME`` for the newest. Raises NotFound, BadInput."""
        try:
            found = self.version(reference)
        except NotFound:
            if reference != SHIPPED:
                raise
            return PromptTemplate(text=self._shipped(), name=SHIPPED)
        return PromptTemplate(text=found.text, name=found.name, version=found.version)

    def newest(self) -> tuple[PromptTemplate, ...]:
        """The newest version of every name; the one that is shipped first."""
        kept = [self.use(name) for name in self.all()]
        shipped = [] if any(one.name == SHIPPED for one in kept) else [self.use(SHIPPED)]
        return (*shipped, *kept)

    def save(self, name: str, text: str, note: str = "") -> InstructionsVersion:
        """Raises BadTemplate for a text that is none."""
        parse(text, NAMES)
        return super().save(name, text, note)
