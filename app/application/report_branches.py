"""What a report tells of one branch: entries, events beside them, notes at their places, and stops with the state."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from app.application.report_entries import EntryTeller
from app.application.report_head import readable_time
from app.application.report_missing import Missing
from app.domain.fold.state_json import bounded_json
from app.domain.marks import origin
from app.domain.report.lines import IN_TRANSCRIPT, event_line, is_problem
from app.domain.report.parts import BranchReport, Fact, Line, Noted, Stop
from app.domain.report.state_tables import state_tables
from app.domain.report.strips import strip
from app.domain.vocabulary import lane_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.application.ports import Progress
    from app.application.report_sources import ReportSources
    from app.application.report_wish import ReportWish
    from app.domain.branches import Branch
    from app.domain.events import Event
    from app.domain.notebook import NotebookEntry
    from app.domain.report.parts import Origin, Told

_READ_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class Part:
    """Positions ``first`` to ``last`` of a branch; the first ``shared`` were told with branch ``shared_with``."""

    branch: Branch
    first: int
    last: int
    shared: int = 0
    shared_with: str = ""


class BranchTeller:
    """Tells parts of branches one after the other; stops are counted through all of them."""

    def __init__(self, sources: ReportSources, wish: ReportWish) -> None:
        self._store, self._time_machine, self._wish = sources.store, sources.time_machine, wish
        self._noted = sources.notebook.entries(sources.session) if wish.notes else ()
        self._labels = sources.labels
        self._numbers = count(1)
        self.missing = Missing()

    def told(self, part: Part, progress: Progress) -> BranchReport:
        """Raises Cancelled."""
        branch = part.branch
        self._time_machine.prepare(branch.id, progress)
        entries = EntryTeller(self._store, self._wish)
        found: list[tuple[int, int, Told]] = []
        for event in self._events(part, progress):
            self.missing.take(event)
            if event.type == "conversation.instructions-changed":
                found.append((event.position, 1, entries.instructions(event)))
            elif event.type not in IN_TRANSCRIPT:
                found.append((event.position, 1, self._line(event)))
        for entry in self._entries(part, progress):
            self.missing.take_entry(entry)
            found = [one for one in found if one[0] != entry.position] if entry.kind == "partial" else found
            found.append((entry.position, 1, entries.entry(entry)))
        noted = self._on(part)
        found += [(one.position, 2, self._note(one)) for one in noted if one.kind != "marker"]
        stops = tuple(self._stops(part, [one for one in noted if one.kind == "marker"], progress))
        found += [(one.position, 3, one) for one in stops]
        found.sort(key=lambda one: one[:2])
        return BranchReport(
            name=branch.name,
            facts=tuple(self._facts(part)),
            strip=self._strip(part, stops),
            told=tuple(one for _, _, one in found),
        )

    def _events(self, part: Part, progress: Progress) -> Iterator[Event]:
        total = part.last - part.first + 1
        for done, event in enumerate(self._store.iterate(part.branch.id, max(1, part.first), part.last)):
            if done % _READ_AT_ONCE == 0:
                progress(done, total, "reading events")
            yield event

    def _entries(self, part: Part, progress: Progress) -> Iterator[Any]:
        """Entries that were born in the range, as they are at its end."""
        births = self._time_machine.births(part.branch.id)
        start, end = bisect_left(births, part.first), bisect_right(births, part.last)
        for first in range(start, end, _READ_AT_ONCE):
            progress(first - start, end - start, "reading the conversation")
            size = min(_READ_AT_ONCE, end - first)
            yield from self._time_machine.entries(part.branch.id, first + 1, size, part.last)

    def _line(self, event: Event) -> Line:
        stands_for = origin(event.data)
        kind: Origin = "recorded"
        if stands_for:
            kind = "person" if stands_for.startswith("changed") else "model"
        elif event.type.startswith("generation."):
            kind = "model"
        return Line(
            position=event.position,
            time=readable_time(event.time),
            lane=lane_of(event.type, event.actor),
            text=event_line(event.type, event.data),
            origin=kind,
            marks=(stands_for,) if stands_for else (),
            is_problem=is_problem(event),
        )

    def _on(self, part: Part) -> list[NotebookEntry]:
        """What was noted in the range, at the start of the session too where the range begins there."""
        lineage = self._store.lineage(part.branch.id)
        first = 0 if part.first <= 1 else part.first
        return [one for one in self._noted if first <= one.position <= part.last and one.is_on(lineage)]

    def _note(self, one: NotebookEntry) -> Noted:
        text = one.text
        if one.kind == "rating":
            text = f"{one.rating} of 5{f': {text}' if text else ''}"
        return Noted(kind=one.kind, position=one.position, text=text, time=readable_time(one.time)[:19])

    def _stops(self, part: Part, markers: Sequence[NotebookEntry], progress: Progress) -> Iterator[Stop]:
        if part.first > part.last:
            return
        labels: dict[int, str] = {one.position: one.text for one in markers}
        asked = [at for at in self._wish.at if part.first <= at <= part.last]
        places = sorted({*labels, *asked, part.last})
        since, before = max(0, part.first - 1), self._state(part, max(0, part.first - 1))
        for done, at in enumerate(places):
            progress(done, len(places), "rebuilding states")
            now = self._state(part, at)
            yield Stop(
                number=next(self._numbers),
                position=at,
                time=self._time_of(part, at),
                label=self._label(at, labels, part),
                is_marker=at in labels,
                since=since,
                tables=state_tables(before, now),
            )
            since, before = at, now

    def _label(self, at: int, labels: dict[int, str], part: Part) -> str:
        if labels.get(at):
            return labels[at]
        if at in labels:
            return "Marker"
        return "End of the range" if at == part.last and at not in self._wish.at else "State asked for"

    def _state(self, part: Part, at: int) -> Any:
        return bounded_json(self._time_machine.bounded(part.branch.id, at))

    def _time_of(self, part: Part, at: int) -> str:
        events = self._store.read(part.branch.id, at, at) if at else ()
        return readable_time(events[0].time) if events else ""

    def _strip(self, part: Part, stops: Sequence[Stop]) -> Any:
        branch = part.branch
        lanes = self._time_machine.columns(branch.id).lanes
        places = [(one.number, one.position) for one in stops]
        return strip(lanes, max(1, part.first), part.last, places, branch.fork_position + 1 if branch.parent else None)

    def _facts(self, part: Part) -> Iterator[Fact]:
        branch, label = part.branch, self._labels.labels(part.branch.session).get(part.branch.id)
        if branch.parent is not None:
            parents = self._labels.branches(branch.session)
            parent = next((one.name for one in parents if one.id == branch.parent), "")
            yield Fact("Left", f"{parent} after event {branch.fork_position:,}; what follows is no record but a branch")
        if part.shared and part.shared_with:
            yield Fact("Shared", f"events 1 to {part.shared:,} are those of {part.shared_with}")
        if label is not None:
            for name, text in (("Why", label.hypothesis), ("Expected", label.expected), ("Made by", label.author)):
                if text:
                    yield Fact(name, text)
