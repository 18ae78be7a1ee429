"""Compare branches of a session: align their turns, measure them, tell what differs."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from app.application.ports import no_progress
from app.application.side_streams import side_stream
from app.application.turn_reading import TurnReading
from app.domain.branches import clip, shared_length
from app.domain.compare.alignment import align
from app.domain.compare.comparison import FEWEST, MOST, ComparedBranch, Comparison, UsedSetting
from app.domain.compare.divergence import divergence
from app.domain.compare.metrics import overall
from app.domain.compare.ranks import RankChanges, rank_changes
from app.domain.compare.rows import Side, alignable, aligned_turn, lies_within
from app.domain.errors import BadInput, OutOfRange
from app.domain.events import DERIVED, SIDE_STREAMS
from app.domain.fold.interests import predicted
from app.domain.lab.checked import checks_by_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from app.application.branch_labels import BranchLabels
    from app.application.differences import Differences
    from app.application.jitter import Jitter
    from app.application.notebook import Notebook
    from app.application.ports import EventStore, Progress
    from app.application.time_machine import TimeMachine
    from app.application.turn_reading import SharedTrunk
    from app.domain.branches import Branch, Segment
    from app.domain.compare.comparison import AlignedTurn, Cell
    from app.domain.compare.runs import Run, Setting
    from app.domain.lab.jitter import JitterVerdict

MOST_EVENTS: Final = 200_000
"""Events beyond the trunk, of one branch, that are compared: their texts are held in memory."""
_TELL_EVERY: Final = 64


@dataclass(frozen=True, slots=True)
class _Extent:
    """A branch, and how far it is compared."""

    branch: Branch
    at: int


class Comparing:
    """Compares 2 to 8 branches of one session; any thread may call."""

    def __init__(
        self,
        store: EventStore,
        time_machine: TimeMachine,
        differences: Differences,
        notebook: Notebook,
        labels: BranchLabels,
        jitter: Jitter | None = None,
    ) -> None:
        self._jitter = jitter
        self._store, self._time_machine, self._labels = store, time_machine, labels
        self._differences, self._notebook = differences, notebook
        self._reading = TurnReading(store, time_machine)

    def compare(
        self,
        session: str,
        branches: Sequence[str],
        *,
        at: int | None = None,
        checks: Mapping[tuple[str, int], Sequence[bool]] | None = None,
        with_states: bool = True,
        progress: Progress = no_progress,
    ) -> Comparison:
        """Branches (ids), the first being the baseline, as they were at position ``at`` (None: at their ends).

        A branch that is shorter than ``at`` is taken whole. ``checks`` tells for (branch id, position of any event of
        a turn) which checks passed there; None takes those that re-runs recorded beside the session. ``with_states``
        False leaves out differences of state, which need the index of every branch; the method of that name brings
        them later. Raises BadInput, OutOfRange,
        NotFound, Cancelled.
        """
        found = self._turns(session, branches, at, checks, progress)
        return self.with_states(found, progress) if with_states else found

    def _turns(
        self,
        session: str,
        branches: Sequence[str],
        at: int | None,
        checks: Mapping[tuple[str, int], Sequence[bool]] | None,
        progress: Progress,
    ) -> Comparison:
        extents = self._extents(session, branches, at)
        lines = [clip(self._store.lineage(one.branch.id), 1, one.at) for one in extents]
        shared = min(shared_length(lines[0], line) for line in lines[1:])
        trunk = self._reading.trunk(extents[0].branch.id, shared)
        sides = self._read(session, extents, trunk, self._checks(session) if checks is None else checks, progress)
        rows = tuple(_rows(sides, shared, progress))
        diverging = divergence([side.turns for side in sides])
        names = {one.id: one.name for one in self._labels.branches(session)}
        compared = tuple(
            replace(
                _compared(one, names, [row.cells[number] for row in rows], diverging[number]),
                jitter=self._chance(extents[0].branch, one.branch),
            )
            for number, one in enumerate(extents)
        )
        return Comparison(
            session=session,
            title=self._store.header(session).title,
            branches=compared,
            trunk=shared,
            trunk_turns=trunk.questions() - sum(_begins_in(row, shared) for row in rows),
            first_divergence=min((place for place in diverging if place is not None), default=None),
            rows=rows,
        )

    def _chance(self, baseline: Branch, other: Branch) -> JitterVerdict | None:
        return self._jitter.between(baseline, other) if self._jitter is not None else None

    def _extents(self, session: str, branches: Sequence[str], at: int | None) -> list[_Extent]:
        found = [self._labels.named(self._store.branch(one)) for one in dict.fromkeys(branches)]
        if not FEWEST <= len(found) <= MOST or len(found) != len(branches):
            raise BadInput(f"{FEWEST} to {MOST} different branches can be compared, not {len(branches)}")
        for branch in found:
            if branch.session != session:
                raise BadInput(f"{branch.name} belongs to another session; branches of one session can be compared")
            if branch.kind in SIDE_STREAMS:
                raise BadInput(f"{branch.name} is a side stream; only branches can be compared")
        longest = max(found, key=lambda branch: branch.head)
        if at is not None and not 0 <= at <= longest.head:
            raise OutOfRange(
                f"there is no position {at}: {longest.name}, the longest of them, has {longest.head} events, "
                f"positions 0 to {longest.head}"
            )
        return [_Extent(branch, branch.head if at is None else min(at, branch.head)) for branch in found]

    def _read(
        self,
        session: str,
        extents: Sequence[_Extent],
        trunk: SharedTrunk,
        checks: Mapping[tuple[str, int], Sequence[bool]],
        progress: Progress,
    ) -> list[Side]:
        total = 0
        for one in extents:
            beyond = one.at - trunk.length
            if beyond > MOST_EVENTS:
                raise BadInput(
                    f"{one.branch.name} has {beyond:,} events after the {trunk.length:,} shared ones, more than the "
                    f"{MOST_EVENTS:,} that can be compared; compare up to an earlier position"
                )
            total += one.at - trunk.start + 1
        told = _Counted(progress, total)
        return [
            Side(
                self._reading.turns(one.branch.id, trunk, one.at, told),
                self._ratings(session, one.branch.id),
                _held_by(one.branch.id, self._store.lineage(one.branch.id), checks),
            )
            for one in extents
        ]

    def _checks(self, session: str) -> dict[tuple[str, int], tuple[bool, ...]]:
        """What is recorded beside the session."""
        stream = side_stream(self._store, session, DERIVED)
        return checks_by_place(self._store.iterate(stream.id) if stream.head else ())

    def _ratings(self, session: str, branch: str) -> list[tuple[int, int]]:
        entries = self._notebook.entries(session, branch)
        return [(entry.position, entry.rating) for entry in entries if entry.rating is not None]

    def with_states(self, comparison: Comparison, progress: Progress = no_progress) -> Comparison:
        """The comparison with what leads from the baseline's state to that of each branch. Raises Cancelled."""
        base, *others = comparison.branches
        shown, foreseen = self._ranked(base)
        places = [(one.branch.id, one.at) for one in others]
        found = self._differences.differences((base.branch.id, base.at), places, progress)
        branches = [base]
        for one, difference in zip(others, found, strict=True):
            other_shown, other_foreseen = self._ranked(one)
            ranks = RankChanges(rank_changes(shown, other_shown), rank_changes(foreseen, other_foreseen))
            branches.append(replace(one, state=difference.changes, ranks=ranks))
        return replace(comparison, branches=tuple(branches), has_states=True)

    def _ranked(self, one: ComparedBranch) -> tuple[Iterable[Mapping[str, object]], Iterable[Mapping[str, object]]]:
        """The list that was shown last, and what Branchline computed."""
        now = self._time_machine.bounded(one.branch.id, one.at).recommendation
        return now.shown, predicted(now.items, now.evidence, one.at)


