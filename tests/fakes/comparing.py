"""A comparison that finds nothing: the real one is tried in the real window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.application.ports import no_progress
from app.domain.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.application.ports import Progress
    from app.domain.compare.comparison import Comparison


class FakeComparing:
    """Knows no branches."""

    def compare(
        self, session: str, branches: Sequence[str], *, with_states: bool = True, progress: Progress = no_progress
    ) -> Comparison:
        raise NotFound(f"{session} has no branches {', '.join(branches)}")

    def with_states(self, comparison: Comparison, progress: Progress = no_progress) -> Comparison:
        return comparison
