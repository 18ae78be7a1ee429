"""A column says how its branch came about, and calls nothing recorded that a person made."""

from __future__ import annotations

from dataclasses import replace

from fakes.window_services import make_branch

from app.domain.compare.comparison import ComparedBranch
from app.domain.compare.metrics import BranchMetrics
from app.ui.side_by_side.headings import columns_of


def compared(name: str, parent: str | None) -> ComparedBranch:
    line = replace(make_branch("s", name, head=4), parent=parent)
    told = BranchMetrics(turns=0, answers=0, values={}, summaries={}, checks=None)
    return ComparedBranch(branch=line, parent=parent, at=4, diverges_at=2, settings=(), metrics=told)


def test_a_branch_without_a_run_is_not_called_recorded_for_a_person_may_have_changed_it() -> None:
    columns = columns_of((compared("main", None), compared("changed", "main")), (0, 1))

    assert [one.made for one in columns] == ["recorded", "no model asked"]