def _held_by(
    branch: str, lineage: Sequence[Segment], checks: Mapping[tuple[str, int], Sequence[bool]]
) -> dict[int, Sequence[bool]]:
    """Checks of the branch's own and inherited events, by position."""
    return {
        position: passed
        for (owner, position), passed in checks.items()
        if owner == branch or any(part.owner == owner and part.first <= position <= part.last for part in lineage)
    }


class _Counted:
    """Adds up what was read."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def __call__(self, events: int) -> None:
        self._done += events
        self._progress(self._done, self._total, "reading")


def _rows(sides: Sequence[Side], shared: int, progress: Progress) -> Iterator[AlignedTurn]:
    turns = [[alignable(turn) for turn in side.turns] for side in sides]
    found = align(turns, lambda done, total: progress(done, total, "aligning"))
    for number, row in enumerate(found):
        if number % _TELL_EVERY == 0:
            progress(number, len(found), "comparing")
        if not lies_within(row, sides, shared):
            yield aligned_turn(row, sides)


def _begins_in(row: AlignedTurn, shared: int) -> bool:
    """Whether the row's question belongs to the trunk."""
    cell = row.cells[0]
    return cell is not None and cell.turn.question is not None and cell.turn.position <= shared


def _compared(
    one: _Extent,
    names: Mapping[str, str],
    cells: Sequence[Cell | None],
    diverges_at: int | None,
) -> ComparedBranch:
    present = [cell for cell in cells if cell is not None]
    return ComparedBranch(
        branch=one.branch,
        parent=names[one.branch.parent] if one.branch.parent is not None else None,
        at=one.at,
        diverges_at=diverges_at,
        settings=_settings(run for cell in present for run in cell.turn.runs),
        metrics=overall([cell.metrics for cell in present]),
    )


def _settings(runs: Iterable[Run]) -> tuple[UsedSetting, ...]:
    """Each setting once, in the order of first use."""
    used: dict[str, tuple[Setting, list[int]]] = {}
    for run in runs:
        key = json.dumps(run.setting.to_json(), sort_keys=True, default=str)
        used.setdefault(key, (run.setting, []))[1].append(run.position)
    return tuple(UsedSetting(setting, tuple(positions)) for setting, positions in used.values())
