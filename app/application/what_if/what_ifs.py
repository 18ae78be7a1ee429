"""The use case: plan a what-if, look at what it will do, make it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.application.ports import no_progress
from app.application.slicing import Slicer
from app.application.what_if.making import Making
from app.application.what_if.planning import Planner
from app.application.what_if.targets import Targets

if TYPE_CHECKING:
    from app.application.branch_labels import BranchLabels
    from app.application.branching import Branching
    from app.application.forking import Forking
    from app.application.ports import Clock, DerivedCache, EventStore, Ids, Progress
    from app.application.time_machine import TimeMachine
    from app.application.what_if.plans import Plan
    from app.domain.branches import Branch
    from app.domain.edits import Edit


class WhatIfs:
    """Every what-if lives on a branch: the state it came from and what follows from it both live on."""

    def __init__(
        self,
        store: EventStore,
        cache: DerivedCache,
        time_machine: TimeMachine,
        *,
        clock: Clock,
        ids: Ids,
        forking: Forking,
        branching: Branching,
        labels: BranchLabels,
    ) -> None:
        targets = Targets(store, time_machine, Slicer(store, cache, time_machine), forking)
        self._planner = Planner(store, time_machine, forking, targets, ids)
        self._making = Making(store, clock, ids, branching, labels)

    def plan_edit(self, branch: str, at: int, edit: Edit, *, reapply: bool = False, onto: bool = False) -> Plan:
        """See ``Planner.edit``."""
        return self._planner.edit(branch, at, edit, reapply=reapply, onto=onto)

    def plan_leave_out(
        self, branch: str, at: int, *, keep_dependents: bool = False, progress: Progress = no_progress
    ) -> Plan:
        """See ``Planner.leave_out``."""
        return self._planner.leave_out(branch, at, keep_dependents=keep_dependents, progress=progress)

    def make(self, plan: Plan, name: str, progress: Progress = no_progress) -> Branch:
        """See ``Making.make``."""
        return self._making.make(plan, name, progress)
