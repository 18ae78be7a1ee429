"""A comparison as JSON, as ``branchline compare --json`` prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from app.application.ports import no_progress
from app.domain.compare.json_form import comparison_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.application.ports import Progress
    from app.domain.compare.comparison import Comparison


def export_comparison_json(
    comparison: Comparison, rows: Sequence[int], order: Sequence[int], progress: Progress = no_progress
) -> Iterator[str]:
    """``rows`` are the indexes of the turns to be told, ``order`` those of the branches."""
    progress(0, len(rows), "writing")
    encoded = msgspec.json.encode(comparison_json(comparison, rows=rows, order=order))
    yield msgspec.json.format(encoded, indent=2).decode("utf-8")
    yield "\n"
