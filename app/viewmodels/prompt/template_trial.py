"""A template while it is written: what it gives at the playhead, or where it is wrong."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.domain.templates import BadTemplate, PromptTemplate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.domain.instructions import InstructionsVersion
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.services import Services


class TemplateTrial(QObject):
    """Renders and keeps templates beside the main thread.

    Signals:
        rendered(str): what the newest text gives.
        wrong(str, int, int): one sentence, line and column from 1; 0 where there is no place.
        versions_ready(object): the kept versions by name, oldest first.
        kept(object): the ``InstructionsVersion`` that was saved.
    """

    rendered = Signal(str)
    wrong = Signal(str, int, int)
    versions_ready = Signal(object)
    kept = Signal(object)

    def __init__(self, services: Services, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._services, self._bridge = services, bridge

    def read_versions(self) -> None:
        self._bridge.run_latest("templates", self._services.templates.all, self._on_versions, self._on_wrong)

    def render(self, text: str, branch: str, at: int, say: str | None, recommend: str | None = None) -> None:
        work = partial(self._services.turns.rendered, PromptTemplate(text=text), branch, at, say, recommend)
        self._bridge.run_latest("template", work, self.rendered.emit, self._on_wrong)

    def keep(self, name: str, text: str) -> None:
        """Save as a new version of this name."""
        self._bridge.run(partial(self._services.templates.save, name, text), self.kept.emit, self._on_wrong)

    def _on_versions(self, versions: Mapping[str, Sequence[InstructionsVersion]]) -> None:
        self.versions_ready.emit(versions)

    def _on_wrong(self, error: Exception) -> None:
        place = (error.line, error.column) if isinstance(error, BadTemplate) else (0, 0)
        self.wrong.emit(str(error) or type(error).__name__, *place)
