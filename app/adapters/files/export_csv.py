"""Events as CSV (RFC 4180), a row each: all branches, then the side streams.

A cell that a spreadsheet would take for a formula, because it begins with ``=``, ``+``, ``-``, ``@``, a tab or the end
of a line (or the wide forms of these signs), gets an apostrophe in front; the export tells how many did.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

import msgspec

from app.adapters.files.cloud_lines import moment_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.application.outgoing.losses import Losses
    from app.application.outgoing.view import OutgoingView
    from app.application.ports import Progress
    from app.domain.events import Event

COLUMNS: Final = (
    "branch", "position", "time", "actor", "type", "version", "text", "data", "id", "source", "subject",
    "classification", "causation_id", "correlation_id", "recorded_at", "branch_id",
)  # fmt: skip
_FORMULAS: Final = tuple("=+-@\t\r\n＝＋－＠")
_encode: Final = msgspec.json.Encoder().encode
_AT_ONCE: Final = 500


def export_csv(view: OutgoingView, losses: Losses, progress: Progress) -> Iterator[str]:
    """Pieces that end where rows end. Raises Cancelled."""
    harmless = _Harmless()
    yield _rows([COLUMNS])
    waiting: list[tuple[object, ...]] = []
    done, total = 0, view.events
    for branch in view.branches(view.session):
        losses.lose("branches' places in the tree (where each leaves which)", int(branch.parent is not None))
        for event in view.iterate(branch.id, branch.fork_position + 1):
            waiting.append(_row(event, branch.name, harmless))
            if len(waiting) == _AT_ONCE:
                done += len(waiting)
                progress(done, total, "writing events")
                yield _rows(waiting)
                waiting.clear()
    yield _rows(waiting)
    losses.lose("cells got an apostrophe, so that no spreadsheet takes them for a formula", harmless.count)
    losses.lose("hashes and salts, by which the events could be verified", total)


def _row(event: Event, branch: str, harmless: _Harmless) -> tuple[object, ...]:
    told = event.data.get("text")
    texts = (
        event.id, event.source, event.subject or "", event.classification, event.causation_id or "",
        event.correlation_id or "", moment_text(event.recorded_at) or "", event.branch,
    )  # fmt: skip
    return (
        harmless(branch),
        event.position,
        harmless(moment_text(event.time) or ""),
        event.actor,
        harmless(event.type),
        event.version,
        harmless(told if isinstance(told, str) else ""),
        _encode(event.data).decode("utf-8"),
        *map(harmless, texts),
    )


class _Harmless:
    """Keeps texts from being formulas, and counts how often that was needed."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, text: str) -> str:
        if not text.startswith(_FORMULAS):
            return text
        self.count += 1
        return f"'{text}"


def _rows(rows: Iterable[Iterable[object]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue()
