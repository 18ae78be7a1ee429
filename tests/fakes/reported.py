"""Reports of sessions that lie in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.fixed_clock import FixedClock
from fakes.memory_derived_cache import MemoryDerivedCache

from app.application.ports import no_progress
from app.application.report_sources import Redacted
from app.application.report_wish import ReportWish
from app.application.reporting import Reporting
from app.domain.redaction.report import RedactionReport

if TYPE_CHECKING:
    from fakes.branched import Branched

    from app.application.ports import Progress
    from app.domain.report.parts import Report


class Hiding:
    """Replaces one word wherever it stands, names of members too."""

    is_on = True

    def __init__(self, word: str) -> None:
        self._word = word

    def text(self, text: str, place: Any) -> str:
        return text.replace(self._word, "[NAME-1]")

    def value(self, value: Any, place: Any) -> Any:
        match value:
            case str():
                return self.text(value, place)
            case dict():
                return {self.text(name, place): self.value(one, place) for name, one in value.items()}
            case list() | tuple():
                return [self.value(one, place) for one in value]
            case _:
                return value

    def report(self, written: Any) -> Any:
        return RedactionReport(profile="test", redacted={"name": written.count("[NAME-1]")}, pseudonyms=1, kept={})


def reported(made: Branched, *branches: str, progress: Progress = no_progress, **wish: Any) -> Report:
    """A report of the session's branches by name; ``wish`` as in ``ReportWish``."""
    redacted = Redacted(made.store, FixedClock(), made.ids, MemoryDerivedCache)
    reporting = Reporting(made.store, made.machine, made.notebook, made.labels, FixedClock(), "Branchline 9", redacted)
    ids = tuple(made.main if one == "main" else one for one in branches or ("main",))
    return reporting.report(ReportWish(**{"session": "s", "branches": ids, "author": "Ada", **wish}), progress)
