"""A report of a session: the chosen branches and range with notes, and the state where somebody set a marker."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app.application.importing import SESSION_IMPORTED
from app.application.ports import no_progress
from app.application.report_branches import BranchTeller, Part
from app.application.report_head import Head
from app.application.report_sources import ReportSources
from app.domain.branches import shared_length
from app.domain.errors import BadInput, OutOfRange
from app.domain.events import DERIVED, SIDE_STREAMS
from app.domain.redaction.tally import Tally
from app.domain.report.parts import Report

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.application.branch_labels import BranchLabels
    from app.application.notebook import Notebook
    from app.application.ports import Clock, EventStore, Progress
    from app.application.report_sources import Redacted
    from app.application.report_wish import ReportWish
    from app.application.time_machine import TimeMachine
    from app.domain.branches import Branch
    from app.domain.events import Event
    from app.domain.redaction.redaction import Redaction

MOST_EVENTS: Final = 5_000
"""Events of a report, all branches together: about 400 pages, which nobody reads to the end."""


class Reporting:
    """Makes reports; any thread may call. Nothing is written to the store."""

    def __init__(
        self,
        store: EventStore,
        time_machine: TimeMachine,
        notebook: Notebook,
        labels: BranchLabels,
        clock: Clock,
        version: str,
        redacted: Redacted,
    ) -> None:
        self._store, self._time_machine, self._notebook, self._labels = store, time_machine, notebook, labels
        self._clock, self._version, self._redacted = clock, version, redacted

    def report(self, wish: ReportWish, progress: Progress = no_progress) -> Report:
        """Raises OutOfRange, BadInput for a range that is empty or too long, NotFound, Cancelled."""
        self._require_branches(wish)
        sources = self._sources(wish)
        parts = self._parts(wish, sources)
        head = Head(sources, self._store, self._clock, self._version)
        integrity = head.integrity(wish, parts, progress)
        teller = BranchTeller(sources, wish)
        told = tuple(teller.told(part, progress) for part in parts)
        for event in self._imports(sources):
            teller.missing.take_import(event)
        made = Report(
            title=sources.store.header(sources.session).title,
            facts=head.facts(wish, parts),
            integrity=integrity.facts,
            is_sound=integrity.is_sound,
            branches=told,
            missing=teller.missing.sentences(),
        )
        return replace(made, redaction=_redaction_of(made, wish.redaction))

    def require_possible(self, wish: ReportWish) -> None:
        """Raises what ``report`` would raise for the choice alone; quick, nothing is rebuilt."""
        self._require_branches(wish)
        self._parts(wish, self._as_stored(wish))

    def _sources(self, wish: ReportWish) -> ReportSources:
        if wish.redaction.is_on:
            return self._redacted.sources(wish.session, wish.branches, wish.redaction)
        return self._as_stored(wish)

    def _as_stored(self, wish: ReportWish) -> ReportSources:
        ids = {one: one for one in wish.branches}
        return ReportSources(self._store, self._time_machine, self._notebook, self._labels, wish.session, ids)

    def _require_branches(self, wish: ReportWish) -> None:
        known = {one.id for one in self._store.branches(wish.session) if one.kind not in SIDE_STREAMS}
        if not wish.branches or not known.issuperset(wish.branches):
            raise BadInput("a report tells of one or more branches of its session")

    @staticmethod
    def _imports(sources: ReportSources) -> Iterator[Event]:
        """What the session's side stream tells of how it came in."""
        derived = next((one for one in sources.store.branches(sources.session) if one.kind == DERIVED), None)
        if derived is not None:
            yield from (event for event in sources.store.iterate(derived.id) if event.type == SESSION_IMPORTED)

    def _parts(self, wish: ReportWish, sources: ReportSources) -> tuple[Part, ...]:
        """What of each branch is told: of a later branch only what no earlier one has told."""
        known = {one.id: one for one in sources.labels.branches(sources.session)}
        parts: list[Part] = []
        for one in sources.branches:
            parts.append(_part(known[one], wish, parts, sources))
        total = sum(max(0, part.last - part.first + 1) for part in parts)
        if total > MOST_EVENTS:
            raise BadInput(
                f"that are {total:,} events, and a report holds at most {MOST_EVENTS:,}; choose a shorter range, "
                "between two markers for example"
            )
        return tuple(parts)


def _part(branch: Branch, wish: ReportWish, before: Sequence[Part], sources: ReportSources) -> Part:
    first, last = wish.first or 1, branch.head if wish.last is None else wish.last
    for position in () if before else (first, last):
        if not 0 <= position <= branch.head:
            raise OutOfRange(
                f"there is no position {position}: {branch.name} has {branch.head:,} events, positions 0 to "
                f"{branch.head:,}"
            )
    last = min(last, branch.head)
    if before and first > branch.head:
        return Part(branch, branch.head + 1, branch.head)
    if first > last > 0:
        raise BadInput(f"the range begins at {first} and ends at {last}: it holds no event")
    shared, with_branch = 0, ""
    mine = sources.store.lineage(branch.id)
    for other in before:
        length = min(shared_length(mine, sources.store.lineage(other.branch.id)), other.last)
        if length > shared:
            shared, with_branch = length, other.branch.name
    return Part(branch, max(first, shared + 1), last, min(shared, last), with_branch)


def _redaction_of(report: Report, redaction: Redaction) -> tuple[str, ...]:
    """What was redacted in what a report tells; nothing where nothing was to be redacted."""
    if not redaction.is_on:
        return ()
    written = Tally()
    written.add_value(report)
    return (redaction.report(written).sentence,)
