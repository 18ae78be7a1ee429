"""The table of measures shows whole values, at any width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakes.window_services import make_branch
from PySide6.QtCore import QModelIndex

from app.domain.compare.comparison import ComparedBranch, Comparison
from app.domain.compare.metrics import METRICS, BranchMetrics
from app.domain.compare.statistics import Summary
from app.ui import theme
from app.ui.side_by_side.metrics_page import MetricsPage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def branch(name: str) -> ComparedBranch:
    values = {metric.name: None for metric in METRICS} | {"similarity": 0.12}
    known = {metric.name: Summary(known=1802, of=2000, mean=0.12) for metric in METRICS}
    told = BranchMetrics(turns=2000, answers=2000, values=values, summaries=known, checks=None)
    line = make_branch("s", name, head=4)
    return ComparedBranch(branch=line, parent=None, at=4, diverges_at=2, settings=(), metrics=told)


def test_a_value_that_not_all_turns_tell_is_not_cut_in_a_narrow_table(qtbot: QtBot) -> None:
    page = MetricsPage(theme.LIGHT)
    qtbot.addWidget(page)
    page.resize(300, 200)
    branches = tuple(branch(name) for name in "abcdefgh")
    made = Comparison(session="s", title="", branches=branches, trunk=0, trunk_turns=0, first_divergence=None, rows=())
    page.show_comparison(made, range(8))
    page.show()

    text = page.model.index(0, 0).data()

    assert "1802 of 2000" in text
    assert page.table.columnWidth(0) >= page.table.fontMetrics().horizontalAdvance(text)
    assert page.model.rowCount(QModelIndex()) == 1
