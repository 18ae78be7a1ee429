"""What a compared branch's state has otherwise than the baseline's, as rows of a panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.viewmodels.diff_rows import difference_rows
from app.viewmodels.json_text import short
from app.viewmodels.row_parts import counted, section
from app.viewmodels.tree_rows import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.compare.comparison import ComparedBranch
    from app.domain.compare.ranks import RankChange

_MOST = 50
_SPOKEN = ("/conversation/messages", "/conversation/calls", "/generation/runs")
"""Stands in the compared turns and measures."""
_CHANGES = {"entered": "added", "left": "removed", "moved": "replaced"}


def _tr(text: str) -> str:
    return QCoreApplication.translate("SideBySide", text)


def compared_state_rows(compared: ComparedBranch) -> tuple[Row, ...]:
    """Ranks of the list shown and of the prediction, then all differences beside those of the conversation and runs."""
    changes = [one for one in compared.state if not one.path.startswith(_SPOKEN)]
    ranks: tuple[Row, ...] = ()
    if compared.ranks is not None:
        ranks = (
            _ranks("shown", _tr("Ranks of the list shown"), compared.ranks.shown, "recorded"),
            _ranks("predicted", _tr("Ranks predicted"), compared.ranks.predicted, "computed"),
        )
    return (*(one for one in ranks if one.children), *difference_rows(changes))


def _ranks(key: str, label: str, changes: Sequence[RankChange], truth: str) -> Row:
    rows = [
        Row(
            key=one.item,
            label=short(one.name or one.item, 80),
            value=f"{one.before or '–'} → {one.after or '–'}",
            change=_CHANGES[one.kind],
            truth=truth,
        )
        for one in changes[:_MOST]
    ]
    return section(f"{key} ranks", label, rows, counted(len(rows), len(changes)), truth)
